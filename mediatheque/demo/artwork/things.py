"""Motifs that are things: a clock, an eye, a mask."""

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


def stairs(c: Canvas) -> str:
    """Draw crooked steps and slanting shadows, as painted sets had them."""
    p, d = c.palette, c.dice
    art = c.fill(p.shade)
    for _ in range(5):
        x = c.width * d.between(0, 1)
        lean = d.between(-180, 180)
        wide = d.between(40, 130)
        top = [(x, 0.0), (x + wide, 0.0)]
        art += polygon(
            [*top, (x + wide + lean, c.height * 0.7), (x + lean, c.height * 0.62)], p.tone, 0.5
        )
    art += polygon(
        [
            (c.width * 0.46, c.height * 0.08),
            (c.width * 0.86, c.height * 0.13),
            (c.width * 0.78, c.height * 0.45),
            (c.width * 0.52, c.height * 0.39),
        ],
        p.glow,
    )
    art += stroke(
        f"M{c.width * 0.66} {c.height * 0.1}L{c.width * 0.64} {c.height * 0.42}"
        f"M{c.width * 0.49} {c.height * 0.25}L{c.width * 0.82} {c.height * 0.29}",
        p.ground,
        9,
    )
    steps = 8
    for step in range(steps):
        start = c.width * (-0.08 + step * 0.12)
        high = c.height * (0.86 - step * 0.062) + d.between(-8, 8)
        colour = p.light if step % 2 else p.ink if not p.paper else p.tone
        edge = [(start, high), (start + c.width * 0.2, high - d.between(6, 26))]
        art += polygon(
            [*edge, (c.width * 1.1, c.height * 1.02), (start + 40, c.height * 1.02)], colour
        )
        inner = [(start + 12, high + 26), (start + c.width * 0.2, high + 14)]
        art += polygon(
            [*inner, (c.width * 1.1, c.height * 1.05), (start + 70, c.height * 1.05)], p.ground
        )
    return art


def clock(c: Canvas) -> str:
    """Draw a tower clock far too large for its frame."""
    p, d = c.palette, c.dice
    x, y, radius = c.width * 0.52, c.height * 0.4, c.width * 0.47
    art = c.sky(p.tone, p.light) + dot(x + 14, y + 18, radius * 1.1, p.ground, 0.45)
    art += dot(x, y, radius * 1.1, p.shade) + dot(x, y, radius, p.pale)
    dark = p.dark
    for hour in range(12):
        marks = rect(-7, -radius * 0.93, 14, radius * (0.2 if hour % 3 == 0 else 0.12), dark)
        art += group(marks, f"translate({x:.0f} {y:.0f}) rotate({hour * 30})")
    for minute in range(60):
        marks = rect(-1.5, -radius * 0.96, 3, radius * 0.04, dark)
        art += group(marks, f"translate({x:.0f} {y:.0f}) rotate({minute * 6})")
    for turn, long, thick in ((d.between(56, 76), 0.52, 24), (d.between(-54, -34), 0.84, 15)):
        hand = path(f"M{-thick} 40L0 {-radius * long:.0f}L{thick} 40Q0 64 {-thick} 40Z", p.tone)
        art += group(hand, f"translate({x:.0f} {y:.0f}) rotate({turn:.0f})")
    return art + dot(x, y, 21, dark) + rect(0, c.height * 0.86, c.width, c.height, p.shade)


def blinds(c: Canvas) -> str:
    """Draw lamplight through slatted blinds, and a hat nobody is meant to see."""
    p, d = c.palette, c.dice
    art = c.sky(p.ground, p.shade)
    slope = d.between(-0.22, -0.12)
    for step in range(13):
        y = c.height * (0.08 + step * 0.068)
        drop = c.width * slope
        left, right = c.width * 0.06, c.width * 0.96
        art += polygon(
            [(left, y), (right, y + drop), (right, y + drop + 27), (left, y + 27)],
            p.light if step % 4 else p.glow,
            0.88 - step * 0.035,
        )
    x, y = c.width * d.between(0.4, 0.56), c.height * 0.5
    dark = p.dark
    art += path(
        f"M{x - 190:.0f} {c.height}C{x - 190:.0f} {y + 210:.0f} "
        f"{x - 60:.0f} {y + 190:.0f} {x - 50:.0f} {y + 130:.0f}"
        f"Q{x - 92:.0f} {y + 60:.0f} {x - 74:.0f} "
        f"{y:.0f}H{x + 74:.0f}Q{x + 92:.0f} {y + 60:.0f} {x + 50:.0f} {y + 130:.0f}"
        f"C{x + 60:.0f} {y + 190:.0f} {x + 190:.0f} {y + 210:.0f} {x + 190:.0f} {c.height}Z",
        dark,
    )
    art += path(
        f"M{x - 150:.0f} {y + 6:.0f}Q{x:.0f} {y + 40:.0f} "
        f"{x + 150:.0f} {y - 10:.0f}Q{x + 90:.0f} {y - 16:.0f} "
        f"{x + 78:.0f} {y - 40:.0f}L{x + 62:.0f} {y - 108:.0f}Q{x:.0f} "
        f"{y - 84:.0f} {x - 62:.0f} {y - 104:.0f}"
        f"L{x - 80:.0f} {y - 32:.0f}Q{x - 96:.0f} {y - 6:.0f} {x - 150:.0f} {y + 6:.0f}Z",
        dark,
    )
    return art


def eye(c: Canvas) -> str:
    """Draw one open eye with a lens for an iris."""
    p, d = c.palette, c.dice
    x, y, half = c.middle, c.height * 0.38, c.width * 0.44
    art = c.sky(p.tone, p.shade)
    for step in range(8):
        lift = 150 + step * 34
        art += stroke(
            f"M{x - half - step * 12:.0f} {y:.0f}Q{x:.0f} "
            f"{y - lift * 1.7:.0f} {x + half + step * 12:.0f} {y:.0f}",
            p.ground,
            5,
            0.75 - step * 0.08,
        )
    lid = (
        f"M{x - half:.0f} {y:.0f}Q{x:.0f} {y - 270:.0f} {x + half:.0f} "
        f"{y:.0f}Q{x:.0f} {y + 250:.0f} {x - half:.0f} {y:.0f}Z"
    )
    art += path(lid, p.pale)
    art += (
        dot(x, y - 4, 118, p.shade)
        + ring(x, y - 4, 100, p.light, 6)
        + ring(x, y - 4, 80, p.glow, 5)
    )
    for step in range(24):
        near, far = (
            around(x, y - 4, 62, step * 15),
            around(x, y - 4, 96, step * 15 + d.between(-3, 3)),
        )
        art += stroke(f"M{near[0]:.0f} {near[1]:.0f}L{far[0]:.0f} {far[1]:.0f}", p.light, 3, 0.6)
    art += dot(x, y - 4, 52, p.dark) + dot(x + 22, y - 34, 17, p.pale)
    return art + stroke(lid, p.dark, 9)


def gears(c: Canvas) -> str:
    """Draw cogwheels that almost mesh."""
    p, d = c.palette, c.dice
    art = c.sky(p.ground, p.shade)
    wheels = (
        (0.3, 0.27, 0.3, p.tone, 18),
        (0.78, 0.44, 0.25, p.light, 16),
        (0.3, 0.66, 0.23, p.glow, 14),
    )
    for left, top, size, colour, teeth in wheels:
        x, y, radius = c.width * left, c.height * top, c.width * size
        spin = d.between(0, 20)
        cogs = "".join(
            group(
                polygon(
                    [
                        (-radius * 0.085, -radius * 0.95),
                        (-radius * 0.055, -radius * 1.14),
                        (radius * 0.055, -radius * 1.14),
                        (radius * 0.085, -radius * 0.95),
                    ],
                    colour,
                ),
                f"rotate({360 / teeth * tooth + spin:.1f})",
            )
            for tooth in range(teeth)
        )
        spokes = "".join(
            group(dot(0, -radius * 0.55, radius * 0.19, p.ground), f"rotate({n * 60 + spin:.0f})")
            for n in range(6)
        )
        hub = dot(0, 0, radius * 0.24, p.ground) + dot(0, 0, radius * 0.13, p.glow)
        art += group(
            cogs
            + dot(0, 0, radius, colour)
            + ring(0, 0, radius * 0.86, p.ground, 3, 0.4)
            + spokes
            + hub,
            f"translate({x:.0f} {y:.0f})",
        )
    return art


def mask(c: Canvas) -> str:
    """Draw a face of which one half is a mask."""
    p, d = c.palette, c.dice
    x, y = c.middle, c.height * 0.38
    art = c.sky(p.ground, p.shade) + dot(x, y, c.width * 0.43, p.tone, 0.5)
    left = (
        f"M{x:.0f} {y - 210:.0f}C{x - 150:.0f} {y - 210:.0f} "
        f"{x - 170:.0f} {y - 60:.0f} {x - 150:.0f} "
        f"{y + 30:.0f}C{x - 130:.0f} {y + 130:.0f} {x - 60:.0f} {y + 200:.0f} "
        f"{x:.0f} {y + 220:.0f}Z"
    )
    dark = p.dark
    art += path(left, dark) + path(left, p.pale, 1, f"translate({2 * x:.0f} 0) scale(-1 1)")
    art += path(
        f"M{x + 34:.0f} {y - 34:.0f}Q{x + 80:.0f} {y - 76:.0f} {x + 124:.0f} "
        f"{y - 30:.0f}Q{x + 80:.0f} {y - 6:.0f} {x + 34:.0f} {y - 34:.0f}Z",
        dark,
    )
    art += path(
        f"M{x - 34:.0f} {y - 34:.0f}Q{x - 80:.0f} {y - 62:.0f} {x - 118:.0f} "
        f"{y - 34:.0f}Q{x - 80:.0f} {y - 14:.0f} {x - 34:.0f} {y - 34:.0f}Z",
        p.glow,
    )
    art += dot(x - 76, y - 37, 13, dark)
    art += stroke(
        f"M{x + 28:.0f} {y - 92:.0f}Q{x + 84:.0f} {y - 128:.0f} {x + 134:.0f} {y - 78:.0f}", dark, 9
    )
    art += stroke(
        f"M{x:.0f} {y + 118:.0f}Q{x + 44:.0f} {y + 100:.0f} {x + 78:.0f} {y + 124:.0f}", p.tone, 13
    )
    return art + stroke(
        f"M{x:.0f} {y + 118:.0f}Q{x - 40:.0f} {y + 104:.0f} {x - 70:.0f} {y + 126:.0f}",
        p.glow,
        7,
        d.between(0.7, 0.9),
    )
