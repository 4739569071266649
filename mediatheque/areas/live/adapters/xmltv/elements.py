"""One ``programme`` or ``channel`` element as our columns and ``detail``; see docs/xmltv.md."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.catalog.rules.ages import age_of
from mediatheque.areas.live.rules.episodes import key_of, numbers_of
from mediatheque.areas.live.schemas.guides import ChannelSeen
from mediatheque.kit.db.jsonb import jsonb
from mediatheque.kit.text import fold

if TYPE_CHECKING:
    from mediatheque.areas.live.schemas.guides import Cell
    from mediatheque.kit.xmlsafe import Element

Pairs = list[tuple[str, str]]
"""Language or system (may be empty), and text."""

LISTS: Final = {
    "title": "titles",
    "sub-title": "sub_titles",
    "desc": "descriptions",
    "category": "categories",
    "keyword": "keywords",
    "country": "countries",
}
"""Elements with a language that may be repeated, and their keys in ``detail``."""
CREDITS: Final = (
    "director",
    "actor",
    "writer",
    "adapter",
    "producer",
    "composer",
    "editor",
    "presenter",
    "commentator",
    "guest",
)
TIMES: Final = ("pdc-start", "vps-start", "showview", "videoplus", "clumpidx")
"""Attributes of a programme that are kept as they are."""
FIRST_YEAR, LAST_YEAR = 1870, 2199
LENGTHS: Final = {"seconds": 1, "minutes": 60, "hours": 3600}


def text_of(element: Element) -> str:
    """An element's text on one line's worth of spaces; what its children say is not part of it."""
    text = element.text or ""
    if len(element):
        text += "".join(child.tail or "" for child in element)
    return text.strip() if "\n" not in text and "  " not in text else " ".join(text.split())


def long_text(element: Element) -> str:
    """An element's text with its own line breaks."""
    text = (element.text or "").strip()
    return "\n".join(part.strip() for part in text.split("\n")) if "\n" in text else text


@lru_cache(maxsize=4096)
def _genres(categories: tuple[str, ...]) -> str:
    words = dict.fromkeys(word for one in categories if (word := fold(one)))
    return "{" + ",".join(f'"{word}"' for word in words) + "}"


@lru_cache(maxsize=1024)
def _age(said: str) -> int | None:
    return age_of(said)


class Programme:
    """What one element says, collected child by child."""

    __slots__ = ("detail", "episodes", "flags", "icons", "lists", "ratings", "unknown")

    def __init__(self, element: Element) -> None:
        self.lists: dict[str, Pairs] = {}
        self.detail: dict[str, Any] = {}
        self.episodes: Pairs = []
        self.icons: list[dict[str, str]] = []
        self.ratings: list[str] = []
        self.flags: set[str] = set()
        self.unknown: list[str] = []
        lists = self.lists
        for child in element:
            tag = child.tag
            if tag in LISTS:
                text = long_text(child) if tag == "desc" else text_of(child)
                if text:
                    pair = (child.get("lang", ""), text)
                    if tag in lists:
                        lists[tag].append(pair)
                    else:
                        lists[tag] = [pair]
            elif tag in _HANDLERS:
                _HANDLERS[tag](self, child)
            elif isinstance(tag, str):
                self.unknown.append(tag)
        for name in TIMES:
            if value := element.get(name):
                self.detail.setdefault("times", {})[name] = value

    def cells(self) -> tuple[Cell, ...]:
        """The columns of ``schemas.guides.PAYLOAD``, in their order; no title gives no name."""
        lists, detail = self.lists, self.detail
        language, title = lists["title"][0]
        icon = self.icons[0]["src"] if self.icons else None
        if len(self.icons) > 1 or (self.icons and len(self.icons[0]) > 1):
            detail["icons"] = self.icons
        if self.episodes:
            detail["episodes"] = self.episodes
        for tag, pairs in lists.items():
            if tag in {"title", "sub-title", "desc"}:
                if len(pairs) > 1 or pairs[0][0] != language:
                    detail[LISTS[tag]] = pairs
            else:
                detail[LISTS[tag]] = pairs
        date = detail.get("date", "")
        year = int(date[:4]) if date[:4].isdecimal() and len(date) >= 4 else 0  # noqa: PLR2004  (figures of a year)
        ages = [age for said in self.ratings if (age := _age(said)) is not None]
        numbers = numbers_of(self.episodes) if self.episodes else (None, None, None)
        flags = self.flags
        return (
            title,
            lists["sub-title"][0][1] if "sub-title" in lists else None,
            lists["desc"][0][1] if "desc" in lists else None,
            language or None,
            *numbers,
            year if FIRST_YEAR <= year <= LAST_YEAR else None,
            _genres(tuple(text for _, text in lists["category"])) if "category" in lists else "{}",
            max(ages) if ages else None,
            "new" in flags,
            "premiere" in flags,
            "last-chance" in flags,
            "previously-shown" in flags,
            icon,
            key_of(self.episodes) if self.episodes else None,
            jsonb(detail) if detail else None,
        )

    @property
    def seconds(self) -> int | None:
        """How long it says that it is."""
        units, number = self.detail.get("length", ("", 0))
        return round(number * LENGTHS[units]) or None if units else None


def _attributes(element: Element, *names: str) -> dict[str, str]:
    return {name: value for name in names if (value := element.get(name))}


def _icon(found: Programme, element: Element) -> None:
    if src := element.get("src", "").strip():
        found.icons.append({"src": src, **_attributes(element, "width", "height")})


def _episode(found: Programme, element: Element) -> None:
    if text := text_of(element):
        found.episodes.append((element.get("system", "onscreen"), text))


def _credits(found: Programme, element: Element) -> None:
    people = found.detail.setdefault("credits", [])
    for person in element:
        tag = person.tag
        if tag not in CREDITS:
            if isinstance(tag, str):
                found.unknown.append(f"credits/{tag}")
            continue
        name = text_of(person)
        more: dict[str, Any] = _attributes(person, "role")
        if person.get("guest") == "yes":
            more["guest"] = True
        for child in person:
            if child.tag == "image":
                more.setdefault("images", []).append(_image_of(child))
            elif child.tag == "url":
                more.setdefault("urls", []).append((child.get("system", ""), text_of(child)))
        if name:
            people.append((tag, name, more) if more else (tag, name))
    if not people:
        del found.detail["credits"]


def _date(found: Programme, element: Element) -> None:
    if text := text_of(element):
        found.detail["date"] = text


def _languages(found: Programme, element: Element) -> None:
    if text := text_of(element):
        key = "language" if element.tag == "language" else "original_language"
        found.detail[key] = (element.get("lang", ""), text)


def _length(found: Programme, element: Element) -> None:
    units = element.get("units", "")
    try:
        number = float(text_of(element))
    except ValueError:
        return
    if units in LENGTHS and 0 < number < 1e6:  # noqa: PLR2004  (eleven days in seconds)
        found.detail["length"] = (units, int(number) if number.is_integer() else number)


def _url(found: Programme, element: Element) -> None:
    if text := text_of(element):
        found.detail.setdefault("urls", []).append((element.get("system", ""), text))


def _technical(found: Programme, element: Element) -> None:
    said = {str(child.tag): text for child in element if (text := text_of(child))}
    known = ("present", "colour", "aspect", "quality", "stereo")
    kept = {name: said[name] for name in known if name in said}
    found.unknown.extend(f"{element.tag}/{name}" for name in said if name not in known)
    if kept:
        found.detail[str(element.tag)] = kept


def _shown(found: Programme, element: Element) -> None:
    found.flags.add("previously-shown")
    if said := _attributes(element, "start", "channel"):
        found.detail["previously_shown"] = said


def _flag(found: Programme, element: Element) -> None:
    tag = str(element.tag)
    found.flags.add(tag)
    if tag != "new" and (text := text_of(element)):
        found.detail[tag.replace("-", "_")] = (element.get("lang", ""), text)


def _subtitles(found: Programme, element: Element) -> None:
    language = element.find("language")
    said = ("", "") if language is None else (language.get("lang", ""), text_of(language))
    found.detail.setdefault("subtitles", []).append((element.get("type", ""), *said))


def _rating(found: Programme, element: Element) -> None:
    value = element.find("value")
    text = text_of(value) if value is not None else text_of(element)
    if not text:
        return
    system = element.get("system", "")
    icons = [
        {"src": src, **_attributes(icon, "width", "height")}
        for icon in element.iterfind("icon")
        if (src := icon.get("src"))
    ]
    key = "ratings" if element.tag == "rating" else "star_ratings"
    found.detail.setdefault(key, []).append((system, text, icons) if icons else (system, text))
    if key == "ratings":
        found.ratings.append(text)


def _review(found: Programme, element: Element) -> None:
    if text := long_text(element):
        said = _attributes(element, "type", "source", "reviewer", "lang")
        found.detail.setdefault("reviews", []).append({**said, "text": text})


def _image_of(element: Element) -> dict[str, str]:
    said = _attributes(element, "type", "size", "orient", "system")
    return {**said, "url": text_of(element)}


def _image(found: Programme, element: Element) -> None:
    if text_of(element):
        found.detail.setdefault("images", []).append(_image_of(element))


_HANDLERS: Final = {
    "icon": _icon,
    "episode-num": _episode,
    "credits": _credits,
    "date": _date,
    "language": _languages,
    "orig-language": _languages,
    "length": _length,
    "url": _url,
    "video": _technical,
    "audio": _technical,
    "previously-shown": _shown,
    "premiere": _flag,
    "last-chance": _flag,
    "new": _flag,
    "subtitles": _subtitles,
    "rating": _rating,
    "star-rating": _rating,
    "review": _review,
    "image": _image,
}


def read_channel(element: Element, line: int) -> ChannelSeen:
    """What a ``channel`` element says; an ``lcn`` (a number, unknown to the DTD) is a name."""
    seen = ChannelSeen((element.get("id") or "").strip(), line=line)
    for child in element:
        text = text_of(child)
        if child.tag in {"display-name", "lcn"} and text:
            seen.names.append((child.get("lang", ""), text))
        elif child.tag == "icon" and child.get("src"):
            seen.icons.append(
                {"src": child.get("src", ""), **_attributes(child, "width", "height")}
            )
        elif child.tag == "url" and text:
            seen.urls.append((child.get("system", ""), text))
    return seen
