"""A pasted or scanned list of bar codes, one a line, with an optional format behind a semicolon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from mediatheque.areas.library.adapters.tables import number_problem
from mediatheque.areas.library.adapters.vocabulary.formats import FORMATS, read_format
from mediatheque.areas.library.schemas.rows import CopyRow, ItemRow, Problem, RowFailure
from mediatheque.kit.archives import open_content
from mediatheque.kit.identifiers import is_isbn_barcode, read_barcode, read_isbn
from mediatheque.kit.tabular import detect_encoding, unwrap
from mediatheque.kit.tabular.lines import END, END_LINE, LineFeed
from mediatheque.kit.tabular.table import decode_head, refuse_binary
from mediatheque.kit.unreadable import EMPTY_FILE, HEADER_ONLY, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.areas.exchange.schemas.samples import Sample
    from mediatheque.areas.exchange.schemas.sources import SourceFile, SourceOptions

_HEAD: Final = 1 << 16
_LINE: Final = re.compile(r"\s*\"?(?P<number>[^;,\t\"]+)\"?\s*(?:[;,\t]\s*(?P<format>.*\S))?\s*")
_NUMBER: Final = re.compile(r"[\d][\d \-]{6,20}[\dXx]|\d+(?:[.,]\d+)?[eE]\+?\d{1,2}|\d{6,}[.,]0+")
_MOSTLY: Final = 0.6


class Barcodes:
    """One owned copy per line, the same number twice is two; what it is of is looked up later."""

    name: ClassVar[str] = "barcodes"
    label: ClassVar[str] = "Bar codes"
    description: ClassVar[str] = (
        "A list of bar codes (EAN, UPC, ISBN), one a line; a format may follow: 085392118823;dvd."
    )
    extensions: ClassVar[tuple[str, ...]] = (".txt", ".csv")

    def detect(self, sample: Sample) -> float:
        """Score by the share of lines that begin with such a number."""
        lines = [line for line in sample.text.splitlines()[:200] if line.strip()]
        found = sum(1 for line in lines if _number_in(line) is not None)
        share = found / len(lines) if lines else 0.0
        return 0.9 * share if share >= _MOSTLY else 0.0

    def total(self, file: SourceFile) -> int | None:
        """Count the lines, blank ones too."""
        with open_content(file.path) as stream:
            count, last = 0, b"\n"
            while chunk := stream.read(_HEAD):
                count += chunk.count(b"\n")
                last = chunk[-1:]
            return count + (last != b"\n")

    def rows(self, file: SourceFile, options: SourceOptions) -> Iterator[ItemRow | RowFailure]:
        """Read the numbers as a stream; a first line that holds none is a heading."""
        found = False
        for line, text in _lines(file):
            parts = _LINE.fullmatch(text)
            number = unwrap(parts["number"]) if parts else text.strip()
            if not found and not any(mark.isdigit() for mark in number):
                continue
            found = True
            yield _row(line, number, (parts["format"] if parts else "") or "", options)
        if not found:
            raise UnreadableError(HEADER_ONLY, "The list holds no bar code.", 1)


def _lines(file: SourceFile) -> Iterator[tuple[int, str]]:
    with open_content(file.path) as stream:
        head = stream.read(_HEAD)
    if not head.strip():
        raise UnreadableError(EMPTY_FILE, "The list is empty.")
    encoding = detect_encoding(head)
    refuse_binary(decode_head(head, encoding))
    with open_content(file.path) as stream:
        stream.read(encoding.skip)
        feed = LineFeed(stream, encoding)
        for line, text in enumerate(feed.lines(), start=1):
            feed.done = line
            if text == END_LINE and feed.flaws.get(line) == END:
                return
            if text.strip():
                yield line, text.rstrip("\n")


def _number_in(line: str) -> str | None:
    parts = _LINE.fullmatch(line)
    number = unwrap(parts["number"]) if parts else ""
    return number if _NUMBER.fullmatch(number) else None


def _row(line: int, text: str, format_: str, options: SourceOptions) -> ItemRow | RowFailure:
    isbn = read_isbn(text)
    number = isbn or read_barcode(text)
    raw = {"barcode": text} | ({"format": format_} if format_ else {})
    if number is None:
        problem = number_problem(text, "bad_barcode", "barcode")
        if problem.code == "bad_barcode":
            problem.message += " Scan or type it again."
        return RowFailure(line, problem.code, problem.message, raw)
    is_book = isbn is not None or is_isbn_barcode(number)
    kind = "book" if is_book else options.default_kind or "movie"
    item = ItemRow(line, kind, f"Barcode {number}", details={"lookup": "barcode"}, raw=raw)
    item.external_ids["isbn13" if is_book else "upc"] = number
    default = options.default_format if options.default_format in FORMATS else "other"
    word = read_format(format_, kind) if format_ else None
    if word and not word.known:
        item.problems.append(
            Problem(
                "unknown_format",
                "format",
                f"“{format_[:40]}” is no format we know; the copy was filed under “other”.",
            )
        )
    item.copies.append(
        CopyRow(
            word.format if word else default,
            resolution=word.resolution if word else None,
            barcode=number,
        )
    )
    return item
