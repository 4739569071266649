"""Lines of CSV (RFC 4180) that a spreadsheet shows and does not run.

A text that begins with ``= + - @``, a tab or a return gets an apostrophe in front, as OWASP advises
against CSV injection; so does one that begins with apostrophes before such a sign, so that taking
exactly one away gives the text back.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DANGEROUS: Final = re.compile(r"'*[=+\-@\t\r]")


def guarded(cell: str) -> str:
    """Keep a spreadsheet from running a text as a formula."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def csv_lines(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as lines of UTF-8; None is empty, everything else its text, guarded."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow(["" if cell is None else guarded(str(cell)) for cell in row])
    return text.getvalue().replace("\0", "").encode(errors="replace")
