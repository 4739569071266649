"""Motifs of games."""

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

_SPINE = {(3, 2), (3, 3), (3, 4), (3, 5)}  # holds a creature together


def sprite(c: Canvas) -> str:
    """Draw rows of little symmetrical creatures in pixels."""
    p, d = c.palette, c.dice
    art = c.sky(p.ground, p.shade)
    art += "".join(
        rect(d.between(0, c.width), d.between(0, c.height * 0.8), 5, 5, p.ink, 0.5)
        for _ in range(50)
    )
    size = 13
    for row in range(4):
        cells = [(x, y) for y in range(8) for x in range(4) if d.chance(0.52) or (x, y) in _SPINE]
        colour = (p.glow, p.light, p.tone, p.light)[row]
        for column in range(4):
            left, top = 52 + column * 132 + (row % 2) * 20, 96 + row * 148
            art += "".join(
                rect(left + across * size, top + y * size, size, size, colour)
                for x, y in cells
                for across in {x, 6 - x}
            )
    return art


def blocks(c: Canvas) -> str:
    """Draw falling pieces over a settled heap."""
    p, d = c.palette, c.dice
    size = c.width // 10
    art = c.sky(p.ground, p.shade)
    colours = (p.tone, p.light, p.glow, p.ink)

    def brick(x: float, y: float, colour: str) -> str:
        face = rect(x + 2, y + 2, size - 4, size - 4, colour)
        return (
            face
            + rect(x + 8, y + 8, size - 30, 7, p.ink, 0.35)
            + rect(x + 2, y + size - 9, size - 4, 7, p.ground, 0.25)
        )

    pieces = (
        ((0, 0), (1, 0), (2, 0), (1, 1)),
        ((0, 0), (0, 1), (0, 2), (1, 2)),
        ((0, 0), (1, 0), (1, 1), (2, 1)),
    )
    for step, piece in enumerate(pieces):
        left, top = d.whole(0, 2) + step * 3, step * 2 + d.whole(0, 1)
        art += "".join(
            brick((left + x) * size, (top + y) * size + 30, colours[step]) for x, y in piece
        )
    for column in range(10):
        tall = d.whole(1, 5)
        for level in range(tall + 3):
            if level > 0 and d.chance(0.06):
                continue
            art += brick(column * size, c.height * 0.8 - level * size, colours[d.whole(0, 3)])
    return art + rect(0, c.height * 0.8 + size, c.width, c.height, p.shade)


def maze(c: Canvas) -> str:
    """Draw a maze of corridors with dots in it and a hungry disc."""
    p, d = c.palette, c.dice
    art = c.fill(p.ground)
    size = 60
    for row in range(c.height // size + 1):
        for column in range(c.width // size):
            x, y = column * size, row * size
            art += stroke(
                f"M{x} {y}h{size}" if d.chance(0.5) else f"M{x} {y}v{size}", p.tone, 11, 0.95
            )
            if d.chance(0.7):
                art += dot(x + size / 2, y + size / 2, 6, p.glow, 0.9)
    centre = size * 5.5
    (ax, ay), (bx, by) = around(centre, centre, 108, 62), around(centre, centre, 108, 118)
    art += dot(centre, centre, 130, p.ground)
    return art + path(
        f"M{centre} {centre}L{ax:.0f} {ay:.0f}A108 108 0 1 0 {bx:.0f} {by:.0f}Z", p.glow
    )


def board(c: Canvas) -> str:
    """Draw a chequered board in perspective with pieces on it."""
    p, d = c.palette, c.dice
    art = c.sky(p.shade, p.tone)
    horizon, x = c.height * 0.3, c.middle
    rows = 9
    edges = [horizon + (c.height - horizon) * (n / rows) ** 1.5 for n in range(rows + 1)]
    for row in range(rows):
        for column in range(-6, 6):
            colour = p.glow if (row + column) % 2 else p.ground
            points = []
            for col, y in (
                (column, edges[row]),
                (column + 1, edges[row]),
                (column + 1, edges[row + 1]),
                (column, edges[row + 1]),
            ):
                spread = 32 + (y - horizon) * 0.26
                points.append((x + col * spread, y))
            art += polygon(points, colour)
    for left, row, size in ((0.24, 2, 0.75), (0.7, 3, 1.0), (0.42, 4, 1.35)):
        cx, cy = c.width * left + d.between(-20, 20), edges[row] + 20
        colour = d.pick((p.tone, p.light))
        pawn = dot(0, -118, 30, colour) + path(
            "M-14 -100L-24 -30Q-52 -20 -50 0H50Q52 -20 24 -30L14 -100Z", colour
        )
        pawn += f'<ellipse cx="0" cy="0" rx="54" ry="15" fill="{colour}"/>' + rect(
            -26, -96, 52, 9, p.ground, 0.5
        )
        art += group(pawn, f"translate({cx:.0f} {cy:.0f}) scale({size})")
    return art


def hexes(c: Canvas) -> str:
    """Draw an island of hexagons, each field of another kind."""
    p, d = c.palette, c.dice
    art = c.sky(p.shade, p.tone)
    radius = 78.0
    for row in range(-2, 3):
        count = 5 - abs(row)
        for slot in range(count):
            x = c.middle + (slot - (count - 1) / 2) * radius * 1.74
            y = c.height * 0.4 + row * radius * 1.5
            outline = [around(x, y, radius, n * 60) for n in range(6)]
            inner = [around(x, y, radius - 8, n * 60) for n in range(6)]
            fill = d.pick((p.light, p.tone, p.glow, p.shade, p.light))
            art += polygon(outline, p.ground) + polygon(inner, fill)
            for n in range(3):
                px, py = around(x, y, 34, n * 120 + 60)
                art += polygon(
                    [(px - 13, py + 11), (px, py - 15), (px + 13, py + 11)], p.ground, 0.3
                )
            art += dot(x, y, 19, p.pale)
    return art


def prompt(c: Canvas) -> str:
    """Draw a terminal's glowing lines and its cursor."""
    p, d = c.palette, c.dice
    art = c.fill(p.ground) + rect(34, 34, c.width - 68, c.height - 68, p.shade, 0.55)
    y = 92.0
    for row in range(13):
        x = 66.0
        limit = c.width - d.between(60, 330)
        if row % 4 == 0:
            art += polygon([(x, y), (x + 17, y + 11), (x, y + 22)], p.glow)
            x += 34
        while x < limit:
            word = d.between(18, 88)
            art += rect(x, y + 4, min(word, limit - x + 8), 14, p.light if row % 4 else p.glow, 0.9)
            x += word + 13
        y += 44
    return art + rect(66, y, 25, 30, p.glow)


def cave(c: Canvas) -> str:
    """Draw a cavern with a way down and a lamp."""
    p, d = c.palette, c.dice
    art = c.fill(p.light)
    x, y = c.width * d.between(0.44, 0.56), c.height * 0.46
    for step, colour in enumerate((p.tone, p.shade, p.ground)):
        hole = []
        for n in range(22):
            reach = (210 + step * 86) * d.between(0.86, 1.14)
            hole.append(around(x, y, reach, n * 360 / 22))
        outer = (
            f"M0 0H{c.width}V{c.height}H0Z M"
            + "L".join(f"{px:.0f} {py:.0f}" for px, py in hole)
            + "Z"
        )
        art += f'<path d="{outer}" fill="{colour}" fill-rule="evenodd"/>'
    for n in range(9):
        left, long = c.width * n / 8, d.between(60, 190)
        art += polygon([(left - 34, 0), (left + 34, 0), (left, long)], p.ground)
    art += dot(x, y + 60, 120, p.glow, 0.25) + dot(x, y + 60, 70, p.glow, 0.4)
    art += path(f"M{x - 22:.0f} {y + 90:.0f}h44l-8 -66h-28Z", p.glow) + rect(
        x - 26, y + 88, 52, 12, p.ground
    )
    return art + stroke(f"M{x - 16:.0f} {y + 24:.0f}q16 -34 32 0", p.ground, 6)
