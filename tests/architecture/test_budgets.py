"""No file outgrows its budget: 400 lines of Python, 250 of TypeScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.architecture.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PYTHON_LINES = 400
TYPESCRIPT_LINES = 250
TYPESCRIPT = ("web/src", "web/e2e", "web/scripts")
PYTHON = ("mediatheque", "tests", "bench")
GENERATED = ROOT / "web" / "src" / "api"


def files(folder: Path, *endings: str) -> list[Path]:
    return [
        path
        for ending in endings
        for path in sorted(folder.rglob(f"*{ending}"))
        if GENERATED not in path.parents and "node_modules" not in path.parts
    ]


def over(paths: list[Path], budget: int) -> list[str]:
    counts = {path: len(path.read_text().splitlines()) for path in paths}
    return [f"{path.relative_to(ROOT)}: {n}" for path, n in counts.items() if n > budget]


@pytest.mark.parametrize("folder", PYTHON)
def test_python_files_stay_within_their_budget(folder: str) -> None:
    found = files(ROOT / folder, ".py")
    assert found
    assert over(found, PYTHON_LINES) == []


def test_typescript_files_stay_within_their_budget() -> None:
    found = [one for name in TYPESCRIPT for one in files(ROOT / name, ".ts", ".tsx")]
    assert found
    assert over(found, TYPESCRIPT_LINES) == []
