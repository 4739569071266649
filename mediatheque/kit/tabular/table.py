"""Reading tables of text (CSV and its kin, RFC 4180 and what programs make of it) as a stream.

Memory is bounded whatever the file: blocks of 64 KiB, and records of at most four million
characters. A damaged record is reported with the line it starts at, and reading goes on at the
next line.
"""

from __future__ import annotations

import csv
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from mediatheque.kit.tabular.dialect import IsHeader, normal_name, sniff_dialect, unwrap
from mediatheque.kit.tabular.encoding import Encoding, detect_encoding
from mediatheque.kit.tabular.lines import (
    BAD_ENCODING,
    END,
    END_LINE,
    LINE_TOO_LONG,
    MAX_RECORD_CHARS,
    NUL_BYTE,
    ByteStream,
    LineFeed,
    RecordTooLongError,
)
from mediatheque.kit.unreadable import (
    EMPTY_FILE,
    NOT_THIS_FORMAT,
    TOO_MANY_COLUMNS,
    UnreadableError,
)

if TYPE_CHECKING:
    from _csv import Reader

# The parser's own bound is one for the whole process; ours, per record, is the one that counts.
csv.field_size_limit(MAX_RECORD_CHARS * 2)

HEAD_BYTES: Final = 1 << 16
MAX_COLUMNS: Final = 2_000
_HEADER_LINES: Final = 200
_CONTROL_SHARE: Final = 0.05
_TORN_RECORDS: Final = 100

UNBALANCED_QUOTE: Final = "unbalanced_quote"
RECORD_TOO_LONG: Final = "record_too_long"
TOO_MANY_CELLS: Final = "too_many_cells"

MESSAGES: Final = {
    NUL_BYTE: "The row contained NUL bytes; they were removed. Check the row's text.",
    BAD_ENCODING: (
        "Some letters of the row are not in the file's encoding and were read as Windows-1252. "
        "Check its accents, or save the file as UTF-8."
    ),
    LINE_TOO_LONG: "The line is longer than four million characters. Split or shorten it.",
    UNBALANCED_QUOTE: (
        "A quotation mark opens here and never closes. Double the marks inside the cell "
        '("" for one) and import the row again.'
    ),
    RECORD_TOO_LONG: (
        "The row does not end within the size a row may have; most likely a quotation mark "
        "opens here and never closes. Repair the row and import it again."
    ),
    TOO_MANY_CELLS: (
        "The row has more cells than the header has columns; most likely a delimiter stands "
        "inside a cell without quotation marks. Quote the cell and import the row again."
    ),
}


class Flaw(NamedTuple):
    """What is wrong with a record; ``fatal`` says that its cells must not be used."""

    code: str
    message: str
    fatal: bool = False


Record = tuple[int, list[str], tuple[Flaw, ...]]
"""The line a record starts at, its cells (as many as the header has), its flaws."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header's names as written, and the 1-based line it stands at."""

    names: tuple[str, ...]
    line: int

    def index(self) -> dict[str, int]:
        """Map normalised names to columns; of columns named alike the first counts."""
        found: dict[str, int] = {}
        for column, name in enumerate(self.names):
            found.setdefault(normal_name(name), column)
        return found


class Table:
    """A table open for reading: ``header``, ``dialect``, ``encoding``, and its records once.

    ``is_header`` finds the header below other lines; without it the header is the first record,
    or, in a table of several columns, the first record that has several cells.
    Raises :class:`UnreadableError` (``empty_file``, ``not_this_format``, ``too_many_columns``).
    """

    def __init__(self, stream: ByteStream, *, is_header: IsHeader | None = None) -> None:
        head = _read_head(stream)
        self.encoding = detect_encoding(head)
        text = decode_head(head, self.encoding)
        if not text.strip():
            raise UnreadableError(EMPTY_FILE, "The file is empty.")
        refuse_binary(text)
        self.dialect = sniff_dialect(text, is_header)
        body = _Rejoined(head[self.encoding.skip :], stream)
        self._feed = LineFeed(body, self.encoding)
        self.before: list[list[str]] = []
        self.header = self._find_header(is_header)
        self._feed.rewind(self._feed.done + 1)
        self._width = len(self.header.names)

    def __iter__(self) -> Iterator[Record]:
        """Iterate the records below the header; blank ones are left out."""
        for _ in range(_TORN_RECORDS):
            torn = yield from self._records()
            if torn is None:
                return
            yield torn
            self._feed.shrink()
            self._feed.rewind(torn[0] + 1)
        yield from self._single_lines()

    def _records(self) -> Generator[Record, None, Record | None]:
        """Yield records up to a torn one, which is returned; ``None`` at the end of the file."""
        feed, flaws, width = self._feed, self._feed.flaws, self._width
        base = done = feed.done
        reader = self._reader(feed.lines())
        try:
            for cells in reader:
                line = done + 1
                done = base + reader.line_num
                if flaws or len(cells) != width or done != line:
                    record = self._check(line, done, cells)
                    if record is None:
                        return None
                    if record[2] and record[2][-1].code == UNBALANCED_QUOTE:
                        return record
                    if record[1] or record[2]:
                        yield record
                elif any(cells):
                    yield line, cells, ()
                feed.done = done
        except (RecordTooLongError, csv.Error):
            return done + 1, [], (_fatal(RECORD_TOO_LONG),)
        return None

    def _single_lines(self) -> Iterator[Record]:
        """Read the rest of a file full of open quotes: no record spans lines any more."""
        feed = self._feed
        for text in feed.lines():
            feed.done += 1
            try:
                cells = next(self._reader([text], strict=True), [])
            except csv.Error:
                cells, flaws = [], (_fatal(UNBALANCED_QUOTE),)
                yield feed.done, cells, flaws
                continue
            record = self._check(feed.done, feed.done, cells)
            if record is None:
                return
            if record[1] or record[2]:
                yield record

    def _reader(self, lines: Iterable[str], *, strict: bool = False) -> Reader:
        dialect = self.dialect
        return csv.reader(
            lines, delimiter=dialect.delimiter, skipinitialspace=dialect.spaced, strict=strict
        )

    def _find_header(self, is_header: IsHeader | None) -> Header:
        feed = self._feed
        reader = self._reader(feed.lines())
        try:
            for cells in reader:
                line, feed.done = feed.done + 1, reader.line_num
                if END_LINE in cells:
                    break
                if not any(cells) or (line == 1 and self.dialect.hint):
                    continue
                if is_header(cells) if is_header else len(cells) > 1 or not self.dialect.wide:
                    return self._header(cells, line)
                self.before.append(cells)
                if line > _HEADER_LINES:
                    break
        except (RecordTooLongError, csv.Error):
            pass
        raise UnreadableError(NOT_THIS_FORMAT, "No header line was found in the file.", 1)

    def _header(self, cells: list[str], line: int) -> Header:
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise UnreadableError(
                TOO_MANY_COLUMNS,
                f"The header has {len(cells):,} columns; at most {MAX_COLUMNS:,} can be read. "
                "Remove the columns you do not need.",
                line,
            )
        for number in range(line, self._feed.done + 1):
            self._feed.flaws.pop(number, None)
        return Header(tuple(unwrap(cell) for cell in cells), line)

    def _check(self, line: int, last: int, cells: list[str]) -> Record | None:
        """Judge a record that is not plain; ``None`` for the end of the file."""
        found: list[Flaw] = []
        flaws = self._feed.flaws
        codes = [flaws[number] for number in range(line, last + 1) if number in flaws]
        if END in codes and cells == [END_LINE]:
            return None
        width = self._width
        if END in codes or (last > line and self._is_torn(line, last, len(cells))):
            flaws.pop(line, None)
            return line, [], (_fatal(UNBALANCED_QUOTE),)
        for number in range(line, last + 1) if codes else ():
            flaws.pop(number, None)
        found += [Flaw(code, MESSAGES[code], code == LINE_TOO_LONG) for code in codes]
        if not any(cells):
            return line, [], tuple(flaw for flaw in found if flaw.fatal)
        if len(cells) <= width:
            cells += [""] * (width - len(cells))
        elif any(cells[width:]):
            found.append(_fatal(TOO_MANY_CELLS))
        else:
            del cells[width:]
        return line, cells, tuple(found)

    def _is_torn(self, line: int, last: int, width: int) -> bool:
        """Whether a record over several lines swallowed others.

        It did if it breaks the quoting rules, and has the wrong number of cells or was closed by
        a mark that looks like the opening one of another cell.
        """
        lines = self._feed.held(line, last)
        try:
            list(self._reader(lines, strict=True))
        except csv.Error:
            before = lines[-1].partition('"')[0].rstrip(" ")
            return width != self._width or not before or before.endswith(self.dialect.delimiter)
        return False


class _Rejoined:
    """A stream whose first bytes were read already."""

    def __init__(self, head: bytes, rest: ByteStream) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int = -1, /) -> bytes:
        """Return the known head first, whatever its size."""
        if self._head:
            head, self._head = self._head, b""
            return head
        return self._rest.read(size)


def decode_head(head: bytes, encoding: Encoding) -> str:
    """Decode a file's first bytes for judging; what cannot be decoded is replaced."""
    return head[encoding.skip :].decode(encoding.name, errors="replace").replace("\0", "")


def refuse_binary(text: str) -> None:
    """Refuse what is no text at all: raises ``not_this_format``."""
    head = text[:4096]
    controls = sum(1 for mark in head if mark < " " and mark not in "\t\n\r\x0b\x0c")
    if controls > len(head) * _CONTROL_SHARE:
        raise UnreadableError(
            NOT_THIS_FORMAT, "The file is no text. Export it as CSV and try again."
        )


def require(names: Sequence[str]) -> IsHeader:
    """Make a test for headers that have all these columns."""
    wanted = {normal_name(name) for name in names}

    def is_header(cells: Sequence[str]) -> bool:
        return wanted <= {normal_name(cell) for cell in cells}

    return is_header


def _read_head(stream: ByteStream) -> bytes:
    head = b""
    while len(head) < HEAD_BYTES and (more := stream.read(HEAD_BYTES - len(head))):
        head += more
    return head


def _fatal(code: str) -> Flaw:
    return Flaw(code, MESSAGES[code], fatal=True)
