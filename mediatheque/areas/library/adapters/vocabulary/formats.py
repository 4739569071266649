"""The world's names for what a copy is, and ours.

Exact names first, in several languages; then what a longer name is made of, so that
``DVD-Video (PAL)`` and ``2 × LP, 180 g`` are understood as well.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from mediatheque.kit.tabular import normal_name

FORMATS: Final = (
    "dvd", "bluray", "uhd", "vhs", "laserdisc", "digital", "vinyl", "cd", "cassette", "sacd",
    "hardcover", "paperback", "ebook", "audiobook", "comic_issue", "cartridge", "disc", "boxed",
    "other",
)  # fmt: skip

_NAMES: Final = {
    "dvd": "dvd dvdvideo dvdr dvd5 dvd9 dvdset",
    "bluray": "bluray bluraydisc bd bdrom bdr bluray3d 3dbluray bluraydvd",
    "uhd": "uhd uhdbluray uhdbd 4k 4kuhd 4kbluray ultrahd ultrahdbluray 4kultrahd bluray4k uhd4k",
    "vhs": "vhs vhstape videocassette svhs kassettevhs videotape magnetoscope",
    "laserdisc": "laserdisc ld laserdisk",
    "digital": "digital download digitaldownload stream streaming file itunes movieanywhere mp3 "
    "flac moviesanywhere vudu digitalcopy digitalcode aac wav datei fichier steam gog psn eshop",
    "vinyl": "vinyl lp record ep single7 12inch 7inch 10inch schallplatte vinyle vinilo vinile 2lp "
    "3lp 12 10",
    "cd": "cd audiocd compactdisc cdaudio cdsingle cdr hdcd shmcd enhancedcd cdalbum 2cd "
    "disquecompact",
    "cassette": "cassette audiocassette tape mc musikkassette compactcassette kassette k7 "
    "audiotape",
    "sacd": "sacd superaudiocd hybridsacd",
    "hardcover": "hardcover hardback hb hc libraryhardcover librarybinding boardbook cloth "
    "gebunden gebundeneausgabe relie cartonne tapadura rilegato copertinarigida hardbound "
    "schoollibrarybinding turtleback leatherbound pappbilderbuch capadura inbunden",
    "paperback": "paperback softcover softback pb tradepaperback massmarketpaperback massmarket "
    "pocket pocketbook poche broche taschenbuch broschiert brossura copertinaflessibile tapablanda "
    "perfectpaperback spiralbound softbound tpb tankobon bunko capamole rustica pamphlet haftad",
    "ebook": "ebook kindle kindleedition epub pdf mobi azw3 nook ebookreader livrenumerique "
    "electronicbook kobo digitalbook originalepub",
    "audiobook": "audiobook audible audibleaudio audio audiobuch horbuch livreaudio audiolibro "
    "mp3cd audiobookcd preloadeddigitalaudioplayer audioplay",
    "comic_issue": "comic comicissue issue floppy singleissue comicbook periodical fascicule heft",
    "cartridge": "cartridge gamecartridge cart gamecard module modul cartouche",
    "disc": "disc disk videogame cdrom dvdrom gamedisc gdrom umd hddvd vcd svcd videocd optical "
    "minidisc floppydisk diskette",
    "boxed": "boxed boxset boxedset box boardgame coffret schuber cofanetto",
    "other": "other unknown unknownbinding none misc sonstiges autre otro na toy gadget",
}  # fmt: skip
_EXACT: Final = {name: format_ for format_, names in _NAMES.items() for name in names.split()}
_PARTS: Final = (
    (re.compile(r"\b4k\b|ultra ?hd|\buhd\b"), "uhd"),
    (re.compile(r"blu[- ]?ray|\bbd\b"), "bluray"),
    (
        re.compile(r"\bhd[- ]?dvd\b|\b(cd|dvd|bd)[- ]?rom\b|video ?cd|video game|\bdisc version"),
        "disc",
    ),
    (re.compile(r"\bdvds?\b"), "dvd"),
    (re.compile(r"\bvhs\b|video ?(cassette|tape)"), "vhs"),
    (re.compile(r"laser ?dis[ck]"), "laserdisc"),
    (re.compile(r"\bsacd\b|super audio"), "sacd"),
    (re.compile(r"audio ?book|audible|h[öo]rbuch|mp3[- ]?cd"), "audiobook"),
    (re.compile(r"\bvinyl|\blps?\b|\d+\s*(\"|''|″|-?inch)|\b\d+ ?lp\b"), "vinyl"),
    (re.compile(r"\bcds?\b|compact dis[ck]"), "cd"),
    (re.compile(r"cassette|\btape\b|kassette"), "cassette"),
    (re.compile(r"e-?book|kindle|\bepub\b|\bpdf\b"), "ebook"),
    (re.compile(r"hard ?(cover|back)|gebunden|relié|tapa dura"), "hardcover"),
    (
        re.compile(r"paper ?back|soft ?(cover|back)|taschenbuch|broché|mass market|tapa blanda"),
        "paperback",
    ),
    (re.compile(r"cartridge|game ?card"), "cartridge"),
    (
        re.compile(r"playstation|\bps[1-5]\b|xbox|game ?cube|\bwii\b|dreamcast|\bpc\b.*\bdis[ck]"),
        "disc",
    ),
    (
        re.compile(
            r"nintendo (64|ds|3ds|switch)|\b(s?nes|n64|gba|game ?boy|mega ?drive|genesis)\b"
        ),
        "cartridge",
    ),
    (re.compile(r"download|digital|stream"), "digital"),
    (re.compile(r"box(ed)? ?set|\bbox\b"), "boxed"),
    (re.compile(r"\bcomic\b|\bissue\b"), "comic_issue"),
)
_OF_BOOKS: Final = {
    "digital": "ebook",
    "cd": "audiobook",
    "cassette": "audiobook",
    "disc": "audiobook",
}
_RESOLUTIONS: Final = {
    "sd": "sd 480p 480i 576p 576i standarddefinition ntsc pal dvdquality",
    "hd": "hd 720p hdready highdefinition",
    "full_hd": "fullhd fhd 1080p 1080i 1080",
    "uhd_4k": "uhd4k uhd 4k 2160p 4kuhd ultrahd ultrahighdefinition 2160",
}
_RESOLUTION: Final = {name: key for key, names in _RESOLUTIONS.items() for name in names.split()}
_SEVERAL: Final = re.compile(r"\s*[,;|\n]\s*|\s+/\s+|\s*\+\s*|\s+&\s+|\s+and\s+")


class FormatWord(NamedTuple):
    """A format of ours; ``known`` is false where the name said nothing to us."""

    format: str
    resolution: str | None
    known: bool


@lru_cache(maxsize=4096)
def read_format(text: str, kind: str = "") -> FormatWord:
    """Return our format for a name; a book's CD is an audiobook, its download an e-book.

    The resolution is given only where the name itself says it (``4K``), not what is usual.
    """
    format_ = _EXACT.get(normal_name(text)) or (text if text in FORMATS else None)
    lowered = text.casefold()
    if format_ is None:
        format_ = next((word for form, word in _PARTS if form.search(lowered)), None)
    if format_ is None:
        return FormatWord("other", None, known=False)
    if kind == "book":
        format_ = _OF_BOOKS.get(format_, format_)
    elif kind == "album" and format_ == "audiobook":
        format_ = "digital" if "cd" not in lowered else "cd"
    return FormatWord(format_, "uhd_4k" if format_ == "uhd" else None, known=True)


def split_formats(text: str) -> list[str]:
    """Part a cell that names several formats: ``Blu-ray, DVD``, ``DVD + Digital``."""
    if normal_name(text) in _EXACT:
        return [text.strip()]
    return [part for part in _SEVERAL.split(text.strip()) if part]


@lru_cache(maxsize=256)
def read_resolution(text: str) -> str | None:
    """Return ``sd``, ``hd``, ``full_hd`` or ``uhd_4k``, or ``None`` for an unknown name."""
    return _RESOLUTION.get(normal_name(text))
