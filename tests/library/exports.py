"""Exports of other programs as files, and reading them."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from mediatheque.areas.exchange.schemas.samples import Sample
from mediatheque.areas.exchange.schemas.sources import SourceFile, SourceOptions
from mediatheque.areas.library.adapters import SOURCES, detect_source
from mediatheque.areas.library.schemas.rows import ItemRow, RowFailure

if TYPE_CHECKING:
    from mediatheque.areas.exchange.schemas.sources import Source

FIXTURES = Path(__file__).parent.parent / "fixtures" / "imports"
SAMPLES = Path(os.environ.get("MEDIATHEQUE_SAMPLES", "no such folder"))
"""Real files of other people, not ours to keep: a folder with ``csv`` and ``delicious``."""


def fixture(name: str) -> SourceFile:
    return SourceFile(FIXTURES / name, name)


def written(folder: Path, name: str, content: str | bytes) -> SourceFile:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return SourceFile(path, name)


def packed(folder: Path, of: str, below: str = "") -> SourceFile:
    """A folder of fixtures as a zip, its files below a folder of their own where one is named."""
    path = folder / f"{of}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted((FIXTURES / of).rglob("*.*")):
            archive.write(file, below + file.relative_to(FIXTURES / of).as_posix())
    return SourceFile(path, path.name)


def source(name: str) -> Source:
    return next(one for one in SOURCES if one.name == name)


def detected(file: SourceFile) -> tuple[str | None, float]:
    found, score = detect_source(Sample.of(file))
    return (found.name if found else None), score


def read(
    file: SourceFile, name: str, options: SourceOptions | None = None
) -> tuple[list[ItemRow], list[RowFailure]]:
    rows = list(source(name).rows(file, options or SourceOptions()))
    items = [row for row in rows if isinstance(row, ItemRow)]
    failures = [row for row in rows if isinstance(row, RowFailure)]
    return items, failures
