"""Reading archives that strangers made: zip files, and files packed by zip, gzip or xz.

Nothing is written to disk by the names inside. Refused are names that leave the folder, links,
encryption, exotic compression, members that overlap, and content out of proportion to the file:
what the directory promises is checked before, what comes out is counted while it is read.
"""

from __future__ import annotations

import gzip
import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Final, Self

from mediatheque.kit.unreadable import (
    ARCHIVE_BOMB,
    ARCHIVE_CONTENT,
    ARCHIVE_DAMAGED,
    ARCHIVE_ENCRYPTED,
    ARCHIVE_PATH_ESCAPE,
    EMPTY_FILE,
    SPREADSHEET,
    TOO_LARGE,
    UnreadableError,
)

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Count = Callable[[int], None]

ZIP_MARKS: Final = (b"PK\x03\x04", b"PK\x05\x06")
GZIP_MARK: Final = b"\x1f\x8b"
XZ_MARK: Final = b"\xfd7zXZ\x00"
_XZ_MEMORY: Final = 128 << 20
_METHODS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_LOCAL_HEADER: Final = 30
_ENCRYPTED_BIT: Final = 1
_DATA_ENDINGS: Final = (".csv", ".tsv", ".xml", ".json", ".jsonl", ".plist", ".txt")
_SPREADSHEET_MEMBERS: Final = {"xl/workbook.xml", "content.xml"}


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How much may come out. ``ratio`` holds for content above ``ratio_from`` bytes."""

    members: int = 20_000
    total_bytes: int = 4 << 30
    ratio: int = 200
    ratio_from: int = 32 << 20


LIMITS: Final = ArchiveLimits()


class Archive:
    """A zip file whose directory has been checked. Raises :class:`UnreadableError`."""

    def __init__(self, path: Path, limits: ArchiveLimits = LIMITS) -> None:
        self._limits = limits
        self._size = path.stat().st_size
        try:
            self._zip = zipfile.ZipFile(path)
            self._members = self._checked()
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as error:
            raise UnreadableError(
                ARCHIVE_DAMAGED, "The zip file is damaged. Download or pack it again."
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files inside, in the archive's order, with ``/`` between folders."""
        return tuple(self._members)

    def size(self, name: str) -> int:
        """Return the unpacked size a member promises, in bytes."""
        return self._members[name].file_size

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """Open a member for reading; its bytes count against the archive's limits."""
        try:
            with self._zip.open(self._members[name]) as member:
                yield io.BufferedReader(_Counted(member, _counter(self._size, self._limits)))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise UnreadableError(
                ARCHIVE_DAMAGED, f"{name} in the zip file is damaged. Download or pack it again."
            ) from error

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        infos = self._zip.infolist()
        if len(infos) > self._limits.members:
            raise UnreadableError(
                ARCHIVE_BOMB,
                f"The zip file holds {len(infos):,} files; at most {self._limits.members:,} "
                "are read.",
            )
        _refuse_bomb(sum(info.file_size for info in infos), self._size, self._limits)
        _refuse_overlap(infos)
        members: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            _refuse_member(info)
            if not info.is_dir() and not _is_litter(info.filename):
                members[info.filename] = info
        return members


@contextmanager
def open_content(path: Path, limits: ArchiveLimits = LIMITS) -> Iterator[BinaryIO]:
    """Open a file; one packed by gzip or xz, or alone in a zip, is unpacked while it is read.

    Raises :class:`UnreadableError`: ``archive_content`` for a zip of several files,
    ``spreadsheet`` for what Excel and its kin save.
    """
    with path.open("rb") as file:
        mark = file.read(len(XZ_MARK))
        file.seek(0)
        if mark.startswith(GZIP_MARK):
            with _gunzipped(file, path.stat().st_size, limits) as content:
                yield content
            return
        if mark.startswith(XZ_MARK):
            with _unpacked_xz(file, path.stat().st_size, limits) as content:
                yield content
            return
        if not mark.startswith(ZIP_MARKS):
            yield file
            return
    with Archive(path, limits) as archive, archive.open(single_member(archive.names)) as content:
        yield content


def single_member(names: tuple[str, ...]) -> str:
    """Name the file that an archive is about: its only one, or its only table or document.

    Raises :class:`UnreadableError` (``empty_file``, ``spreadsheet``, ``archive_content``).
    """
    if not names:
        raise UnreadableError(EMPTY_FILE, "The zip file is empty.")
    if not _SPREADSHEET_MEMBERS.isdisjoint(names):
        raise UnreadableError(
            SPREADSHEET, "This is a spreadsheet. Save it as CSV (UTF-8) and import that file."
        )
    if len(names) == 1:
        return names[0]
    for ending in _DATA_ENDINGS:
        found = [name for name in names if name.lower().endswith(ending)]
        if len(found) == 1:
            return found[0]
        if found:
            break
    raise UnreadableError(
        ARCHIVE_CONTENT,
        f"The zip file holds {len(names)} files. Unpack it and import one file at a time.",
    )


@contextmanager
def _gunzipped(file: BinaryIO, packed: int, limits: ArchiveLimits) -> Iterator[BinaryIO]:
    try:
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield io.BufferedReader(_Counted(unpacked, _counter(packed, limits)))
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise UnreadableError(
            ARCHIVE_DAMAGED, "The gzip file is damaged. Download it again."
        ) from error


@contextmanager
def _unpacked_xz(file: BinaryIO, packed: int, limits: ArchiveLimits) -> Iterator[BinaryIO]:
    try:
        with _Xz(file) as unpacked:
            yield io.BufferedReader(_Counted(unpacked, _counter(packed, limits)), 1 << 16)
    except (lzma.LZMAError, EOFError) as error:
        raise UnreadableError(
            ARCHIVE_DAMAGED, "The xz file is damaged, or needs too much memory. Pack it again."
        ) from error


class _Xz(io.RawIOBase):
    """The content of an xz file; its dictionary may not ask for more than a bounded memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._unpacker = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        while not self._unpacker.eof:
            data = self._file.read(1 << 16) if self._unpacker.needs_input else b""
            if self._unpacker.needs_input and not data:
                raise EOFError
            if found := self._unpacker.decompress(data, size):
                return found
        return b""


class _Counted(io.RawIOBase):
    """A stream that reports how much was read from it."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile | _Xz, count: Count) -> None:
        self._stream = stream
        self._count = count

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._stream.read(len(view))
        view[: len(data)] = data
        self._count(len(data))
        return len(data)


def _counter(packed: int, limits: ArchiveLimits) -> Count:
    read = 0

    def count(size: int) -> None:
        nonlocal read
        read += size
        _refuse_bomb(read, packed, limits)

    return count


def _refuse_bomb(size: int, packed: int, limits: ArchiveLimits) -> None:
    if size > limits.total_bytes:
        raise UnreadableError(
            TOO_LARGE,
            f"The archive unpacks to more than {limits.total_bytes >> 30} GiB. Split it.",
        )
    if size > limits.ratio_from and size > packed * limits.ratio:
        raise UnreadableError(
            ARCHIVE_BOMB,
            f"The archive unpacks to more than {limits.ratio} times its size and was refused. "
            "If it is genuine, unpack it and import the file inside.",
        )


def _refuse_overlap(infos: list[zipfile.ZipInfo]) -> None:
    """Refuse members that share bytes: each would unpack the same compressed block again."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise UnreadableError(
                ARCHIVE_BOMB, "Files inside the zip overlap; the archive was refused."
            )
        end = info.header_offset + _LOCAL_HEADER + info.compress_size


def _refuse_member(info: zipfile.ZipInfo) -> None:
    name = info.filename
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name:
        raise UnreadableError(
            ARCHIVE_PATH_ESCAPE,
            f"The zip file contains a name that leaves its folder ({name!r}) and was refused.",
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnreadableError(
            ARCHIVE_PATH_ESCAPE, f"The zip file contains a link ({name!r}) and was refused."
        )
    if info.flag_bits & _ENCRYPTED_BIT:
        raise UnreadableError(
            ARCHIVE_ENCRYPTED, "The zip file needs a password. Pack it again without one."
        )
    if info.compress_type not in _METHODS and not info.is_dir():
        raise UnreadableError(
            ARCHIVE_DAMAGED,
            f"{name} is packed by a method that is not read. Pack it again as a plain zip.",
        )


def _is_litter(name: str) -> bool:
    """Whether a file is what operating systems leave behind in archives."""
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1] in {".DS_Store", "Thumbs.db"}
