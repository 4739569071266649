"""Gzip (RFC 1952) for answers that somebody waits for.

By ISA-L: at this level four times as fast as zlib at its fastest, and no larger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from isal import igzip, isal_zlib

if TYPE_CHECKING:
    from zlib import _Compress

_LEVEL: Final = 2
_WITH_HEADER: Final = 16 + isal_zlib.MAX_WBITS


def gzipped(body: bytes) -> bytes:
    """A body as one gzip member; equal bodies give equal bytes."""
    return igzip.compress(body, _LEVEL, mtime=0)


def packer() -> _Compress:
    """Something that packs one piece after the other, as ``zlib.compressobj`` does."""
    return cast("_Compress", isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, _WITH_HEADER))
