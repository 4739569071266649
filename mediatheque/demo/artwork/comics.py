"""Motifs of comics."""

import math

from mediatheque.demo.artwork.canvas import (
    Canvas,
    around,
    dot,
    polygon,
    rect,
)

_ROOM_TO_SPEAK = 230  # pixels
_FINEST_DOT = 1.6
_EDGE = 0.31  # of the sun, in widths


def panels(c: Canvas) -> str:
    """Draw a page of panels, each with its own small scene."""
    p, d = c.palette, c.dice
    art = c.fill(p.pale)
    gutter, y = 16.0, 16.0
    for _ in range(4):
        tall = c.height * d.between(0.19, 0.27)
        cut = d.pick((0.36, 0.5, 0.64, 1.0))
        x = gutter
        for share in (cut, 1 - cut):
            wide = (c.width - gutter * 2) * share - (gutter / 2 if cut < 1 else 0)
            if wide > gutter:
                art += _panel(c, (x, y, wide, tall))
                x += wide + gutter
        y += tall + gutter
    return art


def _panel(c: Canvas, box: tuple[float, float, float, float]) -> str:
    p, d = c.palette, c.dice
    x, y, wide, tall = box
    back, front = d.pick(
        ((p.tone, p.glow), (p.glow, p.tone), (p.shade, p.light), (p.light, p.shade))
    )
    art = rect(x, y, wide, tall, back)
    radius = min(wide, tall) * d.between(0.2, 0.34)
    cx, cy = x + wide * d.between(0.3, 0.7), y + tall * d.between(0.42, 0.6)
    if d.chance(0.4):
        art += "".join(
            dot(x + 11 + column * 19, y + 11 + row * 19, 1.5 + 5 * row / (tall / 19), front, 0.7)
            for row in range(int(tall // 19))
            for column in range(int(wide // 19))
        )
    art += dot(cx, cy, radius, front) + rect(x, y + tall * 0.8, wide, tall * 0.2, p.dark)
    if wide > _ROOM_TO_SPEAK and d.chance(0.6):
        bx, by = x + wide - 84, y + 42
        white = p.pale
        art += f'<ellipse cx="{bx:.0f}" cy="{by:.0f}" rx="66" ry="29" fill="{white}"/>'
        art += polygon([(bx - 30, by + 18), (bx - 4, by + 26), (bx - 44, by + 52)], white)
    edge = p.dark
    return (
        art + f'<rect x="{x:.0f}" y="{y:.0f}" width="{wide:.0f}" '
        f'height="{tall:.0f}" fill="none" stroke="{edge}" stroke-width="5"/>'
    )


def halftone(c: Canvas) -> str:
    """Draw a printed sun: dots that grow towards the light."""
    p, d = c.palette, c.dice
    x, y = c.width * d.between(0.35, 0.65), c.height * d.between(0.3, 0.42)
    art = c.fill(p.shade) + dot(x, y, c.width * 0.3, p.glow)
    step = 25
    for row in range(c.height // step + 2):
        for column in range(c.width // step + 2):
            cx, cy = column * step + (row % 2) * step / 2, row * step * 0.9
            away = math.hypot(cx - x, cy - y) / c.width
            size = 13.5 * max(0.0, 1.06 - away)
            if size >= _FINEST_DOT:
                art += dot(cx, cy, size, p.tone if away > _EDGE else p.light)
    return art


def bang(c: Canvas) -> str:
    """Draw a spiky explosion over speed lines."""
    p, d = c.palette, c.dice
    x, y = c.middle, c.height * 0.42
    art = c.fill(p.tone)
    for ray in range(40):
        angle = ray * 9 + d.between(-2, 2)
        ends = [around(x, y, 1100, angle), around(x, y, 1100, angle + d.between(1.4, 4))]
        art += polygon([around(x, y, 210, angle), *ends], p.shade)
    for size, colour in (
        (1.0, p.ground),
        (0.93, p.glow),
        (0.62, p.light),
        (0.34, p.pale),
    ):
        points = [
            around(x, y, size * (290 * d.between(0.86, 1.06) if n % 2 == 0 else 172), n * 360 / 26)
            for n in range(26)
        ]
        art += polygon(points, colour)
    return art


def bubbles(c: Canvas) -> str:
    """Draw speech without words."""
    p, d = c.palette, c.dice
    art = c.sky(p.shade, p.tone)
    white = p.pale
    dark = p.dark
    for n, (left, top, wide, tall) in enumerate(
        ((0.36, 0.17, 190, 92), (0.64, 0.37, 176, 84), (0.38, 0.56, 196, 88))
    ):
        x, y = c.width * left + d.between(-20, 20), c.height * top
        side = -1 if n % 2 == 0 else 1
        colour = (white, p.glow, p.light)[n]
        tail = polygon(
            [
                (x + side * 30, y + tall * 0.7),
                (x + side * 90, y + tall * 0.6),
                (x + side * 140, y + tall + 62),
            ],
            colour,
        )
        art += (
            f'<ellipse cx="{x + 9:.0f}" cy="{y + 12:.0f}" '
            f'rx="{wide}" ry="{tall}" fill="{dark}" opacity="0.35"/>'
        )
        art += (
            tail + f'<ellipse cx="{x:.0f}" cy="{y:.0f}" rx="{wide}" ry="{tall}" fill="{colour}"/>'
        )
        for line in range(3):
            half = wide * d.between(0.35, 0.66)
            art += rect(x - half, y - 36 + line * 29, half * 2, 11, dark, 0.8)
    return art


def woodcut(c: Canvas) -> str:
    """Draw a lamp among gouged lines."""
    p, d = c.palette, c.dice
    x, y = c.width * d.between(0.4, 0.6), c.height * 0.3
    pale = p.pale
    art = c.fill(p.dark)
    for ray in range(90):
        angle = ray * 4 + d.between(-1, 1)
        start, end = d.between(96, 130), d.between(240, 1000)
        near, far = around(x, y, start, angle - 0.9), around(x, y, start, angle + 0.9)
        art += polygon([near, far, around(x, y, end, angle)], pale if ray % 3 else p.light)
    art += dot(x, y, 82, p.glow)
    roofs = "".join(
        polygon(
            [
                (n * 110 - 20, c.height * 0.62 + d.between(-20, 30)),
                (n * 110 + 40, c.height * 0.5 + d.between(-20, 30)),
                (n * 110 + 104, c.height * 0.62),
                (n * 110 + 104, c.height),
                (n * 110 - 20, c.height),
            ],
            (p.shade, p.tone)[n % 2],
        )
        for n in range(6)
    )
    lit = "".join(
        rect(
            n * 110 + d.between(6, 60),
            c.height * (0.68 + 0.09 * k) + d.between(0, 20),
            17,
            24,
            p.glow,
        )
        for n in range(6)
        for k in range(3)
    )
    return art + roofs + lit
