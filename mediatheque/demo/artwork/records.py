"""Motifs of records and scores."""

import math

from mediatheque.demo.artwork.canvas import (
    Canvas,
    around,
    dot,
    group,
    path,
    polygon,
    rect,
    ring,
    stroke,
)


def grooves(c: Canvas) -> str:
    """Draw a record that leaves the sleeve at one side."""
    p, d = c.palette, c.dice
    x, y, radius = c.width * d.between(0.5, 0.68), c.height * d.between(0.4, 0.5), c.width * 0.42
    art = c.sky(p.tone, p.shade) + dot(x + 10, y + 14, radius, p.ground, 0.5)
    dark = p.dark
    art += dot(x, y, radius, dark)
    for step in range(17):
        art += ring(x, y, radius * (0.4 + step * 0.035), p.light, 1.1, 0.16 + 0.12 * (step % 3))
    for turn in (-32, 148):
        ax, ay = around(x, y, radius * 0.98, turn - 13)
        bx, by = around(x, y, radius * 0.98, turn + 13)
        art += polygon([(x, y), (ax, ay), (bx, by)], p.light, 0.16)
    return (
        art
        + dot(x, y, radius * 0.35, p.glow)
        + dot(x, y, radius * 0.31, p.tone)
        + dot(x, y, radius * 0.045, dark)
    )


def staves(c: Canvas) -> str:
    """Draw flowing staves with notes on them."""
    p, d = c.palette, c.dice
    art = c.sky(p.ground, p.shade)
    for system in range(3):
        base = c.height * (0.2 + system * 0.24)
        swing, phase = d.between(14, 34), d.between(0, math.tau)

        def bend(x: float, swing: float = swing, phase: float = phase) -> float:
            return math.sin(x / c.width * 5 + phase) * swing

        for rule in range(5):
            points = " ".join(
                f"{x},{base + rule * 15 + bend(x):.1f}" for x in range(-10, c.width + 21, 15)
            )
            art += f'<polyline points="{points}" fill="none" stroke="{p.tone}" stroke-width="2.4"/>'
        x = 44.0
        while x < c.width - 20:
            y = base + d.whole(-1, 8) * 7.5 + bend(x)
            up = -1 if y > base + 30 + bend(x) else 1
            colour = d.pick((p.glow, p.light, p.light))
            art += (
                f'<ellipse cx="{x:.0f}" cy="{y:.1f}" rx="11.5" ry="8.4" '
                f'fill="{colour}" transform="rotate(-20 {x:.0f} {y:.1f})"/>'
            )
            art += stroke(f"M{x - up * 10:.1f} {y:.1f}v{up * 52}", colour, 3)
            if d.chance(0.4):
                art += stroke(
                    f"M{x - up * 10:.1f} {y + up * 52:.1f}q24 {-up * 10} 20 {-up * 34}", colour, 3.4
                )
            x += d.between(40, 70)
    return art


def keys(c: Canvas) -> str:
    """Draw a keyboard seen from above at a slant, some keys struck."""
    p, d = c.palette, c.dice
    wide = 62
    board = ""
    for key in range(-8, 16):
        colour = (
            d.pick((p.ink, p.ink, p.ink, p.light, p.glow))
            if not p.paper
            else d.pick((p.ground, p.ground, p.light, p.tone))
        )
        board += rect(key * wide, -40, wide - 3, 480, colour)
    for key in range(-8, 16):
        if key % 7 not in {2, 6}:
            board += rect(key * wide + wide * 0.66, -40, wide * 0.62, 290, p.dark)
    art = c.sky(p.tone, p.shade)
    return (
        art
        + group(
            board,
            f"translate({c.width * 0.12:.0f} {c.height * 0.26:.0f}) "
            f"rotate({d.between(-14, -8):.0f})",
        )
        + rect(0, 0, c.width, c.height * 0.1, p.shade, 0.5)
    )


def arcs(c: Canvas) -> str:
    """Draw the bold discs and bars of a jazz sleeve."""
    p, d = c.palette, c.dice
    art = c.fill(p.ground)
    colours = (p.tone, p.light, p.glow, p.shade)
    size = c.width / 3
    shift = d.whole(0, 3)
    for row in range(math.ceil(c.height / size)):
        for column in range(3):
            x, y = column * size, row * size
            colour, other = (
                colours[(row + column * 2 + shift) % 4],
                colours[(row * 3 + column + shift + 1) % 4],
            )
            art += rect(x, y, size + 1, size + 1, other if (row + column) % 2 else p.ground)
            art += d.pick((_disc, _fan, _stripes, _bowl))(x, y, size, colour)
    return art


def _disc(x: float, y: float, size: float, colour: str) -> str:
    return dot(x + size / 2, y + size / 2, size * 0.42, colour)


def _fan(x: float, y: float, size: float, colour: str) -> str:
    start = f"M{x:.0f} {y + size:.0f}A{size:.0f} {size:.0f} 0 0 1 "
    return path(f"{start}{x + size:.0f} {y:.0f}V{y + size:.0f}Z", colour)


def _stripes(x: float, y: float, size: float, colour: str) -> str:
    bars = (x + n * size / 5 + 6 for n in range(5))
    return "".join(rect(b, y + size * 0.12, size / 5 - 12, size * 0.76, colour) for b in bars)


def _bowl(x: float, y: float, size: float, colour: str) -> str:
    half = size / 2
    bend = f"A{half:.0f} {half:.0f} 0 0 1 {x:.0f} {y:.0f}Z"
    return path(f"M{x:.0f} {y:.0f}H{x + size:.0f}{bend}", colour)


def sound(c: Canvas) -> str:
    """Draw a sound wave around its centre line."""
    p, d = c.palette, c.dice
    art = c.sky(p.ground, p.shade)
    y, count = c.height * 0.43, 31
    for slot in range(count):
        swell = math.sin(slot / (count - 1) * math.pi) ** 1.4
        half = c.height * 0.3 * swell * d.between(0.35, 1) + 6
        colour = (p.tone, p.light, p.glow)[slot % 3]
        x = c.width * (slot + 0.5) / count
        art += stroke(f"M{x:.1f} {y - half:.0f}V{y + half:.0f}", colour, c.width / count * 0.5)
    return art
