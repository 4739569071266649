"""Counting the records of a table without parsing it, for a progress bar."""

from __future__ import annotations

import codecs

from mediatheque.kit.tabular.encoding import detect_encoding
from mediatheque.kit.tabular.lines import BLOCK_BYTES, ByteStream

_CHUNK = BLOCK_BYTES * 4


def count_records(stream: ByteStream) -> int:
    """Count line ends outside quotation marks, the header's included: about 1 GB/s.

    Exact for well-formed files without blank lines; blank lines count, and a stray quotation
    mark makes the number too small or too large by the lines up to the next one.
    """
    head = stream.read(_CHUNK)
    encoding = detect_encoding(head[: 1 << 16])
    decoder = codecs.getincrementaldecoder(encoding.name)("replace") if encoding.is_wide else None
    end = b"\n" if encoding.is_wide or b"\n" in head else b"\r"
    inside = False
    records = 0
    last = b"\n"
    chunk = head[encoding.skip :]
    while chunk:
        data = decoder.decode(chunk).encode() if decoder else chunk
        pieces = data.split(b'"')
        records += sum(piece.count(end) for piece in pieces[inside::2])
        inside ^= not len(pieces) % 2
        last = data[-1:] or last
        chunk = stream.read(_CHUNK)
    return records + (last not in {b"\n", b"\r"})
