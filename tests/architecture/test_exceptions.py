"""Where a checker is told to look away, the line says why."""

from __future__ import annotations

import io
import re
import tokenize
from typing import TYPE_CHECKING

import pytest

from tests.architecture.sources import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDERS = ("mediatheque", "tests", "bench", "migrations")
AWAY = re.compile(
    r"#\s*(?:noqa(?:\s*:\s*[A-Z]+[0-9]+(?:[\s,]+[A-Z]+[0-9]+)*)?|type:\s*ignore(?:\[[^\]]*\])?)"
)
WORD = re.compile(r"[^\W\d_]{2,}")


def unexplained(text: str) -> Iterator[int]:
    """Numbers of the lines whose comment is an exception and no more."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and AWAY.search(token.string):
            rest = AWAY.sub("", token.string)
            if not WORD.search(rest):
                yield token.start[0]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("one = 1  # noqa", [1]),
        ("one = 1  # noqa: E501", [1]),
        ("one = 1  # noqa: E501, S608", [1]),
        ("one = 1  # type: ignore[arg-type]  # noqa: SLF001", [1]),
        ("one = 1  # noqa: E501  ()", [1]),
        ("one = 1  # noqa: E501  (an address)", []),
        ("one = 1  # noqa: E501 - an address", []),
        ("one = 1  # type: ignore[arg-type]  # noqa: SLF001  (as the library has it)", []),
        ("one = '# noqa'  # two", []),
    ],
)
def test_an_exception_without_a_reason_is_found(line: str, found: list[int]) -> None:
    assert list(unexplained(line)) == found


def python(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_exception_says_why(folder: str) -> None:
    files = python(folder)
    assert files
    assert [
        f"{path.relative_to(ROOT)}:{line}"
        for path in files
        for line in unexplained(path.read_text())
    ] == []
