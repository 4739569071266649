"""What every source that is an XML document shares: opening, and counting for progress."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from mediatheque.kit.archives import open_content
from mediatheque.kit.unreadable import NOT_THIS_FORMAT, UnreadableError
from mediatheque.kit.xmlsafe import root_tag, stream_elements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.areas.exchange.schemas.sources import SourceFile
    from mediatheque.kit.xmlsafe import Element

_HEAD: Final = 1 << 16
_CHUNK: Final = 1 << 20


@contextmanager
def open_elements(file: SourceFile, path: str, label: str) -> Iterator[Iterator[Element]]:
    """Open a document, packed or not, and iterate the elements at a path.

    Raises ``SourceError``: ``not_this_format`` for a document with another root.
    """
    with open_content(file.path) as stream:
        root = root_tag(stream.read(_HEAD))
        wanted = path.partition("/")[0]
        if root is not None and root != wanted:
            raise UnreadableError(
                NOT_THIS_FORMAT,
                f"This is no export of {label}: the document is a <{root}>, not a <{wanted}>.",
                1,
            )
    with open_content(file.path) as stream:
        yield stream_elements(stream, path)


def count_ends(file: SourceFile, mark: bytes) -> int:
    """Count the occurrences of an end tag: exact where it is written as programs write it."""
    count = 0
    with open_content(file.path) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            data = tail + chunk
            count += data.count(mark)
            tail = data[-(len(mark) - 1) :]
    return count
