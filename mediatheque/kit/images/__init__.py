"""Pictures that people send, and what is made of them."""

from mediatheque.kit.images.errors import ImageError
from mediatheque.kit.images.picture import (
    FORMATS,
    MAX_BYTES,
    MAX_PIXELS,
    SIZES,
    Facts,
    Format,
    Picture,
    Variant,
    inspect,
    process,
)
from mediatheque.kit.images.sniff import HEAD, media_type

__all__ = [
    "FORMATS",
    "HEAD",
    "MAX_BYTES",
    "MAX_PIXELS",
    "SIZES",
    "Facts",
    "Format",
    "ImageError",
    "Picture",
    "Variant",
    "inspect",
    "media_type",
    "process",
]
