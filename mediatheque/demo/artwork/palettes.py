"""Colours of the drawn posters: few, deep, chosen by eye rather than computed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Seven roles from the far ground to the brightest light, all `#rrggbb`.

    `paper` palettes have a light ground and dark ink; on the others it is the other way round.
    """

    ground: str
    shade: str
    tone: str
    light: str
    glow: str
    ink: str
    paper: bool = False

    @property
    def pale(self) -> str:
        """The lightest colour for masks, sails and faces."""
        return self.ground if self.paper else self.ink

    @property
    def dark(self) -> str:
        """The darkest colour for outlines and silhouettes."""
        return self.ink if self.paper else self.ground


_CREAM = "#fbf5e9"

PALETTES: dict[str, Palette] = {
    "night": Palette("#0c1d33", "#1a3858", "#3f7cc0", "#8fbcee", "#f7dca4", _CREAM),
    "ember": Palette("#2a0d10", "#5c1c1e", "#b84636", "#f08e66", "#ffdca6", _CREAM),
    "moss": Palette("#10231a", "#1e4430", "#4b8a58", "#9dcc86", "#f3e8ac", _CREAM),
    "ochre": Palette("#2a1908", "#5a370f", "#b6761f", "#eab354", "#fff1cb", _CREAM),
    "plum": Palette("#230f2a", "#4a1f53", "#924b97", "#d995c9", "#fcdec7", _CREAM),
    "teal": Palette("#05282c", "#0c4b51", "#1c8f93", "#80d2c6", "#fbe8bd", _CREAM),
    "slate": Palette("#191d25", "#323a48", "#64738a", "#aab8c9", "#f7f1e4", _CREAM),
    "rose": Palette("#340f1e", "#6b1e3b", "#c24e72", "#f19eac", "#ffe7d1", _CREAM),
    "silver": Palette("#121213", "#2d2d30", "#6d6d71", "#bab9b5", "#f5f0e4", _CREAM),
    "indigo": Palette("#14133a", "#2a296a", "#5f5cc2", "#aaa6f0", "#fde2b7", _CREAM),
    "rust": Palette("#23130d", "#5a2915", "#b6532a", "#e49c64", "#f7e5c6", _CREAM),
    "lagoon": Palette("#08263f", "#10466b", "#2587ad", "#7ccbe0", "#ffd9a8", _CREAM),
    "dusk": Palette("#1d1433", "#45275b", "#a4456f", "#f0845f", "#ffd38a", _CREAM),
    "sodium": Palette("#141619", "#2b2f33", "#7a5a1c", "#e0a32e", "#ffe39a", _CREAM),
    "poster-red": Palette(
        "#efe4cd", "#dccda9", "#c5291f", "#8d1b17", "#1b1613", "#1b1613", paper=True
    ),
    "poster-blue": Palette(
        "#f1ebda", "#d9d2bd", "#2e5e92", "#183b64", "#d9812a", "#13233a", paper=True
    ),
    "poster-green": Palette(
        "#efebd7", "#d5d3b5", "#3f7a53", "#1f4a36", "#d8982a", "#15281e", paper=True
    ),
    "poster-ochre": Palette(
        "#f4e8cd", "#e4d0a1", "#c87c1f", "#7b4413", "#24404f", "#2a1a10", paper=True
    ),
    "poster-rose": Palette(
        "#f7e5de", "#edcac1", "#ca516b", "#7d2541", "#2d5c62", "#2c1220", paper=True
    ),
    "poster-mint": Palette(
        "#e2efe6", "#bfdac8", "#2b8c7c", "#165a55", "#e6733b", "#10302e", paper=True
    ),
}
