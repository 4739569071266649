"""XMLTV out, strict: the order of the DTD, ids as clients want them, nothing without an end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.live.adapters.xmltv.elements import CREDITS, TIMES
from mediatheque.areas.live.rules.episodes import write_ns
from mediatheque.areas.live.rules.times import write_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tv SYSTEM "xmltv.dtd">\n'
    '<tv generator-info-name="Mediatheque">\n'
)
TAIL: Final = "</tv>\n"

_OURS: Final = re.compile(r"C[-A-Za-z0-9]*\.[0-9a-f-]{36}\.mediatheque\Z")
_SUBTITLES: Final = {"teletext", "onscreen", "deaf-signed"}
_IMAGES: Final = {
    "type": {"poster", "backdrop", "still", "person", "character"},
    "size": {"1", "2", "3"},
    "orient": {"P", "L"},
}
_TECHNICAL: Final = {
    "video": ("present", "colour", "aspect", "quality"),
    "audio": ("present", "stereo"),
}


def channel_id(channel: Mapping[str, Any]) -> str:
    """``C12.<id>.mediatheque``: short numbers alone make Plex mix guides up.

    A channel that came from such a guide keeps the id it had there, so that a guide that goes out,
    in and out again is the same.
    """
    key = channel["guide_key"] or ""
    if _OURS.match(key):
        return str(key)
    number = re.sub(r"[^A-Za-z0-9]+", "-", channel["number"] or "").strip("-")
    return f"C{number}.{channel['id']}.mediatheque"


def _text(given: object) -> str:
    return str(given).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attributes(pairs: Iterable[tuple[str, Any]]) -> str:
    return "".join(
        f' {name}="{_text(value).replace(chr(34), "&quot;").replace(chr(10), "&#10;")}"'
        for name, value in pairs
        if value
    )


def _element(name: str, text: object, *pairs: tuple[str, Any]) -> str:
    return f"    <{name}{_attributes(pairs)}>{_text(text)}</{name}>\n"


def write_channel(channel: Mapping[str, Any]) -> str:
    """One channel: its name, its names in other languages, its number, logo and website."""
    lines = [f'  <channel id="{channel_id(channel)}">\n']
    names = dict(channel["names"])
    own = channel["language"] if names.get(channel["language"]) == channel["name"] else None
    lines.append(_element("display-name", channel["name"], ("lang", own)))
    lines.extend(
        _element("display-name", name, ("lang", language))
        for language, name in sorted(names.items())
        if language != own and isinstance(name, str) and name
    )
    if channel["number"]:
        lines.append(_element("display-name", channel["number"]))
    if channel["logo_url"]:
        lines.append(f"    <icon{_attributes([('src', channel['logo_url'])])}/>\n")
    if channel["website_url"]:
        lines.append(_element("url", channel["website_url"]))
    lines.append("  </channel>\n")
    return "".join(lines)


def write_programme(row: Mapping[str, Any], channel: str) -> str:
    """One programme. An ``xmltv_ns`` number has an empty third part: Kodi mistakes it."""
    detail = row["detail"] or {}
    times = detail.get("times", {})
    head = _attributes(
        [
            ("start", write_time(row["start_at"])),
            ("stop", write_time(row["stop_at"])),
            *((name, times.get(name)) for name in TIMES),
            ("channel", channel),
        ]
    )
    parts = [f"  <programme{head}>\n"]
    for name, key, column in (
        ("title", "titles", "title"),
        ("sub-title", "sub_titles", "sub_title"),
        ("desc", "descriptions", "description"),
    ):
        pairs = detail.get(key) or ([(row["language"], row[column])] if row[column] else [])
        parts += [_element(name, text, ("lang", language)) for language, text in pairs]
    parts += _credits(detail.get("credits", ()))
    if detail.get("date") or row["year"]:
        parts.append(_element("date", detail.get("date") or row["year"]))
    for name, key in (("category", "categories"), ("keyword", "keywords")):
        parts += [_element(name, text, ("lang", lang)) for lang, text in detail.get(key, ())]
    if "categories" not in detail:
        parts += [_element("category", genre) for genre in row["genres"]]
    for name, key in (("language", "language"), ("orig-language", "original_language")):
        if key in detail:
            parts.append(_element(name, detail[key][1], ("lang", detail[key][0])))
    if "length" in detail:
        parts.append(_element("length", detail["length"][1], ("units", detail["length"][0])))
    icons = detail.get("icons") or ([{"src": row["icon_url"]}] if row["icon_url"] else [])
    parts += [f"    <icon{_attributes(icon.items())}/>\n" for icon in map(_icon, icons)]
    parts += [_element("url", text, ("system", said)) for said, text in detail.get("urls", ())]
    parts += [
        _element("country", text, ("lang", lang)) for lang, text in detail.get("countries", ())
    ]
    parts += _episodes(row, detail.get("episodes", ()))
    for name, order in _TECHNICAL.items():
        if name in detail:
            inner = "".join(
                "  " + _element(one, detail[name][one]) for one in order if one in detail[name]
            )
            parts.append(f"    <{name}>\n{inner}    </{name}>\n")
    parts += _flags(row, detail)
    parts += _opinions(detail)
    parts.append("  </programme>\n")
    return "".join(parts)


def _icon(said: Mapping[str, str]) -> dict[str, str]:
    return {name: said[name] for name in ("src", "width", "height") if name in said}


def _credits(people: Iterable[Any]) -> list[str]:
    ordered = sorted(people, key=lambda one: CREDITS.index(one[0]))
    if not ordered:
        return []
    lines = ["    <credits>\n"]
    for tag, name, *rest in ordered:
        more = rest[0] if rest else {}
        pairs = []
        if tag == "actor":
            pairs = [("role", more.get("role")), ("guest", "yes" if more.get("guest") else None)]
        inner = "".join(_image(image).strip() for image in more.get("images", ()))
        inner += "".join(
            _element("url", text, ("system", said)).strip() for said, text in more.get("urls", ())
        )
        lines.append(f"      <{tag}{_attributes(pairs)}>{_text(name)}{inner}</{tag}>\n")
    lines.append("    </credits>\n")
    return lines


def _episodes(row: Mapping[str, Any], said: Iterable[Any]) -> list[str]:
    pairs = [(system, text) for system, text in said if system != "xmltv_ns"]
    if row["season"] is not None or row["episode"] is not None:
        pairs.insert(0, ("xmltv_ns", write_ns(row["season"], row["episode"])))
    return [_element("episode-num", text, ("system", system)) for system, text in pairs]


def _flags(row: Mapping[str, Any], detail: Mapping[str, Any]) -> list[str]:
    parts = []
    if row["is_repeat"]:
        shown = detail.get("previously_shown", {})
        pairs = [(name, shown.get(name)) for name in ("start", "channel")]
        parts.append(f"    <previously-shown{_attributes(pairs)}/>\n")
    for column, name in (("is_premiere", "premiere"), ("is_last_chance", "last-chance")):
        if row[column]:
            said = detail.get(name.replace("-", "_"))
            parts.append(_element(name, said[1], ("lang", said[0])) if said else f"    <{name}/>\n")
    if row["is_new"]:
        parts.append("    <new/>\n")
    for kind, language, text in detail.get("subtitles", ()):
        pairs = [("type", kind if kind in _SUBTITLES else None)]
        inner = f"\n  {_element('language', text, ('lang', language))}    " if text else ""
        parts.append(
            f"    <subtitles{_attributes(pairs)}>{inner}</subtitles>\n"
            if inner
            else f"    <subtitles{_attributes(pairs)}/>\n"
        )
    return parts


def _opinions(detail: Mapping[str, Any]) -> list[str]:
    parts = []
    for name, key in (("rating", "ratings"), ("star-rating", "star_ratings")):
        for system, value, *rest in detail.get(key, ()):
            icons = "".join(
                f"      <icon{_attributes(_icon(one).items())}/>\n" for one in (rest or [[]])[0]
            )
            parts.append(
                f"    <{name}{_attributes([('system', system)])}>\n"
                f"  {_element('value', value)}{icons}    </{name}>\n"
            )
    for one in detail.get("reviews", ()):
        kind = one.get("type") if one.get("type") in {"text", "url"} else "text"
        more = [(name, one.get(name)) for name in ("source", "reviewer", "lang")]
        parts.append(_element("review", one["text"], ("type", kind), *more))
    parts += [_image(one) for one in detail.get("images", ())]
    return parts


def _image(said: Mapping[str, str]) -> str:
    pairs = [
        (name, said.get(name)) for name, allowed in _IMAGES.items() if said.get(name) in allowed
    ]
    return _element("image", said["url"], *pairs, ("system", said.get("system")))
