"""What is packed here is unpacked by anybody's gzip."""

from __future__ import annotations

import gzip
import zlib

import pytest

from mediatheque.kit.gzipped import gzipped, packer

BODIES = {
    "nothing": b"",
    "a byte": b"{",
    "text": b'{"title": "Le Voyage dans la Lune"}' * 5_000,
    "noise": bytes(i * i * 31 % 251 for i in range(300_000)),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_comes_back_and_is_packed_alike_each_time(body: bytes) -> None:
    packed = gzipped(body)
    assert gzip.decompress(packed) == body
    assert gzipped(body) == packed


def test_text_is_no_larger_than_by_the_fastest_level_of_zlib() -> None:
    body = " ".join(f"word{i * i * 31 % 397}" for i in range(50_000)).encode()
    assert len(gzipped(body)) <= len(gzip.compress(body, 1))


def test_a_piece_can_be_read_before_the_next_is_made() -> None:
    member, reader = packer(), zlib.decompressobj(16 + zlib.MAX_WBITS)
    for piece in (b"one", b"", b"two" * 70_000):
        sent = member.compress(piece) + member.flush(zlib.Z_SYNC_FLUSH)
        assert reader.decompress(sent) == piece
    assert reader.decompress(member.flush()) == b""
    assert reader.eof
