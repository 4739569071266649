"""What files refuse, and which of a picture's variants answers a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from mediatheque.kit.errors import (
    BadInputError,
    NotFoundError,
    RefusalError,
    TooLargeError,
    UnsupportedTypeError,
)
from mediatheque.kit.images import ImageError

if TYPE_CHECKING:
    from collections.abc import Collection

    from mediatheque.kit.http import FetchError

Size: TypeAlias = Literal["small", "medium", "large"]

SIZES: Final[tuple[Size, ...]] = ("small", "medium", "large")


class NoSuchFileError(NotFoundError):
    """There is no such file in any space of the person who asks."""

    code = "file_not_found"
    message = "There is no such file."


class NotAnImageError(UnsupportedTypeError):
    """The content is no picture, whatever its name says."""

    code = "not_an_image"
    message = "This file is not a picture that we know. Send a JPEG, PNG, WebP, AVIF, GIF or SVG."


class UnsupportedImageError(UnsupportedTypeError):
    """A picture in a form that cannot be read."""

    code = "unsupported_image"
    message = "Pictures of this type cannot be read."


class ImageTooLargeError(TooLargeError):
    """Too many bytes or too many pixels."""

    code = "image_too_large"
    message = "The picture is larger than the limit allows."


class BrokenImageError(BadInputError):
    """The picture ends early or is damaged."""

    code = "broken_image"
    message = "The picture is damaged or incomplete and cannot be read."


class UnsafeImageError(BadInputError):
    """An SVG that would make its reader do more than draw."""

    code = "unsafe_image"
    message = "This SVG declares entities, which is not accepted."


class ImageNotFetchedError(BadInputError):
    """The address gave no picture; ``details.reason`` is the fetcher's code."""

    code = "image_not_fetched"
    message = "The picture could not be fetched from this address."


IMAGE_REFUSALS: Final[tuple[type[RefusalError], ...]] = (
    NotAnImageError,
    UnsupportedImageError,
    ImageTooLargeError,
    TooLargeError,
    BrokenImageError,
    UnsafeImageError,
)
"""What a picture can be refused for; for a route's documentation."""

_BY_CODE: Final[dict[str, type[RefusalError]]] = {
    "not_an_image": NotAnImageError,
    "unsupported_type": UnsupportedImageError,
    "too_many_bytes": ImageTooLargeError,
    "too_many_pixels": ImageTooLargeError,
    "broken": BrokenImageError,
    "unsafe_svg": UnsafeImageError,
}


def refused_image(error: ImageError, field: str) -> RefusalError:
    """The refusal that a picture's fault stands for."""
    kind = _BY_CODE[error.code]
    message = None if kind is NotAnImageError else error.message
    return kind(message, field=field, details={"reason": error.code})


def refused_fetch(error: FetchError, field: str) -> RefusalError:
    """The refusal that a failed fetch stands for."""
    return ImageNotFetchedError(error.message, field=field, details={"reason": error.code})


def choose_variant(names: Collection[str], size: Size, accept: str) -> str | None:
    """The name (``small.avif``) of the variant to answer with, or None if there is none.

    A size that was left out, because the picture is no wider than the one below it, is answered
    by the next smaller one, else by the next larger. AVIF goes to who says to take it (RFC 9110,
    section 12.5.1), WebP to everybody else.
    """
    at = SIZES.index(size)
    forms = ("avif", "webp") if "image/avif" in accept else ("webp",)
    for one in (*reversed(SIZES[: at + 1]), *SIZES[at + 1 :]):
        for form in forms:
            if f"{one}.{form}" in names:
                return f"{one}.{form}"
    return None
