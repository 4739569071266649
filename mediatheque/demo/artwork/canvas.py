"""Marks on a surface: the few SVG shapes that every motif is made of."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from mediatheque.demo.artwork.palettes import Palette

_T = TypeVar("_T")
Point = tuple[float, float]


class Dice:
    """Throws that depend on the seed alone, on every machine and Python the same."""

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode()
        self._throws = 0

    def unit(self) -> float:
        """Throw a number in [0, 1)."""
        self._throws += 1
        salt = self._throws.to_bytes(8, "big")
        digest = blake2b(self._seed, digest_size=8, salt=salt).digest()
        return int.from_bytes(digest, "big") / 2**64

    def between(self, low: float, high: float) -> float:
        """Throw a number in [low, high)."""
        return low + (high - low) * self.unit()

    def whole(self, low: int, high: int) -> int:
        """Throw a whole number, both ends included."""
        return low + int(self.unit() * (high - low + 1))

    def pick(self, options: Sequence[_T]) -> _T:
        """Pick one of the options."""
        return options[int(self.unit() * len(options))]

    def chance(self, share: float) -> bool:
        """Say yes in this share of throws."""
        return self.unit() < share


@dataclass(frozen=True, slots=True)
class Canvas:
    """A surface in pixels with its colours and its dice."""

    width: int
    height: int
    palette: Palette
    dice: Dice

    @property
    def middle(self) -> float:
        """The horizontal centre."""
        return self.width / 2

    def fill(self, colour: str) -> str:
        """Cover everything."""
        return rect(0, 0, self.width, self.height, colour)

    def sky(self, top: str, bottom: str, name: str = "sky") -> str:
        """Cover everything with a vertical gradient."""
        return fade(name, [(0, top, 1), (1, bottom, 1)]) + self.fill(f"url(#{name})")

    def stars(self, count: int, below: float, colour: str) -> str:
        """Scatter small lights between the top and `below`."""
        dots = (
            dot(
                self.dice.between(0, self.width),
                self.dice.between(0, below),
                self.dice.between(0.8, 2.6),
                colour,
                self.dice.between(0.35, 0.95),
            )
            for _ in range(count)
        )
        return "".join(dots)

    def hill(self, top: float, swing: float, colour: str, opacity: float = 1) -> str:
        """Fill from a gently rolling line down to the lower edge."""
        steps = 4
        span = self.width / steps
        y = top + self.dice.between(-swing, swing)
        parts = [f"M0 {self.height}L0 {y:.0f}"]
        for step in range(steps):
            nxt = top + self.dice.between(-swing, swing)
            x = step * span
            parts.append(
                f"C{x + span / 2:.0f} {y:.0f} {x + span / 2:.0f} {nxt:.0f} {x + span:.0f} {nxt:.0f}"
            )
            y = nxt
        parts.append(f"L{self.width} {self.height}Z")
        return path("".join(parts), colour, opacity)


def rect(  # noqa: PLR0913, PLR0917 - an SVG rectangle has that many numbers
    x: float, y: float, width: float, height: float, colour: str, opacity: float = 1, turn: str = ""
) -> str:
    """Draw a filled rectangle; `turn` is an SVG transform."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{colour}"{_alpha(opacity)}{_turn(turn)}/>'
    )


def dot(x: float, y: float, radius: float, colour: str, opacity: float = 1) -> str:
    """Draw a filled circle."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}"{_alpha(opacity)}/>'


def ring(  # noqa: PLR0913, PLR0917 - as many as SVG asks for
    x: float, y: float, radius: float, colour: str, thickness: float, opacity: float = 1
) -> str:
    """Draw a circle's outline."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="none" stroke="{colour}" '
        f'stroke-width="{thickness:.1f}"{_alpha(opacity)}/>'
    )


def polygon(points: Iterable[Point], colour: str, opacity: float = 1) -> str:
    """Draw a filled polygon."""
    text = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{text}" fill="{colour}"{_alpha(opacity)}/>'


def path(data: str, colour: str, opacity: float = 1, turn: str = "") -> str:
    """Draw a filled path."""
    return f'<path d="{data}" fill="{colour}"{_alpha(opacity)}{_turn(turn)}/>'


def stroke(
    data: str, colour: str, thickness: float, opacity: float = 1, *, butt: bool = False
) -> str:
    """Draw a path's line, with round ends unless `butt`."""
    cap = "butt" if butt else "round"
    return (
        f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{thickness:.1f}" '
        f'stroke-linecap="{cap}" stroke-linejoin="round"{_alpha(opacity)}/>'
    )


def fade(
    name: str, stops: Sequence[tuple[float, str, float]], *, shape: str = "down", spot: str = ""
) -> str:
    """Define a gradient `name`; stops are (offset, colour, opacity).

    `shape` is `down`, `across` or `round`; `spot` gives a round one's `cx cy r` attributes.
    """
    marks = "".join(
        f'<stop offset="{at}" stop-color="{colour}" stop-opacity="{alpha}"/>'
        for at, colour, alpha in stops
    )
    if shape == "round":
        return f'<defs><radialGradient id="{name}" {spot}>{marks}</radialGradient></defs>'
    axis = 'x2="0" y2="1"' if shape == "down" else 'x2="1" y2="0"'
    return f'<defs><linearGradient id="{name}" x1="0" y1="0" {axis}>{marks}</linearGradient></defs>'


def around(x: float, y: float, radius: float, degrees: float) -> Point:
    """Find the point on a circle, degrees clockwise from the top."""
    angle = math.radians(degrees - 90)
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def group(content: str, transform: str, opacity: float = 1) -> str:
    """Move, turn or scale marks together."""
    return f'<g transform="{transform}"{_alpha(opacity)}>{content}</g>'


def _alpha(opacity: float) -> str:
    return "" if opacity >= 1 else f' opacity="{opacity:.2f}"'


def _turn(turn: str) -> str:
    return f' transform="{turn}"' if turn else ""
