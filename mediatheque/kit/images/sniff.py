"""What kind of picture some bytes are, by their content; names and declared types don't count."""

import re
from typing import Final

from mediatheque.kit.images.errors import ImageError

HEAD: Final = 4096  # as many bytes as are looked at

_SIGNATURES: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),  # BigTIFF
    (b"MM\x00+", "image/tiff"),
)
_AV1_BRANDS: Final = frozenset({b"avif", b"avis"})
_HEIF_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
)
_SVG: Final = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE\s+svg[^>\[]*(?:\[.*?\])?>\s*)*"
    rb"<(?:[A-Za-z_][\w.-]*:)?svg[\s>/]",
    re.DOTALL | re.IGNORECASE,
)
# What it could do besides drawing, or make a parser do, before anything is drawn.
_SVG_UNSAFE: Final = re.compile(rb"<!ENTITY|<!DOCTYPE[^>]*\[|<(?:\w+:)?include\b", re.IGNORECASE)


def media_type(data: bytes) -> str | None:
    """Tell the media type of a picture from its first bytes (`HEAD` are enough), or None.

    Knows JPEG, PNG, WebP, AVIF, HEIF, GIF, TIFF and SVG.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp":
        return _iso_base_media(data)
    if _SVG.match(data[:HEAD]):
        return "image/svg+xml"
    return None


def _iso_base_media(data: bytes) -> str | None:
    """Tell AVIF and HEIF apart by their brands (ISO/IEC 14496-12, section 4.3)."""
    length = min(int.from_bytes(data[:4], "big"), len(data), 256)
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, length - 3, 4))}
    if brands & _AV1_BRANDS:
        return "image/avif"
    return "image/heif" if data[8:12] in _HEIF_BRANDS else None


def check_svg(data: bytes) -> None:
    """Refuse an SVG that declares entities or includes others; ImageError `unsafe_svg`."""
    if _SVG_UNSAFE.search(data):
        raise ImageError("unsafe_svg", "This SVG declares entities, which is not accepted.")
