"""Pictures for tests, made on the spot."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, Any

import pyvips

if TYPE_CHECKING:
    from httpx import Response

    from tests.house import Member

RED, BLUE = [220, 30, 30], [30, 30, 220]
BROKEN = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"


def plain(width: int = 800, height: int = 1200, colour: list[int] | None = None) -> pyvips.Image:
    """A picture of one colour."""
    image = pyvips.Image.black(width, height, bands=3) + (colour or RED)
    return image.cast("uchar").copy(interpretation="srgb")


def png(width: int = 800, height: int = 1200, colour: list[int] | None = None) -> bytes:
    return bytes(plain(width, height, colour).pngsave_buffer())


def lying_jpeg() -> bytes:
    """A JPEG lying on its side: red left, blue right, 600 × 400, to be turned by 90 degrees."""
    image = plain(300, 400).join(plain(300, 400, BLUE), "horizontal").copy()
    image.set_type(pyvips.GValue.gint_type, "orientation", 6)
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd0-Artist", "Somebody (Somebody, ASCII, 9 c)")
    return bytes(image.jpegsave_buffer())


def bomb(width: int = 20_000, height: int = 10_000) -> bytes:
    """A small PNG that unpacks to hundreds of megapixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    packer, rows = zlib.compressobj(9), io.BytesIO()
    for _ in range(height):
        rows.write(packer.compress(bytes(1 + width)))
    rows.write(packer.flush())
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", rows.getvalue())
        + chunk(b"IEND", b"")
    )


def decoded(data: bytes) -> pyvips.Image:
    return pyvips.Image.new_from_buffer(data, "")


async def send(member: Member, path: str, data: bytes, name: str = "poster.png") -> Response:
    return await member.client.put(f"/api/v1/{path}", files={"file": (name, data)})


async def new_title(member: Member, title: str = "Nosferatu") -> dict[str, Any]:
    answer = await member.client.post("/api/v1/titles", json={"kind": "movie", "title": title})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found
