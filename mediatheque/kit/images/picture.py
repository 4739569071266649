"""Pictures that people send: checked, turned upright, freed of what they tell, made small.

libvips does the work, in two threads of its own, and is loaded when the first picture comes.
Results are 8-bit sRGB without any metadata (no place, no camera, no names).
"""

import asyncio
import ctypes
import functools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, ParamSpec, TypeAlias, TypeVar

from mediatheque.kit.images import blurhash
from mediatheque.kit.images.errors import ImageError
from mediatheque.kit.images.sniff import check_svg, media_type

P = ParamSpec("P")
R = TypeVar("R")
Format: TypeAlias = Literal["avif", "webp", "jpeg", "png"]
Vips: TypeAlias = Any  # pyvips has no types

SIZES: Final[Mapping[str, int]] = {"small": 150, "medium": 600, "large": 1200}  # widths in pixels
FORMATS: Final[tuple[Format, ...]] = ("avif", "webp")
MAX_BYTES: Final = 50 * 1024 * 1024
MAX_PIXELS: Final = 50_000_000
_MAX_SVG_BYTES: Final = 2 * 1024 * 1024
_MAX_SIDE: Final = 16_383  # what WebP can hold
_THREADS: Final = 2
_SUMMARY_SIDE: Final = 32
_M_ARENA_MAX: Final = -8  # malloc.h
_SVG: Final = "image/svg+xml"
_LOADERS: Final = {
    "image/jpeg": "jpegload_buffer",
    "image/png": "pngload_buffer",
    "image/webp": "webpload_buffer",
    "image/avif": "heifload_buffer",
    "image/heif": "heifload_buffer",
    "image/gif": "gifload_buffer",
    "image/tiff": "tiffload_buffer",
    _SVG: "svgload_buffer",
}
# Compared on photographs and posters of 128 to 1,200 pixels: AVIF 62 at effort 0 is a tenth to a
# quarter smaller than WebP 80 that looks like it, and made in 75 ms at 1,200 pixels; effort 1 costs
# three times that and saves 3 %. WebP at effort 2 takes half the time of 4 and adds 3 %.
_SAVERS: Final[Mapping[Format, tuple[str, str, dict[str, Any]]]] = {
    "avif": ("image/avif", "heifsave_buffer", {"Q": 62, "effort": 0, "compression": "av1"}),
    "webp": ("image/webp", "webpsave_buffer", {"Q": 80, "effort": 2}),
    "jpeg": ("image/jpeg", "jpegsave_buffer", {"Q": 82, "optimize_coding": True}),
    "png": ("image/png", "pngsave_buffer", {"compression": 7}),
}


class _Threads:
    """Our own threads; when nobody waits any more, the memory goes back to the system."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="image")
        self._waiting = 0

    async def run(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a call in one of the threads."""
        loop = asyncio.get_running_loop()
        self._waiting += 1
        try:
            work = functools.partial(call, *args, **kwargs)
            return await loop.run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._pool.submit(_give_back)


_threads = _Threads()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a picture says of itself, upright; `frames` above 1 is an animation or pages."""

    media_type: str
    width: int
    height: int
    frames: int
    has_alpha: bool


@dataclass(frozen=True, slots=True)
class Variant:
    """One size of a picture in one format."""

    name: str
    media_type: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture taken in: its facts, a BlurHash, its dominant colour ("#rrggbb"), its variants."""

    facts: Facts
    blurhash: str
    colour: str
    variants: tuple[Variant, ...]


async def inspect(source: bytes | Path, *, max_pixels: int = MAX_PIXELS) -> Facts:
    """Read the head of a picture; ImageError. A file that breaks off later is not noticed."""
    return await _threads.run(lambda: _inspect(_read(source), max_pixels))


async def process(
    source: bytes | Path,
    *,
    sizes: Mapping[str, int] = SIZES,
    formats: Sequence[Format] = FORMATS,
    max_pixels: int = MAX_PIXELS,
) -> Picture:
    """Check a picture and make its variants, none wider than the picture itself; ImageError.

    Where a size would be no smaller than the next smaller one already made, it is left out. Of
    animations and documents with pages, the first. SVG is drawn, never passed on.
    """
    return await _threads.run(_process, source, dict(sizes), tuple(formats), max_pixels)


@functools.cache
def _libc() -> ctypes.CDLL | None:
    """Give glibc, whose heaps keep what large pictures needed; None with another C library."""
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "malloc_trim") and hasattr(libc, "mallopt") else None


def _give_back() -> None:
    """Return freed memory to the system: after ten posters 43 MB stay instead of 220."""
    if (libc := _libc()) is not None:
        libc.malloc_trim(0)


@functools.cache
def _vips() -> Vips:
    """Load libvips: no cache of finished operations, one thread a picture, our loaders only."""
    if (libc := _libc()) is not None:
        libc.mallopt(_M_ARENA_MAX, _THREADS)  # a heap for each of a dozen threads never shrinks
    import pyvips  # noqa: PLC0415  ten megabytes that an idle house does not need

    pyvips.cache_set_max(0)
    pyvips.cache_set_max_mem(0)
    pyvips.cache_set_max_files(0)
    pyvips.concurrency_set(1)
    pyvips.operation_block_set("VipsForeignLoad", state=True)
    for kind in ("Jpeg", "Png", "Webp", "Heif", "Nsgif", "Tiff", "Svg"):
        pyvips.operation_block_set(f"VipsForeignLoad{kind}", state=False)
    return pyvips


def _read(source: bytes | Path) -> bytes:
    if isinstance(source, Path):
        with source.open("rb") as file:
            source = file.read(MAX_BYTES + 1)
    if len(source) > MAX_BYTES:
        raise ImageError("too_many_bytes", f"The picture is larger than {MAX_BYTES // 1024**2} MB.")
    return source


@contextmanager
def _translated(kind: str) -> Iterator[None]:
    """Turn libvips' errors into ours; its own words stay in the cause, for the log."""
    try:
        yield
    except _vips().Error as error:
        if kind == "image/heif":
            raise ImageError(
                "unsupported_type", "HEIC pictures cannot be read; save it as JPEG first."
            ) from error
        raise ImageError(
            "broken", "The picture is damaged or incomplete and cannot be read."
        ) from error


def _inspect(data: bytes, max_pixels: int) -> Facts:
    """Read the facts; nothing is decoded before the pixels are counted."""
    kind = media_type(data)
    if kind is None:
        raise ImageError("not_an_image", "This file is not a picture that we know.")
    with _translated(kind):
        image = _load(kind, data, **(_svg_options(data) if kind == _SVG else {}))
        if image.width * image.height > max_pixels:
            raise ImageError(
                "too_many_pixels",
                f"The picture has {image.width} × {image.height} pixels; at most "
                f"{max_pixels // 1_000_000} million are accepted.",
            )
        upright = image.autorot()
        frames = image.get("n-pages") if image.get_typeof("n-pages") else 1
        return Facts(kind, upright.width, upright.height, frames, bool(upright.hasalpha()))


def _load(kind: str, data: bytes, **options: Any) -> Vips:  # noqa: ANN401  the library's options
    """Open lazily with the loader of the kind; what is damaged fails when it is decoded."""
    operation = _vips().Operation
    return operation.call(_LOADERS[kind], data, fail_on="error", access="sequential", **options)


def _svg_options(data: bytes) -> dict[str, float]:
    """Choose the scale at which an SVG is drawn: its largest side as wide as we ever need."""
    if len(data) > _MAX_SVG_BYTES:
        raise ImageError("too_many_bytes", "An SVG may have 2 MB at most.")
    check_svg(data)
    drawn = _load(_SVG, data)
    return {"scale": max(SIZES.values()) / max(drawn.width, drawn.height)}


def _shrink_options(kind: str, data: bytes, times: int) -> dict[str, float]:
    """Let the decoder leave out what is not needed for a picture `times` smaller.

    It stops at twice the size, the rest is resampled well. (libvips' own `thumbnail` would do
    this too, but takes damaged files without a word.)
    """
    if kind == _SVG:
        return _svg_options(data)
    if kind == "image/jpeg":
        return {"shrink": max(step for step in (1, 2, 4, 8) if step <= max(1, times // 2))}
    if kind == "image/webp" and times > 2:  # noqa: PLR2004  nothing to gain before
        return {"scale": 2 / times}
    return {}


def _process(
    source: bytes | Path, sizes: dict[str, int], formats: tuple[Format, ...], max_pixels: int
) -> Picture:
    data = _read(source)
    facts = _inspect(data, max_pixels)
    kind = facts.media_type
    width = min(max(sizes.values()), facts.width)
    with _translated(kind):
        image = _load(kind, data, **_shrink_options(kind, data, facts.width // width))
        if image.get_typeof("orientation") and image.get("orientation") > 1:
            image = image.copy_memory()  # turning reads in another order than the file has
        base = _standard(_narrowed(image, width, **_profile_options(image)))
        return Picture(facts, *_summary(base), tuple(_variants(base, sizes, formats)))


def _profile_options(image: Vips) -> dict[str, str]:
    """Ask for sRGB where there is another space; from sRGB to itself would cost 58 ms of 80."""
    is_plain = image.interpretation == "srgb" and not image.get_typeof("icc-profile-data")
    return {} if is_plain else {"output_profile": "srgb"}


def _narrowed(image: Vips, width: int, **options: str) -> Vips:
    """Make an image at most `width` wide and upright."""
    return image.thumbnail_image(width, height=_MAX_SIDE, size="down", **options)


def _standard(image: Vips) -> Vips:
    """Bring an image to 8-bit sRGB in memory, with alpha or without."""
    if image.interpretation != "srgb":
        image = image.colourspace("srgb")
    if image.format != "uchar":
        image = image.cast("uchar")
    return image.copy_memory()


def _variants(base: Vips, sizes: dict[str, int], formats: tuple[Format, ...]) -> list[Variant]:
    made: list[Variant] = []
    last = 0
    for name, width in sorted(sizes.items(), key=lambda size: size[1]):
        image = base
        if width < base.width:
            image = _narrowed(base, width).copy_memory()
        if image.width == last:
            continue
        last = image.width
        for form in formats:
            media, saver, options = _SAVERS[form]
            shown = _on_white(image) if form == "jpeg" else image
            encoded = getattr(shown, saver)(keep="none", **options)
            made.append(Variant(name, media, image.width, image.height, bytes(encoded)))
    return made


def _on_white(image: Vips) -> Vips:
    return image.flatten(background=[255, 255, 255]) if image.hasalpha() else image


def _summary(base: Vips) -> tuple[str, str]:
    """Give the BlurHash and the dominant colour of an image."""
    tiny = base.thumbnail_image(_SUMMARY_SIDE, height=_SUMMARY_SIDE, size="force")
    pixels = bytes(_on_white(tiny).write_to_memory())
    across, down = (4, 3) if base.width >= base.height else (3, 4)
    hashed = blurhash.encode(pixels, _SUMMARY_SIDE, _SUMMARY_SIDE, across=across, down=down)
    return hashed, _dominant(pixels)


def _dominant(pixels: bytes) -> str:
    """Give the mean of the most frequent colour, colours being alike in their first three bits."""
    seen = [tuple(pixels[at : at + 3]) for at in range(0, len(pixels), 3)]
    alike = Counter(tuple(part >> 5 for part in pixel) for pixel in seen)
    chosen = alike.most_common(1)[0][0]
    same = [pixel for pixel in seen if tuple(part >> 5 for part in pixel) == chosen]
    mean = [round(sum(pixel[at] for pixel in same) / len(same)) for at in range(3)]
    return "#" + "".join(f"{part:02x}" for part in mean)
