"""Other people's words for kinds, conditions, jobs, languages and yes, and ours."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from mediatheque.kit.tabular import normal_name

KINDS: Final = ("movie", "series", "album", "book", "game", "comic", "other")
JOBS: Final = (
    "director", "writer", "actor", "author", "artist", "composer", "performer", "developer",
    "publisher", "illustrator", "creator", "producer", "editor", "translator", "narrator",
    "conductor", "cinematographer", "other",
)  # fmt: skip

_KINDS: Final = {
    "movie": "movie movies film films feature featurefilm video tvmovie tvspecial short tvshort "
    "documentary documentaire spielfilm pelicula musicvideo dvd bluray concert",
    "series": "series tv tvseries tvshow show shows tvminiseries miniseries serie serien season "
    "anime ona ova tvepisode episode podcastseries television",
    "album": "album music audio musicalbum record lp cd musik musique disque song single ep",
    "book": "book books ebook audiobook buch livre libro novel textbook lightnovel",
    "game": "game games videogame videogames spiel jeu boardgame cardgame juego",
    "comic": "comic comics comicbook graphicnovel manga bd manhwa manhua bandedessinee oneshot",
    "other": "other gadget toy software apparel tool magazine unknown",
}
_KIND: Final = {name: kind for kind, names in _KINDS.items() for name in names.split()}

_CONDITIONS: Final = {
    "mint": "mint m new sealed neu neuf brandnew stillsealed",
    "near_mint": "nearmint nm likenew asnew nmorm nearmintnmorm wieneu commeneuf excellent fine "
    "nmm",
    "very_good": "verygood vg verygoodvg verygoodplusvg verygoodplus sehrgut tresbon vgplus",
    "good": "good g gut bon goodplus goodg goodplusg",
    "fair": "fair f acceptable akzeptabel correct fairf ok average",
    "poor": "poor p bad schlecht mauvais damaged poorp",
}
_CONDITION: Final = {name: key for key, names in _CONDITIONS.items() for name in names.split()}

_JOB_NAMES: Final = {
    "director": "directors directedby regie realisateur",
    "writer": "writers screenplay screenwriter story scenarist scenario coscreenwriter",
    "actor": "actors star stars cast actress voice voiceactor",
    "author": "authors autor auteur by",
    "artist": "artists pencils penciller inker coverartist colorist letterer interpret band",
    "composer": "composers music musician originalmusiccomposer score soundtrack",
    "performer": "performers soloist orchestra choir ensemble vocals singer",
    "developer": "developers studio",
    "publisher": "publishers verlag editeur",
    "illustrator": "illustrators illustrations",
    "creator": "creators createdby showrunner",
    "producer": "producers executiveproducer produktion",
    "editor": "editors herausgeber filmeditor",
    "translator": "translators ubersetzer traducteur",
    "narrator": "narrators readby reader sprecher",
    "conductor": "conductors dirigent",
    "cinematographer": "photography camera cinematography directorofphotography kamera",
}
_JOB: Final = {name: job for job, names in _JOB_NAMES.items() for name in (job, *names.split())}

_LANGUAGES: Final = {
    "ar": "arabic ara العربية", "bg": "bulgarian bul", "ca": "catalan cat", "cs": "czech ces cze",
    "cy": "welsh cym", "da": "danish dan dansk", "de": "german ger deu deutsch allemand",
    "el": "greek gre ell", "en": "english eng englisch anglais ingles", "es": "spanish spa espanol "
    "castilian spanisch espagnol", "et": "estonian est", "fa": "persian farsi per fas",
    "fi": "finnish fin suomi", "fr": "french fre fra francais franzosisch", "ga": "irish gle",
    "he": "hebrew heb", "hi": "hindi hin", "hr": "croatian hrv", "hu": "hungarian hun magyar",
    "id": "indonesian ind", "is": "icelandic ice isl", "it": "italian ita italiano italienisch",
    "ja": "japanese jpn japanisch 日本語", "ko": "korean kor 한국어", "la": "latin lat",
    "lt": "lithuanian lit", "lv": "latvian lav", "nl": "dutch dut nld nederlands flemish",
    "no": "norwegian nor norsk", "pl": "polish pol polski", "pt": "portuguese por portugues",
    "ro": "romanian rum ron", "ru": "russian rus русский", "sk": "slovak slo slk",
    "sl": "slovenian slv", "sr": "serbian srp", "sv": "swedish swe svenska", "th": "thai tha",
    "tr": "turkish tur turkce", "uk": "ukrainian ukr", "vi": "vietnamese vie", "yi": "yiddish yid",
    "zh": "chinese chi zho mandarin cantonese 中文",
}  # fmt: skip
_LANGUAGE: Final = {
    normal_name(name): code for code, names in _LANGUAGES.items() for name in (code, *names.split())
}

_YES: Final = frozenset({"yes", "y", "true", "t", "1", "x", "ja", "oui", "si", "✓", "✔", "wahr"})
_NO: Final = frozenset({"", "no", "n", "false", "f", "0", "nein", "non", "falsch"})


@lru_cache(maxsize=1024)
def read_kind(text: str) -> str | None:
    """Return our kind of work for a name, or ``None``."""
    return _KIND.get(normal_name(text))


@lru_cache(maxsize=1024)
def read_condition(text: str) -> str | None:
    """Return our condition for a name, also the Goldmine grades, or ``None``."""
    key = normal_name(text.replace("+", "plus"))
    return _CONDITION.get(key) or (key if key in _CONDITIONS else _spaced(text))


@lru_cache(maxsize=1024)
def read_job(text: str) -> str:
    """Return our job for a name; ``other`` for what has none."""
    return _JOB.get(normal_name(text), "other")


@lru_cache(maxsize=1024)
def read_language(text: str) -> str | None:
    """Return the ISO 639 code for a code or a name in English or itself, or ``None``."""
    found = _LANGUAGE.get(normal_name(text))
    if found:
        return found
    code = text.strip().lower().replace("_", "-").split("-")[0]
    return code if code.isascii() and code.isalpha() and 2 <= len(code) <= 3 else None  # noqa: PLR2004  (ISO 639 codes)


def read_yes(text: str) -> bool | None:
    """Return what a tick, a word or a digit says, or ``None`` for anything else."""
    word = text.strip().casefold()
    if word in _YES:
        return True
    return False if word in _NO else None


def _spaced(text: str) -> str | None:
    key = text.strip().lower().replace(" ", "_").replace("-", "_")
    return key if key in _CONDITIONS else None
