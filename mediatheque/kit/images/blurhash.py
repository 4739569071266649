"""BlurHash: a picture's colours in about thirty characters, shown until the picture has come.

After the published algorithm (github.com/woltapp/blurhash, Algorithm.md).
"""

import math
from collections.abc import Sequence
from typing import Final, TypeAlias

Colour: TypeAlias = tuple[float, float, float]

_DIGITS: Final = (
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"
)


def _linear(value: int) -> float:
    """Turn an sRGB byte into linear light, 0 to 1."""
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  (the sRGB curve)


_LINEAR: Final = tuple(_linear(value) for value in range(256))


def _srgb(value: float) -> int:
    """Turn linear light into an sRGB byte."""
    part = min(1.0, max(0.0, value))
    if part <= 0.0031308:  # noqa: PLR2004  the sRGB curve
        return int(part * 12.92 * 255 + 0.5)
    return int((1.055 * part ** (1 / 2.4) - 0.055) * 255 + 0.5)


def _base83(value: int, length: int) -> str:
    return "".join(_DIGITS[value // 83 ** (length - at) % 83] for at in range(1, length + 1))


def _factors(pixels: bytes, width: int, height: int, across: int, down: int) -> list[Colour]:
    """Give the cosine coefficients of the picture, the mean first."""
    light = [_LINEAR[value] for value in pixels]
    waves_x = [[math.cos(math.pi * i * x / width) for x in range(width)] for i in range(across)]
    waves_y = [[math.cos(math.pi * j * y / height) for y in range(height)] for j in range(down)]
    found: list[Colour] = []
    for wave_y in waves_y:
        for wave_x in waves_x:
            red = green = blue = 0.0
            for y, part_y in enumerate(wave_y):
                at = y * width * 3
                for part_x in wave_x:
                    basis = part_x * part_y
                    red += basis * light[at]
                    green += basis * light[at + 1]
                    blue += basis * light[at + 2]
                    at += 3
            scale = (2.0 if found else 1.0) / (width * height)
            found.append((red * scale, green * scale, blue * scale))
    return found


def _encode_mean(colour: Colour) -> int:
    red, green, blue = (_srgb(part) for part in colour)
    return (red << 16) + (green << 8) + blue


def _encode_wave(colour: Sequence[float], largest: float) -> int:
    value = 0
    for part in colour:
        root = math.copysign(math.sqrt(abs(part / largest)), part)
        value = value * 19 + max(0, min(18, math.floor(root * 9 + 9.5)))
    return value


def encode(pixels: bytes, width: int, height: int, *, across: int = 4, down: int = 3) -> str:
    """Encode RGB bytes (three a pixel, row by row) with 1 to 9 components in each direction.

    A picture of about 32 pixels a side is enough: the result keeps no finer detail.
    """
    if len(pixels) != width * height * 3:
        raise ValueError("The pixels do not have three bytes each.")
    if not (1 <= across <= 9 and 1 <= down <= 9):  # noqa: PLR2004  what the format can say
        raise ValueError("A BlurHash has 1 to 9 components in each direction.")
    mean, *waves = _factors(pixels, width, height, across, down)
    most = max((abs(part) for colour in waves for part in colour), default=0.0)
    step = max(0, min(82, math.floor(most * 166 - 0.5)))
    largest = (step + 1) / 166
    return (
        _base83((across - 1) + (down - 1) * 9, 1)
        + _base83(step if waves else 0, 1)
        + _base83(_encode_mean(mean), 4)
        + "".join(_base83(_encode_wave(colour, largest), 2) for colour in waves)
    )
