"""What can be known of a file from its first bytes, for the question whose format it is."""

from __future__ import annotations

from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from mediatheque.kit.archives import (
    GZIP_MARK,
    XZ_MARK,
    ZIP_MARKS,
    Archive,
    open_content,
    single_member,
)
from mediatheque.kit.jsonstream import top_keys
from mediatheque.kit.tabular import detect_encoding, normal_name, parse_head, sniff_dialect
from mediatheque.kit.tabular.table import decode_head
from mediatheque.kit.unreadable import ARCHIVE_CONTENT, EMPTY_FILE, UnreadableError
from mediatheque.kit.xmlsafe import root_tag

if TYPE_CHECKING:
    from pathlib import Path

    from mediatheque.areas.exchange.schemas.files import SourceFile

SAMPLE_BYTES: Final = 65_536


class Sample:
    """A file's name and first 64 KiB; what they mean is found out when it is asked for.

    A gzip or xz file, and a zip with one table or document inside, are looked into: ``content`` and
    all that follows from it are the inside's. Archives that are refused raise ``SourceError``.
    """

    def __init__(self, filename: str, head: bytes, path: Path | None = None) -> None:
        self.filename = filename
        self.head = head
        self.path = path

    @classmethod
    def of(cls, file: SourceFile) -> Sample:
        """Take the sample of a file."""
        with file.path.open("rb") as opened:
            return cls(file.filename, opened.read(SAMPLE_BYTES), file.path)

    @property
    def is_zip(self) -> bool:
        """Whether the file itself is a zip archive."""
        return self.head.startswith(ZIP_MARKS)

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The names of the files in a zip; none for other files."""
        if not self.is_zip or self.path is None:
            return ()
        with Archive(self.path) as archive:
            return archive.names

    @cached_property
    def content(self) -> bytes:
        """The first bytes of what the file holds, unpacked; nothing for a zip of several."""
        if self.path is None or not self.head.startswith((*ZIP_MARKS, GZIP_MARK, XZ_MARK)):
            return self.head
        try:
            with open_content(self.path) as stream:
                return stream.read(SAMPLE_BYTES)
        except UnreadableError as error:
            if error.code in {ARCHIVE_CONTENT, EMPTY_FILE}:
                return b""
            raise

    @cached_property
    def extension(self) -> str:
        """The ending of the name of what the file holds, in lower case: ``.csv``."""
        name = self.filename
        if self.members and self.content:
            name = single_member(self.members)
        return PurePosixPath(name.lower().removesuffix(".gz").removesuffix(".xz")).suffix

    @cached_property
    def text(self) -> str:
        """The content's first characters; nothing for what is no text."""
        encoding = detect_encoding(self.content) if self.content else None
        text = decode_head(self.content, encoding) if encoding else ""
        controls = sum(1 for mark in text[:1000] if mark < " " and mark not in "\t\r\n\x0b\x0c")
        return "" if controls > len(text[:1000]) // 20 else text

    @cached_property
    def records(self) -> tuple[tuple[str, ...], ...]:
        """The first records that are not blank, the header among them, by the likely delimiter."""
        return tuple(tuple(cells) for cells in parse_head(self.text)) if self.text else ()

    @cached_property
    def delimiter(self) -> str:
        """The likely delimiter."""
        return sniff_dialect(self.text).delimiter

    @property
    def header(self) -> tuple[str, ...]:
        """The first record that is not blank."""
        return self.records[0] if self.records else ()

    @cached_property
    def columns(self) -> frozenset[str]:
        """The header's names, normalised: letters and digits in lower case."""
        return frozenset(normal_name(cell) for cell in self.header)

    @cached_property
    def xml_root(self) -> str | None:
        """The local name of the root element, where the content is XML."""
        return root_tag(self.content) if self.content else None

    @cached_property
    def json_keys(self) -> tuple[str, ...]:
        """The keys of the first object, where the content is JSON."""
        if self.content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in {b"{", b"["}:
            return ()
        return tuple(top_keys(self.content.lstrip(b"\xef\xbb\xbf \t\r\n[")))

    def has(self, *names: str) -> bool:
        """Whether the header has all these columns."""
        return {normal_name(name) for name in names} <= self.columns
