"""Motifs that are signs: a beam of light, rings, bars, a spiral."""

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
)


def beam(c: Canvas) -> str:
    """Draw a projector's light falling over the heads of a row of people."""
    p, d = c.palette, c.dice
    x, y = c.width * d.between(0.34, 0.66), c.height * 0.2
    light = fade("light", [(0, p.glow, 0.95), (0.5, p.light, 0.8), (1, p.tone, 0.55)])
    art = c.sky(p.ground, p.shade) + light
    foot = c.height * 0.86
    edges = [(x - 40, y), (x + 40, y), (c.width * 1.02, foot), (-c.width * 0.02, foot)]
    art += polygon(edges, "url(#light)")
    for _ in range(34):
        deep = d.between(0.1, 0.95)
        half = 34 + c.width * 0.44 * deep
        art += dot(
            x + half * d.between(-1, 1), y + (foot - y) * deep, d.between(1.2, 3.4), p.ink, 0.5
        )
    art += dot(x, y, c.width * 0.155, p.glow, 0.28) + dot(x, y, c.width * 0.105, p.glow)
    art += dot(x, y, c.width * 0.05, p.pale)
    heads = ""
    for seat in range(8):
        cx = c.width * (seat + 0.5) / 8 + d.between(-8, 8)
        cy = c.height * 0.7 + d.between(-10, 12)
        heads += dot(cx, cy, 30, p.ground)
        heads += path(
            f"M{cx - 52:.0f} {c.height}V{cy + 74:.0f}Q{cx:.0f} {cy:.0f} "
            f"{cx + 52:.0f} {cy + 74:.0f}V{c.height}Z",
            p.ground,
        )
    return art + heads


def iris(c: Canvas) -> str:
    """Draw the rings of an iris shot."""
    p, d = c.palette, c.dice
    x, y = c.width * d.between(0.36, 0.64), c.height * d.between(0.34, 0.44)
    art = c.sky(p.shade, p.ground)
    colours = (p.shade, p.tone, p.light)
    for step in range(9, 0, -1):
        art += ring(x, y, 30 + step * c.width * 0.078, colours[step % 3], 19, 0.95 - step * 0.055)
    art += dot(x, y, c.width * 0.1, p.glow) + dot(x, y, c.width * 0.045, p.ground)
    return art


def slats(c: Canvas) -> str:
    """Draw rising and falling bars of light."""
    p, d = c.palette, c.dice
    art = c.sky(p.ground, p.shade)
    art += fade("bar", [(0, p.glow, 1), (0.45, p.light, 1), (1, p.tone, 0.9)])
    count = 9
    phase = d.between(0, math.tau)
    for slot in range(count):
        lift = math.sin(slot / count * math.tau + phase) * 0.16 + d.between(-0.05, 0.05)
        top = c.height * (0.36 - lift)
        art += rect(
            c.width * (slot + 0.16) / count, top, c.width * 0.68 / count, c.height, "url(#bar)"
        )
    return art


def curtain(c: Canvas) -> str:
    """Draw a stage curtain parted by a spotlight."""
    p, d = c.palette, c.dice
    art = c.fill(p.ground)
    art += fade("spot", [(0, p.glow, 1), (0.6, p.light, 0.55), (1, p.ground, 0)], shape="round")
    art += (
        f'<ellipse cx="{c.middle}" cy="{c.height * 0.63:.0f}" rx="210" ry="250" fill="url(#spot)"/>'
    )
    folds = 6
    for side in (0, 1):
        for fold in range(folds):
            wide = c.width * 0.5 / folds
            left = fold * wide
            bend = (fold + 1) * d.between(16, 24)
            shape = (
                f"M{left:.0f} 0H{left + wide + 1:.0f}"
                f"C{left + wide:.0f} {c.height * 0.4:.0f} "
                f"{left + wide - bend:.0f} {c.height * 0.5:.0f} "
                f"{left + wide - bend * 2.1:.0f} {c.height}"
                f"H{left - bend * 1.5:.0f}C{left - bend * 0.5:.0f} "
                f"{c.height * 0.5:.0f} {left:.0f} {c.height * 0.4:.0f} {left:.0f} 0Z"
            )
            colour = (p.tone, p.shade)[fold % 2]
            mirror = f"translate({c.width} 0) scale(-1 1)" if side else ""
            art += path(shape, colour, 1, mirror)
    swag = "".join(
        path(
            f"M{x:.0f} 0H{x + 150:.0f}Q{x + 75:.0f} {150 + 14 * (n % 2)} {x:.0f} 0Z",
            (p.light, p.tone)[n % 2],
        )
        for n, x in enumerate(range(0, c.width, 150))
    )
    return art + swag + rect(0, 0, c.width, 26, p.light)


def shards(c: Canvas) -> str:
    """Draw diagonal bars, a wedge and a circle, in the manner of 1920s street posters."""
    p, d = c.palette, c.dice
    turn = d.between(-38, -24)
    bars = ""
    for step in range(7):
        y = -420 + step * 128 + d.between(-16, 16)
        bars += rect(
            -600, y, d.between(560, 1250), d.between(16, 62), (p.tone, p.light, p.glow)[step % 3]
        )
    wedge = polygon([(-460, 120), (250, -46), (-340, -180)], p.tone)
    x, y = c.width * 0.56, c.height * 0.37
    art = c.fill(p.ground) + polygon([(0, 0), (c.width, 0), (c.width, c.height * 0.3)], p.shade)
    art += group(bars, f"translate({x:.0f} {y:.0f}) rotate({turn:.0f})", 0.92)
    art += dot(x + 30, y - 10, c.width * 0.27, p.shade) + dot(
        x + 30, y - 10, c.width * 0.235, p.glow
    )
    art += group(wedge, f"translate({x - 20:.0f} {y + 70:.0f}) rotate({turn + 12:.0f})")
    return art


def flames(c: Canvas) -> str:
    """Draw tongues of fire in four layers."""
    p, d = c.palette, c.dice
    art = c.sky(p.ground, p.shade)
    for colour, top, count in (
        (p.shade, 0.16, 5),
        (p.tone, 0.28, 6),
        (p.light, 0.42, 6),
        (p.glow, 0.56, 5),
    ):
        wide = c.width / (count - 1.4)
        for slot in range(count):
            x = slot * wide - wide * 0.3 + d.between(-12, 12)
            tip = c.height * (top + d.between(-0.03, 0.12))
            foot = c.height * 1.02
            sway = d.between(-0.5, 0.5) * wide
            art += path(
                f"M{x - wide * 0.62:.0f} {foot:.0f}C{x - wide * 0.9:.0f} "
                f"{foot * 0.72:.0f} {x + sway:.0f} {tip + 170:.0f} "
                f"{x + sway * 1.3:.0f} {tip:.0f}C{x + sway * 1.3 + 26:.0f} "
                f"{tip + 150:.0f} {x + wide * 0.95:.0f} {foot * 0.74:.0f} "
                f"{x + wide * 0.62:.0f} {foot:.0f}Z",
                colour,
                0.93,
            )
    return art


def spiral(c: Canvas) -> str:
    """Draw a hypnotist's spiral."""
    p, d = c.palette, c.dice
    x, y = c.middle, c.height * 0.42
    art = c.fill(p.ground)
    start = d.between(0, 360)
    for arm, colour in enumerate((p.tone, p.light)):
        points, back = [], []
        for step in range(0, 1300, 12):
            away = (step / 1300) ** 0.9 * c.width * 0.95
            points.append(around(x, y, away, step + start + arm * 180))
            back.append(around(x, y, away * 0.86, step + start + 64 + arm * 180))
        art += polygon(points + back[::-1], colour)
    return art + dot(x, y, 46, p.glow) + dot(x, y, 20, p.ground)


def burst(c: Canvas) -> str:
    """Draw rays from a star low in the frame."""
    p, d = c.palette, c.dice
    x, y = c.width * d.between(0.4, 0.6), c.height * 0.46
    art = c.fill(p.shade)
    rays = 18
    for ray in range(rays):
        half = 360 / rays / 2 * 0.55
        angle = ray * 360 / rays
        ends = [around(x, y, 1200, angle - half), around(x, y, 1200, angle + half)]
        art += polygon([(x, y), *ends], (p.tone, p.ground)[ray % 2], 0.9)
    points = [around(x, y, c.width * (0.3 if n % 2 == 0 else 0.125), n * 36) for n in range(10)]
    shadow = [(px + 10, py + 14) for px, py in points]
    return art + polygon(shadow, p.ground, 0.5) + polygon(points, p.glow)


def filmstrip(c: Canvas) -> str:
    """Draw strips of film crossing the frame, each picture a different tone."""
    p, d = c.palette, c.dice
    art = c.sky(p.shade, p.tone)
    for lane, offset in enumerate((-215, 0, 215)):
        strip = rect(-92, -900, 184, 1800, p.dark)
        for frame in range(12):
            y = -880 + frame * 148 + offset * 0.3
            strip += rect(-62, y, 124, 122, d.pick((p.light, p.tone, p.glow, p.shade)), 0.95)
            strip += dot(
                d.between(-24, 24), y + 64, d.between(16, 36), d.pick((p.ground, p.ink)), 0.75
            )
            for hole in range(4):
                for side in (-85, 69):
                    strip += rect(side, y + hole * 37, 16, 20, p.shade if lane % 2 else p.tone)
        art += group(
            strip, f"translate({c.middle + offset:.0f} {c.height * 0.42:.0f}) rotate(18)", 0.97
        )
    return art


def zoetrope(c: Canvas) -> str:
    """Draw a drum of slits with a figure at every step of its leap."""
    p, d = c.palette, c.dice
    x, y = c.middle, c.height * 0.4
    art = (
        c.sky(p.shade, p.ground)
        + dot(x, y, c.width * 0.46, p.tone)
        + dot(x, y, c.width * 0.42, p.glow)
    )
    dark = p.dark
    for step in range(16):
        slit = rect(-5, -c.width * 0.445, 10, 34, dark)
        leap = math.sin(step / 16 * math.tau) * 26
        ball = dot(0, -c.width * 0.29 - leap, 21 - abs(leap) * 0.16, (p.tone, dark)[step % 2])
        art += group(
            slit + ball, f"translate({x:.0f} {y:.0f}) rotate({step * 22.5 + d.between(-1, 1):.1f})"
        )
    return art + dot(x, y, c.width * 0.11, dark) + dot(x, y, c.width * 0.03, p.glow)
