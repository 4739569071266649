"""Cutting a guide into its channels and programmes before any of it is parsed.

A parser stops at the first damaged byte of a document. Cut first, only the damaged entry is lost
and everything else is read, in memory that does not grow with the file; and an entry whose bytes
are known from the last time need not be parsed at all. Nothing that a document type declares is
looked at: no entity of it exists here.
"""

from __future__ import annotations

import codecs
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from mediatheque.kit.archives import open_content
from mediatheque.kit.unreadable import EMPTY_FILE, ENCODING, NOT_THIS_FORMAT, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

CHUNK: Final = 1 << 18
LARGEST: Final = 1 << 20
"""Bytes of one entry; a larger one is damaged or an attack."""
Fault = Literal["", "unclosed", "too_large"]

_NEXT: Final = re.compile(rb"<(?:(programme|channel)(?=[\s/>])|(!--))")
_ENDS: Final = {b"programme": b"</programme>", b"channel": b"</channel>"}
_STARTS: Final = {name: re.compile(b"<" + name + rb"[\s/>]") for name in _ENDS}
_LONGEST_MARK: Final = 12
_ROOT: Final = re.compile(rb"<([A-Za-z_][^\s/>]*)")
_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE: Final = ("iso8859", "cp125", "koi8", "mac")
_LATIN: Final = {"iso8859-1", "ascii", "cp1252", "latin_1"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry as it stands in the file. ``line`` is 1-based; ``fault`` says it is not whole."""

    name: bytes
    line: int
    body: bytes
    fault: Fault = ""


@contextmanager
def open_guide(path: Path) -> Iterator[Splitter]:
    """Open a guide, plain or packed (gzip, xz, zip). Raises :class:`UnreadableError`."""
    with open_content(path) as stream:
        yield Splitter(stream)


class Splitter:
    """A guide as a sequence of pieces, read once.

    ``fallback`` is the encoding of pieces that are not UTF-8: guides often declare one encoding
    and use another, so the bytes are asked first.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        head = stream.read(CHUNK)
        if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
            raise UnreadableError(EMPTY_FILE, "The file is empty.")
        self.fallback = "cp1252"
        self._decoder = self._choose(head)
        self._buffer = self._decoded(head)
        self._at = 0
        self._line = 1
        self.check_root()

    def check_root(self) -> None:
        """Refuse what is XML of another kind, or none."""
        found = _ROOT.search(re.sub(rb"(?s)<!--.*?-->", b"", self._buffer))
        root = found[1].decode("utf-8", "replace") if found else None
        if root in {"tv", "programme", "channel"}:
            return
        line = self._buffer.count(b"\n", 0, found.start() if found else 0) + 1
        said = f"its first element is <{root[:40]}>" if root else "it holds no XML"
        raise UnreadableError(NOT_THIS_FORMAT, f"This is no XMLTV guide: {said}, not <tv>.", line)

    def pieces(self) -> Iterator[Piece]:
        """Give every channel and programme in the file's order."""
        while True:
            found = _NEXT.search(self._buffer, self._at)
            if found is None:
                self._pass(max(0, len(self._buffer) - self._at - _LONGEST_MARK))
                if not self._more():
                    return
                continue
            self._pass(found.start() - self._at)
            name = found[1]
            if name is None:
                self._pass(self._behind(b"-->", 4))
                continue
            piece, end = self._cut(name)
            yield piece
            self._pass(end)

    # Offsets below count from `_at`, the beginning of what is not read yet: `_more` moves it.

    def _pass(self, by: int) -> None:
        self._line += self._buffer.count(b"\n", self._at, self._at + by)
        self._at += by

    def _more(self) -> bool:
        data = self._stream.read(CHUNK)
        if not data:
            return False
        self._buffer = self._buffer[self._at :] + self._decoded(data)
        self._at = 0
        return True

    def _behind(self, mark: bytes, start: int) -> int:
        """Where a mark ends; the buffer's end where it never comes or is too far away."""
        while (found := self._buffer.find(mark, self._at + start)) < 0:
            start = max(start, len(self._buffer) - self._at - len(mark))
            if len(self._buffer) - self._at > LARGEST or not self._more():
                return len(self._buffer) - self._at
        return found - self._at + len(mark)

    def _cut(self, name: bytes) -> tuple[Piece, int]:
        """The entry at the beginning of what is not read yet, and where it ends."""
        end_mark, line = _ENDS[name], self._line
        start_end = self._behind(b">", len(name))
        if self._buffer.startswith(b"/>", self._at + start_end - 2):
            return Piece(name, line, self._buffer[self._at : self._at + start_end]), start_end
        end = self._end(end_mark, start_end)
        body = self._buffer[self._at : self._at + end]
        hidden = body.find(b"<!", start_end)
        again = _STARTS[name].search(body, start_end, hidden if hidden >= 0 else end)
        if again is not None:
            return Piece(name, line, body[: again.start()], "unclosed"), again.start()
        if not body.endswith(end_mark):
            fault: Fault = "too_large" if end > LARGEST else "unclosed"
            return Piece(name, line, body[:CHUNK], fault), end
        return Piece(name, line, body, "too_large" if end > LARGEST else ""), end

    def _end(self, mark: bytes, start: int) -> int:
        """Where the entry ends; marks inside comments and CDATA don't count."""
        while True:
            end = self._behind(mark, start)
            hidden = self._buffer.find(b"<!", self._at + start, self._at + end) - self._at
            if hidden < 0:
                return end
            is_comment = self._buffer.startswith(b"<!--", self._at + hidden)
            start = self._behind(b"-->" if is_comment else b"]]>", hidden + 3)
            if start >= len(self._buffer) - self._at:
                return start

    def _choose(self, head: bytes) -> codecs.IncrementalDecoder | None:
        """How to decode what is no superset of ASCII; None where bytes can be taken as they are."""
        encoding = _marked(head)
        if encoding is None:
            return None
        try:
            name = codecs.lookup(encoding).name
        except LookupError as error:
            raise UnreadableError(
                ENCODING, f"The encoding “{encoding}” is not read. Save the guide as UTF-8.", 1
            ) from error
        if name.startswith(_SINGLE_BYTE) and name not in _LATIN:
            self.fallback = name
        is_plain = name.startswith((*_SINGLE_BYTE, "utf-8")) or name in _LATIN
        if is_plain or (not head.isascii() and not _is_wide(name) and _is_utf8(head)):
            return None
        return codecs.getincrementaldecoder(name)("replace")

    def _decoded(self, data: bytes) -> bytes:
        return data if self._decoder is None else self._decoder.decode(data).encode("utf-8")


def _marked(head: bytes) -> str | None:
    """The encoding that a byte order mark, the first bytes, or the declaration name."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if head[:2] in {b"<\0", b"\0<"}:
        return "utf-16-le" if head[0] else "utf-16-be"
    declared = _DECLARED.match(head)
    if declared is None:
        return None
    said: str = declared[1].decode("ascii").lower()
    # Wide letters that are declared in narrow ones are something else.
    return None if said.replace("-", "").startswith(("utf16", "utf32", "ucs")) else said


def _is_wide(name: str) -> bool:
    return name.startswith(("utf-16", "utf-32"))


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
