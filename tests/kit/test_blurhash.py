import math

import pytest

from mediatheque.kit.images import blurhash


def decode_blurhash(text: str, width: int, height: int) -> list[list[list[float]]]:
    """Decode as the algorithm's description says, to linear light."""
    digits = blurhash._DIGITS  # noqa: SLF001  (its tables are checked against the algorithm)

    def number(part: str) -> int:
        value = 0
        for letter in part:
            value = value * 83 + digits.index(letter)
        return value

    size = number(text[0])
    across, down = size % 9 + 1, size // 9 + 1
    assert len(text) == 4 + 2 * across * down
    largest = (number(text[1]) + 1) / 166
    mean = number(text[2:6])
    factors = [[blurhash._LINEAR[mean >> shift & 255] for shift in (16, 8, 0)]]  # noqa: SLF001  (its tables are checked against the algorithm)
    for at in range(6, len(text), 2):
        value = number(text[at : at + 2])
        roots = [(part - 9) / 9 for part in (value // 361, value // 19 % 19, value % 19)]
        factors.append([math.copysign(root * root, root) * largest for root in roots])
    return [
        [
            [
                sum(
                    factors[j * across + i][band]
                    * math.cos(math.pi * i * x / width)
                    * math.cos(math.pi * j * y / height)
                    for j in range(down)
                    for i in range(across)
                )
                for band in range(3)
            ]
            for x in range(width)
        ]
        for y in range(height)
    ]


def test_the_blurhash_of_black_is_the_known_one() -> None:
    assert blurhash.encode(bytes(32 * 32 * 3), 32, 32) == "L00000fQfQfQfQfQfQfQfQfQfQfQ"


def test_a_blurhash_decodes_to_a_blurred_picture() -> None:
    pixels = bytes(
        value for y in range(24) for x in range(32) for value in (x * 8, y * 10, 255 - x * 8)
    )
    text = blurhash.encode(pixels, 32, 24, across=5, down=4)
    decoded = decode_blurhash(text, 32, 24)
    errors = [
        abs(decoded[y][x][band] - blurhash._LINEAR[pixels[(y * 32 + x) * 3 + band]])  # noqa: SLF001  (its tables are checked against the algorithm)
        for y in range(24)
        for x in range(32)
        for band in range(3)
    ]
    assert sum(errors) / len(errors) < 0.04  # the waves of the algorithm fit the edges badly


def test_what_a_blurhash_cannot_be_made_of() -> None:
    with pytest.raises(ValueError, match="three bytes"):
        blurhash.encode(b"xx", 1, 1)
    with pytest.raises(ValueError, match="1 to 9"):
        blurhash.encode(bytes(3), 1, 1, across=10)
    assert blurhash.encode(bytes([255, 255, 255]), 1, 1, across=1, down=1) == "00TSUA"
