"""The gallery of avatars: pictures of this house, drawn from a few shapes each.

SVG 1.1, 96 by 96, without script, style, text or anything fetched from elsewhere.
"""

from __future__ import annotations

from functools import cache
from typing import Final, Literal, get_args

AvatarName = Literal[
    "fox", "owl", "cat", "bear", "frog", "whale", "robot", "rocket", "planet", "moon", "mask",
    "reel", "record", "book", "lighthouse", "mushroom",
]  # fmt: skip
AVATARS: Final[tuple[AvatarName, ...]] = get_args(AvatarName)

_INK: Final = "#2b2536"
_PAPER: Final = "#fdf8ef"


def _circle(x: float, y: float, r: float, fill: str) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"/>'


def _oval(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{fill}"/>'


def _shape(fill: str, path: str) -> str:
    return f'<path fill="{fill}" d="{path}"/>'


def _line(path: str, width: float = 3, ink: str = _INK) -> str:
    return (
        f'<path fill="none" stroke="{ink}" stroke-width="{width:g}" stroke-linecap="round" '
        f'stroke-linejoin="round" d="{path}"/>'
    )


def _box(corner: tuple[int, int], size: tuple[int, int], fill: str, round_: int = 0) -> str:
    (x, y), (w, h) = corner, size
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{round_}" fill="{fill}"/>'


def _both(x: float, y: float, r: float, fill: str = _INK) -> str:
    """The same circle left and right of the middle."""
    return _circle(48 - x, y, r, fill) + _circle(48 + x, y, r, fill)


_DRAWN: Final[dict[AvatarName, tuple[str, str]]] = {
    "fox": ("#f6c28b", _shape("#d9622b", "M20 20l20 12h16l20-12 4 30-32 32-32-32z")
            + _shape(_PAPER, "M24 52l24 30 24-30-14 4-10 12-10-12z") + _both(13, 48, 4)
            + _circle(48, 72, 4.5, _INK)),
    "owl": ("#b8c8a6", _oval(48, 54, 28, 30, "#7a5c43") + _shape("#7a5c43", "M22 40l2-20 18 10z")
            + _shape("#7a5c43", "M74 40l-2-20-18 10z") + _both(12, 46, 12, _PAPER)
            + _both(12, 46, 5) + _shape("#e8a33d", "M43 56h10l-5 9z")
            + _line("M38 72q10 6 20 0", 2.5, _PAPER)),
    "cat": ("#c9b6e4", _shape("#4b4560", "M22 18l16 14h20l16-14v38a26 26 0 0 1-52 0z")
            + _both(12, 52, 5, "#f2d45c") + _both(12, 52, 2)
            + _shape("#ef9aa4", "M44 62h8l-4 5z")
            + _line("M30 64l-14-3M30 69l-14 3M66 64l14-3M66 69l14 3", 2, _PAPER)),
    "bear": ("#f3d9a4", _both(22, 28, 11, "#8a5a34") + _circle(48, 52, 30, "#8a5a34")
             + _oval(48, 62, 15, 12, "#e3c196") + _both(12, 46, 4) + _oval(48, 57, 5, 3.5, _INK)
             + _line("M48 60v6M42 68q6 4 12 0", 2.5)),
    "frog": ("#bfe3d0", _both(17, 30, 12, "#4f9a4b") + _oval(48, 56, 32, 26, "#4f9a4b")
             + _both(17, 30, 7, _PAPER) + _both(17, 30, 3.5) + _line("M28 60q20 16 40 0", 3.5)),
    "whale": ("#cfe8f5", _shape("#3a6ea5", "M12 52c0-20 44-30 62-2 4-2 8-8 8-14 8 8 6 22-6 26"
                                "-6 22-64 24-64-10z")
              + _shape(_PAPER, "M16 62c14 8 36 10 52 2-10 16-44 16-52-2z")
              + _circle(30, 52, 3.5, _INK) + _line("M40 28v-10M40 22q-8-8-12-2M40 22q8-8 12-2", 3,
                                                   "#3a6ea5")),
    "robot": ("#d4d9e8", _line("M48 28v-12", 3.5) + _circle(48, 14, 5, "#e2574c")
              + _box((20, 28), (56, 48), "#7d8bb0", 12) + _box((28, 38), (40, 18), _INK, 9)
              + _both(10, 47, 5, "#7ef0d2") + _line("M36 66h24", 4, _PAPER)
              + _box((12, 44), (8, 16), "#5a678c", 3) + _box((76, 44), (8, 16), "#5a678c", 3)),
    "rocket": ("#2f3561", _circle(20, 24, 1.8, _PAPER) + _circle(76, 30, 2.2, _PAPER)
               + _circle(70, 70, 1.6, _PAPER) + _circle(24, 64, 2, _PAPER)
               + _shape("#f08a3c", "M40 70h16l-8 20z") + _shape("#e2574c", "M34 50l-12 20 14-2z")
               + _shape("#e2574c", "M62 50l12 20-14-2z")
               + _shape(_PAPER, "M48 10c16 16 16 40 10 60H38c-6-20-6-44 10-60z")
               + _circle(48, 40, 8, "#58b4d1")),
    "planet": ("#3b2f57", _circle(22, 22, 2, _PAPER) + _circle(78, 66, 2, _PAPER)
               + _circle(66, 16, 1.5, _PAPER) + _circle(48, 48, 24, "#e9a45b")
               + _line("M28 42q20 6 40 0M26 54q22 6 44 0", 4, "#cf7f43")
               + _line("M14 60c10 10 74-18 68-28", 4, "#f5dfb3")),
    "moon": ("#27406b", _shape("#f6e3a1", "M60 14a36 36 0 1 0 18 56a30 30 0 1 1-18-56z")
             + _circle(70, 34, 2.5, _PAPER) + _circle(58, 48, 1.8, _PAPER)
             + _circle(76, 52, 1.6, _PAPER)),
    "mask": ("#f4b8a6", _shape(_PAPER, "M18 22q30 12 60 0v28q0 30-30 34-30-4-30-34z")
             + _shape(_INK, "M28 42q8-8 16 0-8 6-16 0z") + _shape(_INK, "M52 42q8-8 16 0-8 6-16 0z")
             + _shape("#b73e3e", "M32 58q16 6 32 0-4 16-16 16t-16-16z")),
    "reel": ("#e6d3b3", _circle(48, 48, 34, "#4a4a55") + _circle(48, 48, 6, _PAPER)
             + _both(0, 28, 8, "#e6d3b3") + _both(0, 68, 8, "#e6d3b3")
             + _both(19, 40, 8, "#e6d3b3") + _both(14, 61, 8, "#e6d3b3")),
    "record": ("#f2a65a", _circle(48, 48, 35, "#1f1d26") + _line("M48 20a28 28 0 0 1 28 28", 1.5,
                                                               "#5f5b70")
               + _line("M48 27a21 21 0 0 1 21 21", 1.5, "#5f5b70")
               + _line("M48 76a28 28 0 0 1-28-28", 1.5, "#5f5b70") + _circle(48, 48, 13, "#d64545")
               + _circle(48, 48, 2.5, _PAPER)),
    "book": ("#a9d0c6", _shape("#7a3b2e", "M12 26q18-8 36 2 18-10 36-2v48q-18-8-36 2-18-10-36-2z")
             + _shape(_PAPER, "M17 29q16-6 29 3v38q-13-7-29-3z")
             + _shape(_PAPER, "M79 29q-16-6-29 3v38q13-7 29-3z")
             + _line("M23 40q10-3 17 1M23 50q10-3 17 1M56 41q7-4 17-1M56 51q7-4 17-1", 2,
                     "#b9a98f")),
    "lighthouse": ("#9fc6e7", _shape("#f7e08b", "M54 24l34-12v24z")
                   + _shape(_PAPER, "M38 34h20l6 46H32z")
                   + _shape("#d64545", "M36.700 44h22.600l1.400 11H35.300z")
                   + _shape("#d64545", "M34 66h28l1.400 11H32.600z")
                   + _box((40, 18), (16, 16), _INK, 2)
                   + _box((44, 21), (8, 9), "#f7e08b", 1) + _shape("#d64545", "M37 18l11-9 11 9z")
                   + _box((14, 80), (68, 6), "#5b7f4e", 3)),
    "mushroom": ("#dcebc2", _shape(_PAPER, "M38 46h20l4 34q-14 6-28 0z")
                 + _shape("#c8352e", "M12 50q4-36 36-36t36 36q-36 8-72 0z")
                 + _circle(34, 34, 6, _PAPER) + _circle(56, 28, 5, _PAPER)
                 + _circle(68, 42, 4.5, _PAPER) + _circle(48, 45, 3.5, _PAPER)
                 + _both(5, 62, 2.5) + _line("M45 69q3 3 6 0", 2.5)),
}  # fmt: skip


@cache
def draw(name: AvatarName) -> bytes:
    """The picture as SVG."""
    ground, shapes = _DRAWN[name]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">'
        f'<rect width="96" height="96" fill="{ground}"/>{shapes}</svg>'
    ).encode()


def label(name: AvatarName) -> str:
    """The picture in a word."""
    return name.capitalize()
