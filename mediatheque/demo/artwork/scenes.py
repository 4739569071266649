"""Motifs that are places: a town, a sea, a road at night."""

import math

from mediatheque.demo.artwork.canvas import (
    Canvas,
    around,
    dot,
    fade,
    group,
    path,
    polygon,
    rect,
    ring,
    stroke,
)


def sunrise(c: Canvas) -> str:
    """Draw a great disc over banded water."""
    p, d = c.palette, c.dice
    horizon = c.height * d.between(0.52, 0.6)
    x = c.width * d.between(0.34, 0.7)
    radius = c.width * d.between(0.26, 0.34)
    disc = fade("disc", [(0, p.glow, 1), (1, p.light, 1)]) + dot(
        x, horizon - radius * 0.25, radius, "url(#disc)"
    )
    bands = rect(0, horizon, c.width, c.height - horizon, p.shade)
    y, gap = horizon + 14.0, 26.0
    while y < c.height:
        half = radius * (1.05 - (y - horizon) / (c.height - horizon) * 0.75)
        bands += rect(x - half + d.between(-22, 22), y, half * 2, 7, p.light, 0.75)
        y += gap
        gap *= 1.05
    return c.sky(p.ground, p.tone) + disc + bands


def skyline(c: Canvas) -> str:
    """Draw towers in three depths with lit windows, and a disc behind them."""
    p, d = c.palette, c.dice
    x, y = c.width * d.between(0.3, 0.7), c.height * 0.3
    art = c.sky(p.ground, p.shade) + dot(x, y, c.width * 0.33, p.tone, 0.35)
    art += dot(x, y, c.width * 0.2, p.glow)
    for colour, low, high, lit in (
        (p.tone, 0.28, 0.5, 0.0),
        (p.shade, 0.4, 0.62, 0.22),
        (p.ground, 0.54, 0.74, 0.4),
    ):
        left = -20.0
        while left < c.width:
            wide = d.between(54, 112)
            top = c.height * d.between(low, high)
            art += rect(left, top, wide, c.height - top, colour)
            if d.chance(0.45):
                art += rect(left + wide * 0.3, top - 34, wide * 0.4, 36, colour)
                art += rect(left + wide * 0.47, top - 74, wide * 0.06, 42, colour)
            art += _windows(c, (left, top, wide), lit)
            left += wide + d.between(0, 10)
    return art


def _windows(c: Canvas, tower: tuple[float, float, float], lit: float) -> str:
    left, top, wide = tower
    art = ""
    y = top + 16
    while lit and y < top + 230 and y < c.height * 0.86:
        x = left + 10
        while x < left + wide - 14:
            if c.dice.chance(lit):
                art += rect(x, y, 8, 12, c.palette.glow, 0.85)
            x += 17
        y += 24
    return art


def waves(c: Canvas) -> str:
    """Draw a moon over overlapping seas."""
    p, d = c.palette, c.dice
    x = c.width * d.between(0.28, 0.72)
    art = c.sky(p.ground, p.shade) + c.stars(36, c.height * 0.45, p.ink)
    art += dot(x, c.height * 0.27, c.width * 0.17, p.glow)
    for step in range(7):
        base = c.height * (0.42 + step * 0.075)
        length = c.width / d.between(1.6, 3.2)
        colour = (p.light, p.tone, p.shade)[step % 3]
        phase = d.between(0, math.tau)
        points = [(0.0, float(c.height))]
        for place in range(0, c.width + 21, 20):
            swell = math.sin(place / length * math.tau + phase) * (9 + step * 2.4)
            points.append((float(place), base + swell))
        points.append((float(c.width + 20), float(c.height)))
        art += polygon(points, colour, 0.5 + step * 0.06)
    return art


def peaks(c: Canvas) -> str:
    """Draw mountains with lit and shaded faces under a small sun."""
    p, d = c.palette, c.dice
    art = c.sky(p.shade, p.light)
    art += dot(c.width * d.between(0.2, 0.8), c.height * 0.2, c.width * 0.09, p.glow)
    for row, (colour, face) in enumerate(((p.light, p.glow), (p.tone, p.light), (p.shade, p.tone))):
        for _ in range(3):
            x = c.width * d.between(-0.05, 1.05)
            top = c.height * (0.26 + row * 0.15 + d.between(0, 0.09))
            half = c.width * d.between(0.34, 0.5)
            lean = half * d.between(-0.15, 0.15)
            foot = float(c.height)
            art += polygon([(x - half, foot), (x, top), (x + half, foot)], colour)
            ridge = [(x, top), (x + half, foot), (x + lean, foot)]
            art += polygon([(x, top), (x + lean * 0.6, (top + foot) / 2), *ridge[1:]], face, 0.45)
    return art + c.hill(c.height * 0.82, 20, p.ground)


def dunes(c: Canvas) -> str:
    """Draw rolling land in six depths under a low sun."""
    p, d = c.palette, c.dice
    art = c.sky(p.glow, p.light)
    art += dot(c.width * d.between(0.25, 0.75), c.height * 0.33, c.width * 0.16, p.ink, 0.9)
    for step, colour in enumerate((p.light, p.tone, p.tone, p.shade, p.shade, p.ground)):
        art += c.hill(c.height * (0.42 + step * 0.085), 30, colour, 0.72 if step % 2 else 1)
    return art


def house(c: Canvas) -> str:
    """Draw a gabled house on a hill before a large moon, one window lit."""
    p, d = c.palette, c.dice
    x, base = c.width * d.between(0.4, 0.6), c.height * 0.62
    art = c.sky(p.ground, p.shade) + c.stars(50, c.height * 0.5, p.ink)
    art += dot(x + 40, c.height * 0.33, c.width * 0.31, p.glow)
    art += dot(x + 12, c.height * 0.31, c.width * 0.05, p.light, 0.35)
    art += dot(x + 120, c.height * 0.4, c.width * 0.07, p.light, 0.3)
    dark = p.ground
    body = [(x - 84, base + 40), (x - 84, base - 96), (x - 30, base - 180), (x + 24, base - 96)]
    art += polygon([*body, (x + 24, base + 40)], dark)
    art += rect(x + 18, base - 150, 62, 200, dark)
    art += polygon([(x + 8, base - 150), (x + 49, base - 246), (x + 90, base - 150)], dark)
    art += rect(x - 66, base - 178, 16, 60, dark)
    art += rect(x - 46, base - 84, 26, 38, p.glow) + rect(x + 40, base - 118, 18, 30, p.light)
    art += path(
        f"M0 {c.height}L0 {base + 90:.0f}Q{x:.0f} {base - 50:.0f} {c.width} {base + 110:.0f}"
        f"L{c.width} {c.height}Z",
        dark,
    )
    for side in (-1, 1):
        root = x + side * d.between(190, 235)
        trunk = f"M{root:.0f} {base + 90:.0f}q{side * -6} -80 {side * 10} -150"
        art += stroke(trunk, dark, 9)
        for up, reach in ((60, 46), (96, -40), (124, 34)):
            art += stroke(
                f"M{root:.0f} {base + 90 - up:.0f}q{reach} -14 {reach * 1.3} -60", dark, 5
            )
    return art


def road(c: Canvas) -> str:
    """Draw a road that runs to the vanishing point between two headlights' glow."""
    p, d = c.palette, c.dice
    horizon = c.height * 0.44
    x = c.width * d.between(0.42, 0.58)
    glow = fade("glow", [(0, p.glow, 1), (0.35, p.light, 0.65), (1, p.shade, 0)], shape="round")
    art = c.sky(p.ground, p.shade) + c.stars(40, horizon, p.ink)
    art += c.hill(horizon - 10, 16, p.shade) + rect(0, horizon, c.width, c.height, p.ground)
    art += glow + dot(x, horizon, c.width * 0.42, "url(#glow)")
    foot = float(c.height)
    art += polygon([(x - 6, horizon), (x + 6, horizon), (c.width * 1.1, foot), (-60, foot)], p.tone)
    art += polygon([(x - 4, horizon), (x + 4, horizon), (c.width * 0.98, foot), (4, foot)], p.shade)
    for step in range(7):
        near = (step + 1) / 7
        y = horizon + (foot - horizon) * near**2.1
        half = 1 + 10 * near**1.6
        long = 6 + 60 * near**1.8
        centre = x + (c.middle - x) * near
        marks = [(-half * 0.7, 0.0), (half * 0.7, 0.0), (half, long), (-half, long)]
        art += polygon([(centre + mx, y + my) for mx, my in marks], p.glow)
    for side in (-1, 1):
        for step in range(4):
            near = (step + 1.4) / 5
            post = x + side * c.width * 0.62 * near**1.7
            y = horizon + (foot - horizon) * near**2.2
            art += rect(post, y - 190 * near, 3 + 6 * near, 190 * near, p.ground)
    return art


def rails(c: Canvas) -> str:
    """Draw a track towards a round sun, sleepers and a plume of steam."""
    p, d = c.palette, c.dice
    horizon = c.height * 0.46
    x = c.middle
    art = c.sky(p.shade, p.light) + dot(x, horizon - 40, c.width * 0.26, p.glow)
    art += c.hill(horizon - 6, 22, p.tone) + rect(0, horizon + 14, c.width, c.height, p.ground)
    foot = float(c.height)
    for step in range(15):
        near = (step + 1) / 15
        y = horizon + (foot - horizon) * near**1.9
        half = 10 + c.width * 0.5 * near**1.9
        art += rect(x - half, y, half * 2, 3 + 20 * near**1.6, p.shade)
    for side in (-1, 1):
        near_edge = x + side * c.width * 0.37
        rail = [(x + side * 5, horizon), (x + side * 8, horizon)]
        art += polygon([*rail, (near_edge + 15, foot), (near_edge - 15, foot)], p.light)
    art += rect(x - 21, horizon - 44, 42, 52, p.ground) + dot(x, horizon - 34, 23, p.ground)
    art += dot(x, horizon - 34, 9, p.glow) + rect(x - 7, horizon - 84, 14, 30, p.ground)
    for step in range(9):
        drift = step * 27.0
        art += dot(
            x + drift + d.between(-8, 8),
            horizon - 98 - step * 20,
            16 + step * 6,
            p.pale,
            0.86 - step * 0.07,
        )
    return art


def forest(c: Canvas) -> str:
    """Draw trunks in four depths of mist before a pale disc."""
    p, d = c.palette, c.dice
    art = c.sky(p.tone, p.glow)
    art += dot(c.width * d.between(0.3, 0.7), c.height * 0.34, c.width * 0.2, p.ink, 0.85)
    for colour, count, thick in ((p.light, 9, 16), (p.tone, 7, 26), (p.shade, 5, 40)):
        for slot in range(count):
            x = c.width * (slot + d.between(0.1, 0.9)) / count
            lean = d.between(-14, 14)
            half = thick * d.between(0.4, 0.62)
            crown = [(x + lean - half * 0.7, 0.0), (x + lean + half * 0.7, 0.0)]
            art += polygon([*crown, (x + half, c.height), (x - half, c.height)], colour, 0.92)
            for _ in range(2):
                y = c.height * d.between(0.1, 0.5)
                side = d.pick((-1, 1))
                art += stroke(
                    f"M{x:.0f} {y:.0f}q{side * 26} -10 {side * 52} -52", colour, half / 2.6
                )
    return art + c.hill(c.height * 0.83, 24, p.ground)


def domes(c: Canvas) -> str:
    """Draw cut-paper domes and minarets under a crescent."""
    p, d = c.palette, c.dice
    art = c.sky(p.ground, p.tone) + c.stars(46, c.height * 0.5, p.ink)
    x, y = c.width * d.between(0.3, 0.66), c.height * 0.15
    art += path(f"M{x:.0f} {y:.0f}a62 62 0 1 0 58 84a48 48 0 1 1 -58 -84Z", p.glow)
    for colour, base, size in ((p.light, 0.56, 0.8), (p.shade, 0.64, 1.05), (p.ground, 0.74, 1.3)):
        x = d.between(-30, 30)
        while x < c.width + 60:
            y = c.height * base + d.between(-34, 34)
            art += (
                _dome(x, y, 62 * size, c.height, colour)
                if d.chance(0.6)
                else _spire(x, y - 70 * size, 17 * size, c.height, colour)
            )
            x += d.between(84, 116) * size
        art += rect(0, c.height * base + 44, c.width, c.height, colour)
    return art


def _dome(x: float, y: float, half: float, foot: float, colour: str) -> str:
    shape = (
        f"M{x - half:.0f} {foot}V{y:.0f}C{x - half * 1.35:.0f} {y - half:.0f} "
        f"{x - half * 0.3:.0f} {y - half * 1.1:.0f} {x:.0f} {y - half * 1.9:.0f}"
        f"C{x + half * 0.3:.0f} {y - half * 1.1:.0f} {x + half * 1.35:.0f} {y - half:.0f} "
        f"{x + half:.0f} {y:.0f}V{foot}Z"
    )
    return path(shape, colour)


def _spire(x: float, y: float, half: float, foot: float, colour: str) -> str:
    tip = [(x - half, y), (x, y - half * 4), (x + half, y)]
    return (
        polygon(tip, colour)
        + rect(x - half * 0.7, y, half * 1.4, foot - y, colour)
        + rect(x - half * 1.2, y + half * 2, half * 2.4, half * 0.7, colour)
    )


def ship(c: Canvas) -> str:
    """Draw a square-rigged ship on a high sea."""
    p, d = c.palette, c.dice
    art = c.sky(p.shade, p.light)
    art += dot(c.width * d.between(0.3, 0.7), c.height * 0.3, c.width * 0.28, p.glow)
    x, y = c.middle, c.height * 0.6
    hull = path("M-170 -34L-138 20Q0 44 128 20L178 -46L120 -26L-120 -26Z", p.ground)
    rig = ""
    for mast, tall in ((-92, 210), (0, 270), (88, 220)):
        rig += rect(mast - 3, -tall - 26, 6, tall, p.ground)
        for sail in range(3):
            top = -tall - 14 + sail * tall * 0.3
            half = 34 + sail * 9
            deep = tall * 0.25
            rig += path(
                f"M{mast - half} {top:.0f}H{mast + half}Q{mast + half + 16} {top + deep / 2:.0f} "
                f"{mast + half} {top + deep:.0f}H{mast - half}"
                f"Q{mast - half + 16} {top + deep / 2:.0f} {mast - half} {top:.0f}Z",
                p.pale,
                0.95,
            )
    rig += stroke("M178 -46L246 -92", p.ground, 5)
    tilt = d.between(-7, 7)
    art += group(rig + hull, f"translate({x:.0f} {y:.0f}) rotate({tilt:.1f})")
    for step, colour in enumerate((p.tone, p.shade, p.tone, p.ground)):
        art += c.hill(c.height * (0.6 + step * 0.075), 17, colour, 0.95)
    return art


def moon(c: Canvas) -> str:
    """Draw a cratered moon that fills the sky, and a small rocket on its way."""
    p, d = c.palette, c.dice
    x, y, radius = c.width * 0.54, c.height * 0.4, c.width * 0.41
    art = c.sky(p.ground, p.shade) + c.stars(90, c.height, p.ink)
    art += fade("orb", [(0, p.glow, 1), (1, p.light, 1)], shape="round", spot='cx=".38" cy=".35"')
    art += dot(x, y, radius, "url(#orb)")
    for _ in range(13):
        angle, away = d.between(0, 360), radius * d.between(0.1, 0.82)
        cx, cy = around(x, y, away, angle)
        size = radius * d.between(0.05, 0.16) * (1.15 - away / radius)
        art += dot(cx, cy, size, p.tone, 0.4) + ring(cx - 2, cy - 2, size, p.ink, 2.5, 0.3)
    tail = path("M-13 0L0 150L13 0Z", p.light, 0.4)
    body = path("M-17 0C-17 -44 -6 -66 0 -76C6 -66 17 -44 17 0Z", p.ink if not p.paper else p.tone)
    fins = path("M-17 -18L-32 12L-12 0ZM17 -18L32 12L12 0Z", p.tone) + dot(0, -34, 6, p.ground)
    rocket = group(
        tail + fins + body, f"translate({c.width * 0.24:.0f} {c.height * 0.6:.0f}) rotate(48)"
    )
    return art + rocket


def planets(c: Canvas) -> str:
    """Draw spheres on their orbits around a corner sun."""
    p, d = c.palette, c.dice
    x, y = c.width * 0.16, c.height * 0.16
    art = c.sky(p.ground, p.shade) + c.stars(80, c.height, p.ink)
    art += dot(x, y, c.width * 0.26, p.glow, 0.18) + dot(x, y, c.width * 0.18, p.glow)
    ringed = d.whole(1, 5)
    for step in range(6):
        away = c.width * (0.33 + step * 0.165)
        art += ring(x, y, away, p.light, 1.6, 0.5)
        cx, cy = around(x, y, away, d.between(104, 166))
        size = c.width * d.between(0.022, 0.07)
        colour = d.pick((p.tone, p.light, p.glow, p.ink))
        art += dot(cx, cy, size, colour)
        art += path(
            f"M{cx - size:.1f} {cy:.1f}A{size:.1f} {size:.1f} 0 0 0 {cx + size:.1f} {cy:.1f}Z",
            p.ground,
            0.28,
            f"rotate(-40 {cx:.1f} {cy:.1f})",
        )
        if step == ringed:
            art += (
                f'<ellipse cx="{cx:.1f}" cy="{cy:.1f}" rx="{size * 1.9:.1f}" ry="{size * 0.5:.1f}" '
                f'fill="none" stroke="{p.ink}" stroke-width="3.5" '
                f'transform="rotate(-18 {cx:.1f} {cy:.1f})"/>'
            )
    return art
