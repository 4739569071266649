"""The schedule as CSV, for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_OWN: Final = (
    "title",
    "sub_title",
    "description",
    "language",
    "season",
    "episode",
    "part",
    "year",
    "genres",
    "min_age",
    "is_new",
    "is_premiere",
    "is_last_chance",
    "is_repeat",
    "icon_url",
)
HEADER: Final = ("channel_number", "channel", "start", "stop", *_OWN)
_FORMULAS: Final = {"=", "+", "-", "@", "\t", "\r"}


def write_rows(rows: Iterable[Mapping[str, Any]], channel: Mapping[str, Any]) -> str:
    """Entries of a channel, a line each; times in ISO 8601, UTC."""
    return write_lines(
        (
            channel["number"],
            channel["name"],
            f"{row['start_at']:%Y-%m-%dT%H:%M:%SZ}",
            f"{row['stop_at']:%Y-%m-%dT%H:%M:%SZ}",
            *(row[name] for name in _OWN),
        )
        for row in rows
    )


def write_lines(lines: Iterable[Iterable[Any]]) -> str:
    """Lines of CSV; what a spreadsheet would run as a formula gets an apostrophe."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_cell(one) for one in line] for line in lines)
    return out.getvalue()


def _cell(value: Any) -> Any:  # noqa: ANN401  (any column)
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return "; ".join(value)
    return f"'{value}" if isinstance(value, str) and value[:1] in _FORMULAS else value
