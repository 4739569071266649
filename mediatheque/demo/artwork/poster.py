"""From a work to its picture: motif, palette, lettering, raster."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import pyvips

from mediatheque.demo.artwork import books, comics, games, records, scenes, signs, things
from mediatheque.demo.artwork.canvas import Canvas, Dice, dot, fade, group, rect
from mediatheque.demo.artwork.lettering import can_set, fit, line, width_of
from mediatheque.demo.artwork.palettes import PALETTES

Motif = Callable[[Canvas], str]

_FILM = (
    scenes.sunrise, scenes.skyline, scenes.waves, scenes.peaks, scenes.dunes, scenes.house,
    scenes.road, scenes.rails, scenes.forest, scenes.domes, scenes.ship, scenes.moon,
    signs.beam, signs.iris, signs.slats, things.stairs, things.clock, things.blinds, signs.curtain,
    things.eye, things.gears, signs.shards, signs.flames, signs.spiral, signs.burst, things.mask,
    signs.filmstrip,
)  # fmt: skip
_BOOK = (
    books.spines, books.frame, books.arches, books.tiles, books.leaves, books.script,
    books.labyrinth, books.keyhole, books.windmill,
)  # fmt: skip
_ALBUM = (
    records.grooves, records.staves, records.keys, records.arcs, records.sound, scenes.planets,
)  # fmt: skip
_GAME = (games.sprite, games.blocks, games.maze, games.board, games.hexes, games.prompt, games.cave)
_COMIC = (comics.panels, comics.halftone, comics.bang, comics.bubbles, comics.woodcut)
_OTHER = (signs.zoetrope, signs.filmstrip)

FAMILIES: dict[str, tuple[Motif, ...]] = {
    "movie": _FILM,
    "series": (signs.filmstrip, *_FILM),
    "book": _BOOK,
    "album": _ALBUM,
    "game": _GAME,
    "comic": _COMIC,
    "other": _OTHER,
}
MOTIFS: dict[str, Motif] = {
    motif.__name__: motif for family in FAMILIES.values() for motif in family
}
NOCTURNES = tuple(name for name, palette in PALETTES.items() if not palette.paper)
_AFTER_DARK = {
    scenes.house, scenes.road, scenes.waves, scenes.moon, scenes.domes, scenes.planets,
    signs.beam, signs.curtain, games.sprite, games.cave, games.maze, books.keyhole,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sleeve:
    """What is printed on a work: its words, and how it should look if somebody chose.

    `motif` and `palette` are names of `MOTIFS` and `PALETTES`; without them the title decides.
    """

    kind: str
    title: str
    year: int | None = None
    byline: str = ""
    motif: str | None = None
    palette: str | None = None


def draw(sleeve: Sleeve) -> str:
    """Draw a work as SVG: 600 by 900, an album 600 by 600. The same work, the same picture.

    A title in a script that we have no letters for stays off the picture.
    """
    dice = Dice(f"{sleeve.kind}|{sleeve.title}|{sleeve.year}")
    motif = MOTIFS[sleeve.motif] if sleeve.motif else dice.pick(FAMILIES[sleeve.kind])
    shades = NOCTURNES if motif in _AFTER_DARK else tuple(PALETTES)
    palette = PALETTES[sleeve.palette or dice.pick(shades)]
    height = 600 if sleeve.kind == "album" else 900
    canvas = Canvas(600, height, palette, dice)
    top, words = _words(canvas, sleeve)
    under = Canvas(600, height - top, palette, dice)
    picture = group(motif(under), f"translate(0 {top})") if top else motif(under)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="{height}" '
        f'viewBox="0 0 600 {height}">{picture}{words}</svg>'
    )


def raster(svg: str, scale: float = 1) -> bytes:
    """Render a drawing as PNG, `scale` times its size."""
    image = pyvips.Image.svgload_buffer(svg.encode(), scale=scale).flatten()
    return bytes(image.pngsave_buffer(compression=3, filter="none", keep="none"))


def _words(c: Canvas, sleeve: Sleeve) -> tuple[int, str]:
    """Set the title as works of this kind carry it; answer how much of the top it takes."""
    if not can_set(sleeve.title + sleeve.byline):
        return 0, ""
    if sleeve.kind == "comic":
        return _masthead(c, sleeve)
    return 0, {"book": _label, "album": _corner}.get(sleeve.kind, _credit)(c, sleeve)


def _credit(c: Canvas, sleeve: Sleeve) -> str:
    """Set the title low and to the left, over a shade, the year below it."""
    size, lines = fit(sleeve.title, c.width - 84, (78, 68, 60, 52, 46, 40), 3)
    year = str(sleeve.year) if sleeve.year else ""
    lead = size * 1.06
    foot = c.height - 44.0
    base = foot - (46 if year else 4)
    first = base - lead * (len(lines) - 1)
    top, shade = (first - size - 130) / c.height, (first - size) / c.height
    ground = c.palette.ground
    art = fade(
        "scrim",
        [
            (max(0.0, top), ground, 0),
            (shade, ground, 0.8),
            (shade + 0.06, ground, 0.94),
            (1, ground, 1),
        ],
    )
    art += c.fill("url(#scrim)")
    for row, text in enumerate(lines):
        art += line(text, (42, first + row * lead), size, c.palette.ink)
    if year:
        art += rect(42, foot - 9, 38, 3, c.palette.light)
        art += line(year, (92, foot), 27, c.palette.light, 40)
    return art


def _label(c: Canvas, sleeve: Sleeve) -> str:
    """Set the title in the middle of a paper label, as on a cloth binding."""
    paper, ink = (
        (c.palette.ink, c.palette.ground)
        if not c.palette.paper
        else (c.palette.ground, c.palette.ink)
    )
    size, lines = fit(sleeve.title, c.width - 176, (62, 54, 47, 41, 36), 3)
    lead = size * 1.1
    tall = lead * len(lines) + (50 if sleeve.byline else 0) + 92
    top = c.height - tall - 66
    art = rect(56, top, c.width - 112, tall, paper)
    art += (
        f'<rect x="66" y="{top + 10:.0f}" width="{c.width - 132}" height="{tall - 20:.0f}" '
        f'fill="none" stroke="{c.palette.tone}" stroke-width="2"/>'
    )
    base = top + 42 + size * 0.72
    for row, text in enumerate(lines):
        art += line(text, ((c.width - width_of(text, size)) / 2, base + row * lead), size, ink)
    foot = top + tall - 34
    if sleeve.byline:
        small, names = fit(sleeve.byline, c.width - 190, (27, 24, 21, 18), 1)
        text = names[0]
        art += line(text, ((c.width - width_of(text, small)) / 2, foot), small, ink)
        art += dot(c.middle, foot - 44, 3.4, c.palette.tone)
    return art


def _corner(c: Canvas, sleeve: Sleeve) -> str:
    """Set title and artist small on a band under the picture, as on a record sleeve."""
    size, lines = fit(sleeve.title, c.width - 64, (48, 42, 36, 31, 27), 2)
    lead = size * 1.06
    tall = lead * len(lines) + (36 if sleeve.byline else 0) + 38
    top = c.height - tall
    art = rect(0, top, c.width, tall, c.palette.ground) + rect(0, top, c.width, 4, c.palette.light)
    base = top + 22 + size * 0.74
    for row, text in enumerate(lines):
        art += line(text, (32, base + row * lead), size, c.palette.ink)
    if sleeve.byline:
        small, names = fit(sleeve.byline, c.width - 64, (24, 21, 18), 1)
        art += line(names[0], (32, c.height - 25), small, c.palette.light)
    return art


def _masthead(c: Canvas, sleeve: Sleeve) -> tuple[int, str]:
    """Set the title as a masthead across the top, the year in a badge."""
    size, lines = fit(sleeve.title, c.width - 72, (92, 80, 70, 60, 52, 44), 2)
    lead = size * 1.02
    tall = lead * len(lines) + 46
    art = rect(0, 0, c.width, tall, c.palette.ground) + rect(0, tall, c.width, 7, c.palette.glow)
    for row, text in enumerate(lines):
        x = (c.width - width_of(text, size)) / 2
        art += line(text, (x, 24 + size * 0.76 + row * lead), size, c.palette.ink)
    if sleeve.year:
        text = str(sleeve.year)
        x, y = c.width - 86, c.height - 86
        art += dot(x, y, 58, c.palette.ground) + dot(x, y, 51, c.palette.glow)
        art += line(text, (x - width_of(text, 34) / 2, y + 11), 34, c.palette.ground)
    return math.floor(tall), art
