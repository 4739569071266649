"""The lines of a playlist, gathered entry by entry.

Extended M3U has no standard: lists are written by hand and by programs, in any encoding, with
attributes in any quotes. What the well-known players read is read here.
"""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Final

from mediatheque.kit.archives import open_content
from mediatheque.kit.tabular import detect_encoding
from mediatheque.kit.unreadable import NOT_THIS_FORMAT, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST: Final = 16_384
"""Characters of a line; what is longer is cut and said to be."""
_HEAD: Final = 65_536
_ATTRIBUTE: Final = re.compile(
    r"""[\s,]*([A-Za-z][\w-]*)=(?:"(.*?)"(?=[\s,]*[A-Za-z][\w-]*=|\s*,|\s*$)"""
    r"""|'([^']*)'(?=[\s,]|$)|([^\s"',][^",]*?(?=\s+[A-Za-z][\w-]*=|\s*,|\s*$))|(?=[\s,]|$))"""
)
_DURATION: Final = re.compile(r"\s*-?\d*(?:\.\d+)?")
_STREAM: Final = ("#EXT-X-STREAM-INF", "#EXT-X-TARGETDURATION", "#EXT-X-MEDIA-SEQUENCE")
_OPTIONS: Final = ("#EXTVLCOPT:", "#KODIPROP:", "#EXTHTTP:")
_IS_STREAM: Final = (
    "This is the playlist of one stream (HLS), not a list of channels. Make a channel and give "
    "it the address of this file."
)


@dataclass(slots=True)
class Raw:
    """An entry as it stands in the file. ``address`` is empty where none follows."""

    line: int
    name: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    address: str = ""
    group: str = ""
    options: list[str] = field(default_factory=list)
    is_cut: bool = False


@dataclass(slots=True)
class Header:
    """What the first lines say of the whole list."""

    attributes: dict[str, str] = field(default_factory=dict)


def read_raw(path: Path, header: Header | None = None) -> Iterator[Raw]:
    """Gather a playlist's entries; raises :class:`UnreadableError` for what is none."""
    pending: Raw | None = None
    before, is_first = Raw(0), True
    with _opened(path) as text:
        for number, line, is_cut in _lines(text):
            if is_first:
                is_first = False
                _refuse_strangers(line)
            if line.startswith("#EXTINF:"):
                if pending is not None:
                    yield pending
                pending = _entry(number, line, before, is_cut=is_cut)
                before = Raw(0)
            elif line.startswith("#"):
                _directive(line, number, pending or before, header)
            else:
                entry = pending or _entry(number, "", before, is_cut=is_cut)
                entry.address, entry.is_cut = line, entry.is_cut or is_cut
                pending, before = None, Raw(0)
                yield entry
    if pending is not None:
        yield pending


def parse_attributes(text: str) -> tuple[dict[str, str], str]:
    """Attributes at the beginning of a text, in any quotes or none, and what stands behind."""
    found: dict[str, str] = {}
    at = 0
    while match := _ATTRIBUTE.match(text, at):
        value = match[2] or match[3] or match[4] or ""
        if "," in text[at : match.start(1)] and match[4] is not None:
            break  # a name such as “E=mc2”
        found.setdefault(match[1].lower(), value.strip())
        at = match.end()
    return found, text[at:]


def _entry(number: int, line: str, before: Raw, *, is_cut: bool) -> Raw:
    rest = line[len("#EXTINF:") :]
    duration = _DURATION.match(rest)
    attributes, name = parse_attributes(rest[duration.end() if duration else 0 :])
    return Raw(
        number,
        name.strip().removeprefix(",").strip(),
        attributes,
        group=before.group,
        options=before.options,
        is_cut=is_cut,
    )


def _directive(line: str, number: int, entry: Raw, header: Header | None) -> None:
    if line.startswith(_STREAM):
        raise UnreadableError(NOT_THIS_FORMAT, _IS_STREAM, number)
    if line.startswith("#EXTM3U"):
        if header is not None:
            for name, value in parse_attributes(line[len("#EXTM3U") :])[0].items():
                header.attributes.setdefault(name, value)
    elif line.startswith("#EXTGRP:"):
        entry.group = line.partition(":")[2].strip()
    elif line.startswith(_OPTIONS):
        kind, _, rest = line[1:].partition(":")
        name = "headers" if kind == "EXTHTTP" else rest.partition("=")[0].strip()
        entry.options.append(name[:60] or kind)


def _refuse_strangers(line: str) -> None:
    if line.startswith(("<", "{", "[")):
        raise UnreadableError(
            NOT_THIS_FORMAT,
            "This is no playlist but a page or a document: look at the address in a browser.",
            1,
        )
    if "\0" in line:
        raise UnreadableError(NOT_THIS_FORMAT, "This is no text. Choose an M3U file.", 1)


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    """The text of a file, packed or not; bytes stand for themselves where they are narrow."""
    with open_content(path) as stream:
        encoding = detect_encoding(stream.read(_HEAD))
    with open_content(path) as stream:
        stream.read(encoding.skip)
        name = encoding.name if encoding.is_wide else "latin-1"
        wrapped = io.TextIOWrapper(stream, encoding=name, errors="replace", newline=None)
        try:
            yield wrapped
        finally:
            wrapped.detach()


def _lines(text: IO[str]) -> Iterator[tuple[int, str, bool]]:
    """Number, line and whether it was cut, of lines that are not blank."""
    number = 0
    is_narrow = isinstance(text, io.TextIOWrapper) and text.encoding == "latin-1"
    while line := text.readline(LONGEST):
        number += 1
        is_cut = len(line) == LONGEST and not line.endswith("\n")
        if is_cut:
            while (more := text.readline(LONGEST)) and not more.endswith("\n"):
                pass
        if is_narrow and not line.isascii():
            line = _decoded(line.encode("latin-1"))
        line = line.strip()
        if line:
            yield number, line, is_cut


def _decoded(raw: bytes) -> str:
    """One line: lists that are pieced together change their encoding in the middle."""
    for name in ("utf-8", "cp1252"):
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
