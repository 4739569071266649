"""Which delimiter a table uses and where its header stands, judged by its first lines."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE_RECORDS: Final = 200
_HINT: Final = re.compile(r"^\s*\"?sep=(.)\"?\s*$", re.IGNORECASE)
_SPACED_QUOTE: Final = re.compile(r"[,;\t|] +\"")

IsHeader = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written. ``hint`` says that the first line only names the delimiter.

    ``wide`` says that most records have several cells: a line of one above them is no header.
    """

    delimiter: str
    spaced: bool = False
    hint: bool = False
    wide: bool = False


def normal_name(cell: str) -> str:
    """Fold a column's name for comparing: letters and digits only, lower case, no accents."""
    plain = unicodedata.normalize("NFKD", unwrap(cell)).casefold()
    return "".join(character for character in plain if character.isalnum())


def unwrap(cell: str) -> str:
    """Take a cell out of the spreadsheet protection ``="…"`` and trim it."""
    cell = cell.strip()
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:  # noqa: PLR2004  (an empty one is ="" and nothing more)
        return cell[2:-1].replace('""', '"').strip()
    return cell


def sniff_dialect(text: str, is_header: IsHeader | None = None) -> Dialect:
    """Judge the delimiter by the table's head.

    The one under which a header is recognised wins; otherwise the one under which most records
    are as wide as the first. A ``sep=;`` line, which spreadsheet programs understand, decides.
    """
    first, _, rest = text.partition("\n")
    hinted = _HINT.match(first)
    if hinted:
        return Dialect(hinted[1], _is_spaced(rest), hint=True)
    scores = [(_score(text, mark, is_header), -index) for index, mark in enumerate(DELIMITERS)]
    best, index = max(scores)
    return Dialect(DELIMITERS[-index], _is_spaced(text), wide=best[1] > 0)


def parse_head(text: str) -> list[list[str]]:
    """Parse a table's first characters: the records that are not blank, cells unwrapped."""
    dialect = sniff_dialect(text)
    if dialect.hint:
        text = text.partition("\n")[2]
    records = _records(text, dialect.delimiter)
    if records and usual_width(records) > 1:
        while len(records[0]) == 1:
            records.pop(0)
    return [[unwrap(cell) for cell in record] for record in records]


def _is_spaced(text: str) -> bool:
    """Whether quotes stand behind a blank after the delimiter, as in ``a, "b, c"``."""
    head = text.partition("\n")[0]
    return bool(_SPACED_QUOTE.search(head)) and '"' in head


def _score(text: str, delimiter: str, is_header: IsHeader | None) -> tuple[int, float]:
    records = _records(text, delimiter)
    if not records:
        return 0, 0.0
    if is_header:
        for record in records:
            if is_header(record):
                return 1, float(len(record))
    width = usual_width(records)
    alike = sum(1 for record in records if len(record) == width) / len(records)
    return 0, alike * width if width > 1 else 0.0


def usual_width(records: Sequence[Sequence[str]]) -> int:
    """Return how many cells most records have; the first record's width breaks a tie."""
    widths = Counter(len(record) for record in records)
    return max(widths, key=lambda width: (widths[width], width == len(records[0])))


def _records(text: str, delimiter: str) -> list[list[str]]:
    """Parse the sample; its last record may be cut off and is left out when others exist."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True)
    reader = csv.reader(lines, delimiter=delimiter)
    found: list[list[str]] = []
    try:
        for record in reader:
            if any(record):
                found.append(record)
            if len(found) >= _SAMPLE_RECORDS:
                break
    except csv.Error:
        return found
    return found[:-1] if len(found) > 1 and not text.endswith(("\n", "\r")) else found
