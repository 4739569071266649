"""What texts of exports are made of: lists of names, HTML, series in brackets."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from mediatheque.areas.library.schemas.rows import CreditRow

if TYPE_CHECKING:
    from collections.abc import Iterable

_BREAK: Final = re.compile(r"<\s*(?:br|/p|/div|/li)\s*/?\s*>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[/a-zA-Z!][^<>]*>")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_SERIES: Final = re.compile(
    r"^(?P<title>.*\S)\s*\((?P<name>[^()]+?),?\s*#(?P<number>\d+(?:\.\d+)?)[^()]*\)$"
)
_ROLE: Final = re.compile(r"^(?P<name>.*\S)\s*\((?P<role>[^()]*)\)$")
_SUFFIXES: Final = frozenset(
    {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "md", "m.d.", "phd", "ph.d."}
)


def names(text: str, separators: str = ";,") -> list[str]:
    """Part a list of names, each once; ``Sammy Davis, Jr.`` stays one name."""
    found: dict[str, None] = {}
    pattern = f"[{re.escape(separators)}\\n|]"
    for part in re.split(pattern, text):
        name = " ".join(part.split())
        if name.casefold() in _SUFFIXES and found:
            last, _ = found.popitem()
            name = f"{last}, {name}"
        if name:
            found[name] = None
    return list(found)


def credits_of(people: Iterable[str], job: str) -> list[CreditRow]:
    """Make a credit of each name."""
    return [CreditRow(name, job) for name in people]


def role_of(text: str) -> tuple[str, str]:
    """Part a name from the role in brackets behind it: ``Ada Frick (Translator)``."""
    found = _ROLE.match(text.strip())
    return (found["name"], found["role"].strip()) if found else (text.strip(), "")


def plain_text(text: str) -> str:
    """Return what HTML says, without its tags; text without any is only trimmed."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if "&" in text:
        text = html.unescape(text)
    return _BLANK_LINES.sub("\n\n", text.replace("\r\n", "\n")).strip()


def part_series(title: str) -> tuple[str, dict[str, str | float]]:
    """Part ``Equal Rites (Discworld, #3)`` into the title and the details of a book."""
    found = _SERIES.match(title)
    if not found:
        return title, {}
    number = float(found["number"])
    return found["title"], {"series_name": found["name"].strip(), "series_position": number}


def seconds_of(text: str) -> int | None:
    """Return a track's length in seconds: ``3:05``, ``1:02:03``, ``185``; else ``None``."""
    parts = text.strip().split(":")
    if len(parts) > 3 or not all(part.isdecimal() and part.isascii() for part in parts):  # noqa: PLR2004  (hours, minutes, seconds)
        return None
    total = 0
    for part in parts:
        total = total * 60 + int(part)
    return total or None
