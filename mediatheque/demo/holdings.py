"""The copies on the shelves, beyond those that somebody described: plausible, and always alike."""

from datetime import date, timedelta

from stdnum import ean

from mediatheque.demo.artwork.canvas import Dice
from mediatheque.demo.facts import Work
from mediatheque.demo.world import Holding, Room

_LAST_DAY = date(2025, 6, 30)
_SECOND_COPY = 0.42
_NAMED_EDITION = 0.28
_SHOP_LABEL = 0.5

_FIRST: dict[str, tuple[str, ...]] = {
    "movie": ("dvd", "dvd", "dvd", "bluray", "bluray", "bluray", "bluray", "digital"),
    "series": ("dvd", "dvd", "bluray"),
    "book": ("paperback", "paperback", "paperback", "hardcover", "hardcover"),
    "album": ("vinyl", "vinyl", "cd", "cd"),
    "comic": ("hardcover", "hardcover", "paperback"),
    "other": ("other",),
}
_SECOND: dict[str, tuple[str, ...]] = {
    "movie": ("dvd", "bluray", "bluray", "vhs", "laserdisc", "digital", "uhd"),
    "series": ("vhs", "digital", "bluray"),
    "book": ("ebook", "audiobook", "hardcover", "paperback"),
    "album": ("cassette", "sacd", "cd", "vinyl"),
    "game": ("digital", "disc"),
    "comic": ("ebook", "paperback"),
}
_RESOLUTION = {
    "dvd": "sd",
    "vhs": "sd",
    "laserdisc": "sd",
    "digital": "hd",
    "bluray": "full_hd",
    "uhd": "uhd_4k",
}
_REGION = {"dvd": "2", "bluray": "B"}
_CONSOLES = {"Arcade", "NES", "Game Boy", "Famicom Disk System"}
_UNTOUCHED = {"digital", "ebook", "audiobook"}
_WORN = {"vhs", "cassette", "cartridge"}
_NAMES = {
    "dvd": ("Two-disc edition", "With a new piano score"),
    "bluray": ("Restored edition", "Anniversary edition", "With a new orchestral score"),
    "vinyl": ("Reissue", "180-gram pressing", "Club pressing"),
    "cd": ("Remastered", "Boxed reissue"),
    "hardcover": ("Illustrated edition", "Annotated edition", "Collector’s edition"),
    "paperback": ("Annotated edition", "Pocket edition"),
}
# From which year until which such things were bought, and for how much (cents).
_MARKET = {
    "dvd": (2001, 2014, 600, 2400),
    "bluray": (2009, 2024, 1200, 3200),
    "uhd": (2018, 2024, 2400, 3900),
    "vhs": (1988, 1999, 500, 1900),
    "laserdisc": (1991, 1998, 3000, 6500),
    "digital": (2012, 2024, 300, 1000),
    "vinyl": (1990, 2023, 800, 3600),
    "cd": (1991, 2015, 500, 1900),
    "cassette": (1984, 1996, 400, 1200),
    "sacd": (2003, 2010, 1800, 3200),
    "hardcover": (1990, 2022, 1200, 4200),
    "paperback": (1992, 2023, 350, 1500),
    "ebook": (2012, 2024, 0, 900),
    "audiobook": (2010, 2024, 900, 2400),
    "boxed": (1995, 2022, 1500, 4500),
    "cartridge": (1992, 2012, 700, 3900),
    "disc": (1996, 2015, 500, 2500),
    "other": (2000, 2020, 1500, 12000),
}


def copies(room: Room) -> list[Holding]:
    """Lay out every copy of a space: the described ones, and for the other works one or two."""
    described: dict[str, list[Holding]] = {}
    for holding in room.holdings:
        described.setdefault(holding.work, []).append(holding)
    laid_out: list[Holding] = []
    for work in room.catalogue():
        if work.key in described:
            laid_out += described[work.key]
        elif work.key not in room.unowned:
            laid_out += _usual_copies(room, work)
    return laid_out


def shop_label(dice: Dice) -> str:
    """Make an EAN-13 from the range 20–29, which GS1 leaves to shops and lending libraries."""
    digits = "29" + "".join(str(dice.whole(0, 9)) for _ in range(10))
    return digits + str(ean.calc_check_digit(digits))


def _usual_copies(room: Room, work: Work) -> list[Holding]:
    dice = Dice(f"{room.slug}|{work.key}")
    formats = [_game_format(work) if work.kind == "game" else dice.pick(_FIRST[work.kind])]
    others = [each for each in _SECOND.get(work.kind, ()) if each not in formats]
    if others and not _is_board_game(work) and dice.chance(_SECOND_COPY):
        formats.append(dice.pick(others))
    return [_holding(room, work, each, dice) for each in formats]


def _holding(room: Room, work: Work, form: str, dice: Dice) -> Holding:
    first, last, low, high = _MARKET[form]
    named = form in _NAMES and dice.chance(_NAMED_EDITION)
    name = dice.pick(_NAMES[form]) if named else ""
    is_video = work.kind in {"movie", "series"}
    return Holding(
        work=work.key,
        format=form,
        resolution=_RESOLUTION.get(form) if is_video else None,
        region=_REGION.get(form) if is_video else None,
        name=name,
        barcode=_barcode(work, form, name, dice),
        condition=_condition(form, dice),
        location=_place(room, work, form, dice),
        price_cents=round(dice.between(low, high) / 50) * 50,
        bought_on=_day(max(first, work.year or first), last, dice),
    )


def _game_format(work: Work) -> str:
    if _is_board_game(work):
        return "boxed"
    return "cartridge" if _CONSOLES & set(work.details["platforms"]) else "disc"


def _is_board_game(work: Work) -> bool:
    return work.kind == "game" and "platforms" not in work.details


def _barcode(work: Work, form: str, name: str, dice: Dice) -> str | None:
    isbn = work.details.get("isbn13")
    if isbn and form == "paperback" and not name:
        return str(isbn)
    labelled = form not in _UNTOUCHED and work.kind in {"movie", "series", "album"}
    return shop_label(dice) if labelled and dice.chance(_SHOP_LABEL) else None


def _condition(form: str, dice: Dice) -> str:
    if form in _UNTOUCHED:
        return "mint"
    if form in _WORN:
        return dice.pick(("good", "good", "fair", "very_good", "poor"))
    return dice.pick(("mint", "near_mint", "near_mint", "very_good", "very_good", "good", "fair"))


def _place(room: Room, work: Work, form: str, dice: Dice) -> str:
    if form in _UNTOUCHED:
        return "Server"
    if form in {"vhs", "laserdisc", "cassette"}:
        return f"Archive box {dice.whole(1, 4)}"
    return dice.pick(room.shelf_of(work).places)


def _day(first: int, last: int, dice: Dice) -> date:
    start = date(first, 1, 1)
    days = (min(date(max(first, last), 12, 31), _LAST_DAY) - start).days
    return start + timedelta(days=dice.whole(0, days))
