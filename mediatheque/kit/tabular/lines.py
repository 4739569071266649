"""Physical lines of a text stream of any encoding, in blocks, with a way back.

A CSV parser asks for lines; a quote that never closes makes it ask for all of them. This feed
keeps the lines of the record under way (and no others), stops the parser when that record
outgrows its bound, and can start again at a line it still holds.
"""

from __future__ import annotations

import codecs
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final, Protocol

from mediatheque.kit.tabular.encoding import Encoding

BLOCK_BYTES: Final = 1 << 16
MAX_RECORD_CHARS: Final = 1 << 22
_MIN_RECORD_CHARS: Final = 1 << 15
_AS_WINDOWS: Final = "as_windows"

END_LINE: Final = "\x00end"
"""A line no file can contain (NUL is removed): whoever swallows it has an open quote."""

NUL_BYTE: Final = "nul_byte"
BAD_ENCODING: Final = "bad_encoding"
LINE_TOO_LONG: Final = "line_too_long"
END: Final = "end"


class ByteStream(Protocol):
    """What is read: a file, a member of an archive, a response."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to ``size`` bytes; none at the end."""
        ...


class RecordTooLongError(Exception):
    """The record under way is larger than the bound."""


@dataclass(slots=True)
class _Block:
    first: int
    lines: list[str]
    chars: int


class LineFeed:
    r"""Serves lines to a parser. Lines are counted from 1; ``flaws`` maps a line to a code.

    Every kind of line end arrives as one ``\n``. The reader of the lines sets ``done`` to the
    last line it has no more use for.
    """

    def __init__(self, stream: ByteStream, encoding: Encoding) -> None:
        self.flaws: dict[int, str] = {}
        self.done = 0
        self._limit = MAX_RECORD_CHARS
        self._next = 1
        self._held: deque[_Block] = deque()
        self._pending: list[_Block] = []
        texts = _wide_texts if encoding.is_wide else _texts
        self._fresh = self._blocks(texts(stream, encoding.name))

    def lines(self) -> Iterator[str]:
        """Iterate the lines from where the feed stands."""
        return chain.from_iterable(self._serve())

    def shrink(self) -> None:
        """Bound records closer: after an open quote, the next one shall cost less."""
        self._limit = max(_MIN_RECORD_CHARS, self._limit // 4)

    def rewind(self, line: int) -> None:
        """Serve again from ``line`` on, which must still be held."""
        kept = [text for block in self._held for text in block.lines[max(0, line - block.first) :]]
        self._held.clear()
        self.done = line - 1
        if kept:
            self._pending.append(_Block(line, kept, sum(map(len, kept))))

    def held(self, first: int, last: int) -> list[str]:
        """Return the held lines from ``first`` to ``last``."""
        found: list[str] = []
        for block in self._held:
            if block.first <= last and block.first + len(block.lines) > first:
                start = max(0, first - block.first)
                found += block.lines[start : last - block.first + 1]
        return found

    def _serve(self) -> Iterator[list[str]]:
        while True:
            block = self._pending.pop() if self._pending else next(self._fresh, None)
            if block is None:
                return
            self._forget()
            if sum(held.chars for held in self._held) - self._spent() > self._limit:
                self._pending.append(block)
                raise RecordTooLongError
            self._held.append(block)
            yield block.lines

    def _forget(self) -> None:
        held = self._held
        while held and held[0].first + len(held[0].lines) <= self.done + 1:
            held.popleft()

    def _spent(self) -> int:
        """Count the characters of the first held block that belong to finished records."""
        if not self._held:
            return 0
        block = self._held[0]
        return sum(map(len, block.lines[: max(0, self.done + 1 - block.first)]))

    def _blocks(self, texts: Iterator[tuple[str, str | None]]) -> Iterator[_Block]:
        for text, flaw in texts:
            if flaw:
                self.flaws[self._next] = flaw
            lines = self._split(text)
            yield _Block(self._next - len(lines), lines, len(text))
        self.flaws[self._next] = END
        self._next += 1
        yield _Block(self._next - 1, [END_LINE], 0)

    def _split(self, text: str) -> list[str]:
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        lines = io.StringIO(text, newline="\n").readlines()
        if "\0" in text:
            for index, line in enumerate(lines):
                if "\0" in line:
                    self.flaws.setdefault(self._next + index, NUL_BYTE)
                    lines[index] = line.replace("\0", "")
        self._next += len(lines)
        return lines


def _texts(stream: ByteStream, name: str) -> Iterator[tuple[str, str | None]]:
    """Decode in blocks of whole lines; a block that fails is decoded line by line.

    A flaw always belongs to a text of a single line.
    """
    for block in _byte_blocks(stream):
        if block is None:
            yield "\n", LINE_TOO_LONG
            continue
        try:
            yield block.decode(name), None
        except UnicodeDecodeError:
            yield from _line_by_line(block, name)


def _line_by_line(block: bytes, name: str) -> Iterator[tuple[str, str | None]]:
    for line in block.splitlines(keepends=True):
        try:
            yield line.decode(name), None
        except UnicodeDecodeError:
            yield line.decode(name, _AS_WINDOWS), BAD_ENCODING


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that do not fit as Windows-1252, and what that lacks as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    try:
        return bad.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return bad.decode("latin-1"), error.end


codecs.register_error(_AS_WINDOWS, _as_windows)


def _byte_blocks(stream: ByteStream) -> Iterator[bytes | None]:
    """Cut a stream into blocks that end with a line; ``None`` stands for a line too long."""
    rest = b""
    skipping = False
    while chunk := stream.read(BLOCK_BYTES):
        data = rest + chunk
        cut = _last_line_end(data)
        if skipping and cut:
            data = data[_first_line_end(data) :]
            cut = _last_line_end(data)
            skipping = False
            yield None
        if skipping:
            rest = data[-1:]
        elif cut:
            yield data[:cut]
            rest = data[cut:]
        elif len(data) > MAX_RECORD_CHARS:
            skipping = True
            rest = data[-1:]
        else:
            rest = data
    if skipping:
        yield None
    elif rest:
        yield rest


def _last_line_end(data: bytes) -> int:
    """Return where the last complete line ends; a final CR may be half of a CR LF."""
    cut = data.rfind(b"\n") + 1
    return cut or data.rfind(b"\r", 0, -1) + 1


def _first_line_end(data: bytes) -> int:
    ends = [at for at in (data.find(b"\n"), data.find(b"\r")) if at >= 0]
    first = min(ends)
    return first + 2 if data[first : first + 2] == b"\r\n" else first + 1


def _wide_texts(stream: ByteStream, name: str) -> Iterator[tuple[str, str | None]]:
    decoder = codecs.getincrementaldecoder(name)(errors="replace")
    rest = ""
    while chunk := stream.read(BLOCK_BYTES):
        text = rest + decoder.decode(chunk)
        cut = text.rfind("\n") + 1 or text.rfind("\r", 0, -1) + 1
        if not cut and len(text) > MAX_RECORD_CHARS:
            yield "\n", LINE_TOO_LONG
            rest = ""
            continue
        if cut:
            yield from _replaced(text[:cut])
        rest = text[cut:]
    rest += decoder.decode(b"", final=True)
    if rest:
        yield from _replaced(rest)


def _replaced(text: str) -> Iterator[tuple[str, str | None]]:
    if "\ufffd" not in text:
        yield text, None
        return
    for line in io.StringIO(text, newline="").readlines():
        yield line, BAD_ENCODING if "\ufffd" in line else None
