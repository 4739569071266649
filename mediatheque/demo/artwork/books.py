"""Motifs of books."""

import math

from mediatheque.demo.artwork.canvas import (
    Canvas,
    around,
    dot,
    group,
    path,
    polygon,
    rect,
    stroke,
)


def spines(c: Canvas) -> str:
    """Draw books on a shelf, one of them leaning."""
    p, d = c.palette, c.dice
    art = c.sky(p.ground, p.shade)
    floor = c.height * 0.575
    x = 26.0
    while x < c.width - 60:
        wide, tall = d.between(34, 74), d.between(250, 430)
        cloth = d.pick((p.tone, p.light, p.glow, p.tone, p.ink))
        book = rect(0, -tall, wide, tall, cloth) + rect(0, -tall, 5, tall, p.ground, 0.25)
        for band in (0.12, 0.16, 0.82):
            book += rect(0, -tall * (1 - band), wide, 6, p.ground, 0.55)
        if d.chance(0.5):
            book += rect(wide * 0.22, -tall * 0.7, wide * 0.56, tall * 0.2, p.ground, 0.7)
        lean = 9 if d.chance(0.14) else 0
        art += group(book, f"translate({x + lean * 3.4:.0f} {floor:.0f}) rotate({-lean})")
        x += wide + 4 + lean * 7
    return (
        art + rect(0, floor, c.width, 20, p.light) + rect(0, floor + 20, c.width, c.height, p.shade)
    )


def frame(c: Canvas) -> str:
    """Draw a tooled binding: nested rules, corner fans and a lozenge."""
    p, d = c.palette, c.dice
    art = c.fill(p.shade)
    for inset, thick, colour in ((26, 5, p.light), (42, 2, p.glow), (58, 11, p.tone)):
        art += (
            f'<rect x="{inset}" y="{inset}" width="{c.width - inset * 2}" '
            f'height="{c.height - inset * 2}" fill="none" '
            f'stroke="{colour}" stroke-width="{thick}"/>'
        )
    petals = d.pick((7, 9, 11))
    for side in (1, -1):
        fan = "".join(
            group(
                path("M0 0C-16 -40 -12 -78 0 -104C12 -78 16 -40 0 0Z", (p.light, p.tone)[n % 2]),
                f"rotate({90 + n * 90 / (petals - 1):.1f})",
            )
            for n in range(petals)
        )
        corner = 72 if side > 0 else c.width - 72
        art += group(fan, f"translate({corner} 72) scale({side} 1)")
    x, y = c.middle, c.height * 0.36
    for size, colour in (
        (178, p.tone),
        (160, p.ground),
        (128, p.light),
        (112, p.ground),
        (70, p.glow),
    ):
        art += polygon(
            [(x, y - size), (x + size * 0.72, y), (x, y + size), (x - size * 0.72, y)], colour
        )
    for turn in range(8):
        art += group(
            path("M0 0Q-13 -30 0 -54Q13 -30 0 0Z", p.shade),
            f"translate({x:.0f} {y:.0f}) rotate({turn * 45})",
        )
    return art


def arches(c: Canvas) -> str:
    """Draw storeys of arches, deeper and darker inside."""
    p, d = c.palette, c.dice
    art = c.sky(p.light, p.tone)
    columns, rows = 3, 4
    wide, tall = c.width / columns, c.height / (rows + 0.2)
    sun = d.whole(0, columns * 2 - 1)
    for row in range(rows):
        for column in range(columns):
            x, y = column * wide, row * tall + 20
            lit = row * columns + column == sun
            for inset, colour in ((14, p.shade), (32, p.ground), (50, p.glow if lit else p.ground)):
                half = wide / 2 - inset
                cx = x + wide / 2
                art += path(
                    f"M{cx - half:.0f} {y + tall - 14:.0f}V{y + half + inset:.0f}A{half:.0f} "
                    f"{half:.0f} 0 0 1 "
                    f"{cx + half:.0f} {y + half + inset:.0f}V{y + tall - 14:.0f}Z",
                    colour,
                )
        art += rect(0, row * tall + tall + 6, c.width, 13, p.glow, 0.55)
    return art


def tiles(c: Canvas) -> str:
    """Draw quarter-circle tiles turned at random."""
    p, d = c.palette, c.dice
    size = c.width / 4
    art = c.fill(p.ground)
    for row in range(math.ceil(c.height / size)):
        for column in range(4):
            x, y = column * size, row * size
            back, front = d.pick(
                (
                    (p.shade, p.tone),
                    (p.tone, p.light),
                    (p.ground, p.shade),
                    (p.light, p.shade),
                    (p.shade, p.glow),
                )
            )
            tile = rect(0, 0, size + 1, size + 1, back)
            tile += path(f"M0 0H{size:.0f}A{size:.0f} {size:.0f} 0 0 1 0 {size:.0f}Z", front)
            tile += path(
                f"M0 0H{size / 2:.0f}A{size / 2:.0f} {size / 2:.0f} 0 0 1 0 {size / 2:.0f}Z", back
            )
            turn = d.whole(0, 3) * 90
            art += group(
                tile, f"translate({x:.0f} {y:.0f}) rotate({turn} {size / 2:.0f} {size / 2:.0f})"
            )
    return art


def leaves(c: Canvas) -> str:
    """Draw a tall stem with paired leaves and a blossom."""
    p, d = c.palette, c.dice
    art = c.sky(p.shade, p.ground)
    for stem, (x, tall, colour) in enumerate(
        ((0.22, 0.5, p.tone), (0.8, 0.58, p.tone), (0.5, 0.78, p.light))
    ):
        cx, foot = c.width * x, c.height * 1.0
        top = foot - c.height * tall
        art += stroke(
            f"M{cx:.0f} {foot:.0f}Q{cx + d.between(-50, 50):.0f} "
            f"{(top + foot) / 2:.0f} {cx:.0f} {top:.0f}",
            colour,
            7,
        )
        count = 6 + stem
        for n in range(count):
            y = top + 50 + n * (foot - top) / (count + 0.4)
            size = 0.75 + n * 0.09
            for side in (-1, 1):
                leaf = path("M0 0C34 -64 108 -74 150 -46C118 -2 54 20 0 0Z", colour, 0.96)
                leaf += stroke("M6 -2Q70 -34 136 -44", p.ground, 2.5, 0.55)
                art += group(
                    leaf,
                    f"translate({cx:.0f} {y:.0f}) scale({side * size:.2f} "
                    f"{size:.2f}) rotate({d.between(-12, 10):.0f})",
                )
        petals = "".join(
            group(
                path("M0 0C-30 -34 -20 -78 0 -88C20 -78 30 -34 0 0Z", p.glow), f"rotate({n * 45})"
            )
            for n in range(8)
        )
        art += group(
            petals + dot(0, 0, 23, p.tone),
            f"translate({cx:.0f} {top:.0f}) scale({0.6 + stem * 0.24:.2f})",
        )
    return art


def script(c: Canvas) -> str:
    """Draw handwriting that runs off the page, and a pen."""
    p, d = c.palette, c.dice
    art = c.fill(p.ground) + rect(0, 0, c.width, c.height, p.shade, 0.5)
    for row in range(12):
        y = 96.0 + row * 47
        x, data = 56.0, f"M56 {y:.0f}"
        limit = c.width - d.between(50, 90 if (row + 1) % 4 else 240)
        while x < limit:
            step, high = d.between(9, 19), d.between(5, 34 if d.chance(0.2) else 15)
            data += (
                f"q{step * 0.2:.0f} {-high:.0f} {step * 0.6:.0f} "
                f"{-high * 0.4:.0f}t{step * 0.4:.0f} {high * 0.4:.0f}"
            )
            x += step
            if d.chance(0.13):
                x += 15
                data += f"m15 {-(high * 0.02):.0f}"
        art += stroke(data, p.light, 3.4, 0.95 - row * 0.035)
    quill = path("M0 0L12 -46C40 -180 120 -330 250 -420C250 -300 190 -150 60 -60L18 -34Z", p.glow)
    quill += stroke("M2 -4C60 -150 140 -290 240 -408", p.tone, 5) + path(
        "M0 0L12 -46L30 -40Z", p.ink if not p.paper else p.light
    )
    return art + group(
        quill,
        f"translate({c.width * 0.45:.0f} {c.height * 0.7:.0f}) rotate({d.between(-4, 10):.0f})",
    )


def labyrinth(c: Canvas) -> str:
    """Draw concentric walls with one gap each and a small figure at the edge."""
    p, d = c.palette, c.dice
    x, y = c.middle, c.height * 0.38
    art = c.sky(p.shade, p.ground)
    walls = 8
    for step in range(walls):
        radius = 40 + step * 33
        gap = d.between(0, 360)
        wide = 2200 / radius
        sx, sy = around(x, y, radius, gap + wide / 2)
        ex, ey = around(x, y, radius, gap - wide / 2)
        art += stroke(
            f"M{sx:.1f} {sy:.1f}A{radius} {radius} 0 1 1 {ex:.1f} {ey:.1f}",
            (p.light, p.tone)[step % 2],
            13,
            butt=True,
        )
        if 0 < step < walls - 1:
            bar = gap + d.between(60, 300)
            ax, ay = around(x, y, radius, bar)
            bx, by = around(x, y, radius + 33, bar)
            art += stroke(
                f"M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}", (p.light, p.tone)[step % 2], 13, butt=True
            )
    return art + dot(x, y, 19, p.glow)


def keyhole(c: Canvas) -> str:
    """Draw light through a keyhole."""
    p, d = c.palette, c.dice
    x, y = c.middle, c.height * 0.34
    art = c.sky(p.ground, p.shade)
    for step in range(6, 0, -1):
        grow = 1 + step * 0.34
        art += dot(x, y, 92 * grow, p.tone, 0.15)
    art += dot(x, y, 180, p.light) + dot(x, y, 160, p.shade)
    hole = dot(x, y - 30, 58, p.glow) + polygon(
        [(x - 26, y - 10), (x + 26, y - 10), (x + 56, y + 112), (x - 56, y + 112)], p.glow
    )
    spill = polygon(
        [
            (x - 56, y + 112),
            (x + 56, y + 112),
            (x + 250 + d.between(-40, 40), c.height),
            (x - 190, c.height),
        ],
        p.glow,
        0.22,
    )
    return art + spill + hole


def windmill(c: Canvas) -> str:
    """Draw a windmill on a plain."""
    p, d = c.palette, c.dice
    x, y = c.width * 0.56, c.height * 0.36
    art = c.sky(p.light, p.glow) + dot(
        c.width * 0.24, c.height * 0.24, 66, p.ink if not p.paper else p.tone
    )
    art += c.hill(c.height * 0.62, 22, p.tone)
    art += polygon(
        [(x - 62, y), (x + 62, y), (x + 100, c.height * 0.72), (x - 100, c.height * 0.72)], p.ground
    )
    art += path(
        f"M{x - 70:.0f} {y + 4:.0f}Q{x:.0f} {y - 120:.0f} {x + 70:.0f} {y + 4:.0f}Z", p.shade
    ) + rect(x - 20, c.height * 0.61, 40, 90, p.glow)
    spin = d.between(14, 40)
    sail = rect(-4, -236, 8, 236, p.shade) + rect(
        4, -232, 52, 180, p.ink if not p.paper else p.tone, 0.92
    )
    sail += "".join(rect(4, -232 + n * 30, 52, 3.5, p.shade) for n in range(7)) + rect(
        28, -232, 3.5, 180, p.shade
    )
    art += "".join(
        group(sail, f"translate({x:.0f} {y - 24:.0f}) rotate({spin + n * 90:.0f})")
        for n in range(4)
    )
    return art + dot(x, y - 24, 15, p.glow) + c.hill(c.height * 0.72, 18, p.shade)
