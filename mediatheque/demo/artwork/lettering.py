"""Titles set as outlines, so that a poster looks the same on a machine without fonts.

The outlines in `letterforms.json` come from a serif under the SIL Open Font License 1.1
(see `letterforms.LICENSE.txt`), at weight 600 and display size, in thousandths of an em.
"""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise
from typing import cast

_EM = 1000
_SHORT_WORD = 3  # letters: articles and the like


@dataclass(frozen=True, slots=True)
class Letterforms:
    """Advance and outline by character, and the kerning of pairs of base letters."""

    glyphs: Mapping[str, tuple[int, str]]
    kerning: Mapping[str, int]


@cache
def letterforms() -> Letterforms:
    """Read the outlines once."""
    text = files("mediatheque.demo.artwork").joinpath("letterforms.json").read_text("utf-8")
    data = json.loads(text)
    glyphs = {letter: (cast("int", a), cast("str", d)) for letter, (a, d) in data["glyphs"].items()}
    return Letterforms(glyphs=glyphs, kerning=cast("dict[str, int]", data["kerning"]))


def can_set(text: str) -> bool:
    """Tell whether every character has an outline (Latin scripts do)."""
    return all(letter in letterforms().glyphs for letter in text)


def width_of(text: str, size: float, tracking: float = 0) -> float:
    """Measure a line in pixels."""
    total = sum(advance for _, advance in _placed(text, tracking))
    return total * size / _EM


def line(text: str, at: tuple[float, float], size: float, colour: str, tracking: float = 0) -> str:
    """Set one line with its baseline starting at a point; `tracking` in thousandths of an em."""
    x, y = at
    forms = letterforms().glyphs
    cursor = 0.0
    parts: list[str] = []
    for letter, advance in _placed(text, tracking):
        outline = forms[letter][1]
        if outline:
            parts.append(f'<path d="{outline}" transform="translate({cursor:.0f} 0)"/>')
        cursor += advance
    scale = size / _EM
    return (
        f'<g fill="{colour}" transform="translate({x:.1f} {y:.1f}) '
        f'scale({scale:.4f} {-scale:.4f})">{"".join(parts)}</g>'
    )


def wrap(text: str, size: float, room: float) -> list[str]:
    """Break a title into as few lines as fit `room`, as even as they can be.

    A word wider than the room stands alone on its line; a short first word does not.
    """
    words = text.split()
    fewest = len(_greedy(words, size, room))
    best = min(
        (_cut(words, breaks) for breaks in combinations(range(1, len(words)), fewest - 1)),
        key=lambda lines: _raggedness(lines, size, room),
    )
    return list(best)


def fit(text: str, room: float, sizes: tuple[int, ...], most_lines: int) -> tuple[int, list[str]]:
    """Find the largest of the (falling) sizes at which the title fits well, and its lines.

    A size that leaves an article alone on the first line gives way to a smaller one.
    """
    settings = [(size, wrap(text, size, room)) for size in sizes]
    fitting = [
        (size, lines)
        for size, lines in settings
        if len(lines) <= most_lines and all(width_of(each, size) <= room for each in lines)
    ]
    good = [(size, lines) for size, lines in fitting if not _has_lonely_start(lines)]
    return next(iter([*good, *fitting, settings[-1]]))


def _greedy(words: list[str], size: float, room: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(words: list[str], breaks: tuple[int, ...]) -> list[str]:
    edges = [0, *breaks, len(words)]
    return [" ".join(words[a:b]) for a, b in pairwise(edges)]


def _raggedness(lines: list[str], size: float, room: float) -> float:
    widths = [width_of(each, size) for each in lines]
    overrun = sum(max(0.0, width - room) for width in widths) * 1000
    lonely = room if _has_lonely_start(lines) else 0
    return overrun + max(widths) - min(widths) + lonely


def _has_lonely_start(lines: list[str]) -> bool:
    return len(lines) > 1 and len(lines[0]) <= _SHORT_WORD


def _placed(text: str, tracking: float) -> list[tuple[str, float]]:
    forms = letterforms()
    placed: list[tuple[str, float]] = []
    for here, following in zip(text, [*text[1:], ""], strict=True):
        pair = _base(here) + _base(following)
        advance = forms.glyphs[here][0] + forms.kerning.get(pair, 0) + tracking
        placed.append((here, advance))
    return placed


@cache
def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[:1]
