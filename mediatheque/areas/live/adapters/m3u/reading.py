"""Reading a playlist: first how its entries are named, then entry by entry."""

from __future__ import annotations

import re
from array import array
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urljoin, urlsplit

from babel import Locale

from mediatheque.areas.live.adapters.m3u.lines import Header, Raw, read_raw
from mediatheque.areas.live.schemas.guides import is_number
from mediatheque.areas.live.schemas.playlists import (
    ADDRESS_LENGTH,
    KEY_LENGTH,
    NAME_LENGTH,
    WORD_LENGTH,
    Entry,
    Left,
    Outline,
    key_hash,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLAYED: Final = frozenset({"http", "https"})
"""Schemes that pass through the gateway."""
KEPT: Final = frozenset(
    "rtsp rtsps rtp udp rtmp rtmps rtmpe rtmpt srt mms mmsh mmst rist".split()  # noqa: SIM905  (words are read better without marks)
)
"""Schemes that are kept, though nothing here plays them."""
FILMS: Final = (".mp4", ".mkv", ".avi", ".mov", ".m4v", ".wmv", ".mpg", ".mpeg", ".webm", ".mp3")
GUIDES: Final = 20
"""Addresses of guides at most that are remembered."""
BETWEEN: Final = " · "

_SCHEME: Final = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):")
_USUAL: Final = re.compile(r"(https?)://[A-Za-z0-9.:_-]+(/[\w./%~@:,=+-]*)?(?=[?#]|$)", re.ASCII)
"""What most addresses look like, of which nothing is to be found out."""
_SHIFT: Final = re.compile(r"[+-]?\d{1,2}(\.\d{1,2})?")
_CATCHUP: Final = ("catchup", "catchup-days", "catchup-source", "timeshift", "tvg-rec")
_NUMBERS: Final = ("tvg-chno", "channel-number", "ch-number", "tvg-channel-number")
_HEADED: Final = ("url-tvg", "x-tvg-url", "tvg-url", "tvg-url-xml")
_SPLIT: Final = re.compile(r"\s*[;|]\s*")


def survey(path: Path) -> Outline:
    """Look through a playlist. Some sixteen bytes an entry are held, and no entry."""
    header = Header()
    total = 0
    keys = array("Q")
    guides: dict[str, None] = {}
    for raw in read_raw(path, header):
        total += 1
        own, pair = _keys(raw)
        keys.extend((key_hash(own), key_hash(pair)))
        if len(guides) < GUIDES and "tvg-url" in raw.attributes:
            guides.update(dict.fromkeys(_addresses(raw.attributes["tvg-url"])))
    named = [one for name in _HEADED for one in _addresses(header.attributes.get(name, ""))]
    keys = array("Q", sorted(keys))
    repeated = frozenset(one for one, other in pairwise(keys) if one == other)
    return Outline(total, keys, repeated, tuple(dict.fromkeys([*named, *guides]))[:GUIDES])


def entries(path: Path, outline: Outline, base: str | None = None) -> Iterator[Entry | Left]:
    """The entries in the file's order. ``base`` is where the playlist is, for its own paths."""
    for seq, raw in enumerate(read_raw(path), 1):
        yield _read(seq, raw, outline, base)


def _addresses(text: str) -> list[str]:
    found = (one.strip() for one in text.split(","))
    return [one for one in found if re.match(r"https?://[^\s/]", one) and len(one) < ADDRESS_LENGTH]


def _keys(raw: Raw) -> tuple[str, str]:
    """What an entry is called in its playlist, and that with what tells it from others.

    The id (``tvg-id``), else the name; several entries of one id differ by name, several of one
    name by group.
    """
    name = _name(raw)
    if guide_key := raw.attributes.get("tvg-id", ""):
        return guide_key[:KEY_LENGTH], f"{guide_key[:KEY_LENGTH]}{BETWEEN}{name}"
    group = raw.attributes.get("group-title") or raw.group
    return f"= {name}", f"= {name}{BETWEEN}{group}"


def _name(raw: Raw) -> str:
    given = raw.name or raw.attributes.get("tvg-name") or raw.attributes.get("tvg-id")
    if not given and raw.address:
        path = raw.address.partition("?")[0].rstrip("/").rpartition("/")[2]
        given = unquote(path.rpartition(".")[0] or path)
    return " ".join((given or "").replace("\0", "").split())[:NAME_LENGTH].strip()


def _read(seq: int, raw: Raw, outline: Outline, base: str | None) -> Entry | Left:
    name = _name(raw)

    def left(reason: str, message: str, *, is_fault: bool = True) -> Left:
        return Left(seq, raw.line, reason, message, name, is_fault)

    if raw.is_cut:
        return left("line_too_long", "The line is longer than 16,000 characters.")
    if not raw.address:
        return left("no_address", "No address follows: the next line is another entry's, or none.")
    if not name:
        return left("no_name", "It has neither a name nor an id.")
    found = _address(raw.address, base)
    if isinstance(found, tuple):
        return left(*found)
    usual = _USUAL.match(found)
    path = (usual[2] or "") if usual else urlsplit(found).path
    if path.lower().endswith(FILMS):
        return left("not_a_channel", "A film or a song, no channel.", is_fault=False)
    own, pair = _keys(raw)
    is_alone = not outline.repeats(own)
    entry = Entry(
        seq,
        raw.line,
        own if is_alone else pair,
        {},
        former=(pair,) if is_alone else (own,),
    )
    entry.said = {
        key: value for key, value in _said(raw, name, found, entry.notes).items() if value
    }
    entry.names = tuple(dict.fromkeys((name, *_other_names(raw))))
    _note_address(raw, found, entry.notes)
    return entry


def _other_names(raw: Raw) -> list[str]:
    given = raw.attributes.get("tvg-name", "").replace("_", " ").strip()
    return [given[:NAME_LENGTH]] if given else []


def _address(given: str, base: str | None) -> str | tuple[str, str]:
    """The address of a stream, or the reason and the sentence why it is none."""
    found = given.partition("|")[0].strip().replace(" ", "%20")
    if len(found) <= ADDRESS_LENGTH and _USUAL.match(found):
        return found
    scheme = _SCHEME.match(found)
    if scheme is None:
        if base is None:
            return (
                "relative_address",
                "The address is relative to where the playlist was: fetch it by its own address.",
            )
        found = urljoin(base, found)
        scheme = _SCHEME.match(found)
    kind = scheme[1].lower() if scheme else ""
    if kind not in PLAYED and kind not in KEPT:
        return "address_refused", f"Addresses that begin with “{kind}:” are no streams."
    if len(found) > ADDRESS_LENGTH:
        return "address_too_long", "The address is longer than 2,000 characters."
    try:
        host = urlsplit(found).netloc
    except ValueError:
        host = ""
    if not host:
        return "bad_address", "The address names no host."
    return found


def _note_address(raw: Raw, address: str, notes: list[tuple[str, str]]) -> None:
    scheme = address.partition(":")[0].lower()
    if scheme not in PLAYED:
        notes.append(
            ("stream_url", f"{scheme} streams are kept, but nothing here can pass them on or look.")
        )
    sent = raw.address.partition("|")[2]
    asked = [part.partition("=")[0] for part in sent.split("&")] if sent else []
    if dropped := [one for one in (*raw.options, *asked) if one.strip()]:
        shown = ", ".join(dict.fromkeys(dropped))[:200]
        notes.append(
            ("stream_url", f"Left out what the playlist wants sent along or set: {shown}.")
        )
    if not raw.name:
        notes.append(("name", "It has no name of its own: taken from what else it says."))


def _said(raw: Raw, name: str, address: str, notes: list[tuple[str, str]]) -> dict[str, Any]:
    given = raw.attributes
    number = next((given[one].strip() for one in _NUMBERS if given.get(one)), "")
    if number and not is_number(number):
        notes.append(("number", f"“{number[:20]}” is no channel number."))
        number = ""
    logo = given.get("tvg-logo") or given.get("logo") or ""
    if logo and not re.match(r"https?://\S+$", logo[:ADDRESS_LENGTH]):
        notes.append(("logo_url", "The logo has no web address."))
        logo = ""
    return {
        "name": name,
        "number": number,
        "guide_key": given.get("tvg-id", "")[:KEY_LENGTH],
        "language": language_code(given.get("tvg-language", "")),
        "country": _country(given.get("tvg-country", "")),
        "logo_url": logo[:ADDRESS_LENGTH],
        "groups": list(_groups(given.get("group-title") or raw.group, given.get("radio", ""))),
        "stream_url": address,
        "stream_options": _options(given),
    }


@lru_cache(1_000)
def _groups(group: str, radio: str) -> tuple[str, ...]:
    found = [one[:WORD_LENGTH].strip() for one in _SPLIT.split(group)]
    if radio.lower() in {"true", "1", "yes"}:
        found.append("Radio")
    return tuple(dict.fromkeys(one for one in found if one))[:20]


def _options(given: dict[str, str]) -> dict[str, Any]:
    """Kept for later: how the stream goes back in time, and how far its guide is off (hours)."""
    catchup = {name: given[name][:ADDRESS_LENGTH] for name in _CATCHUP if given.get(name)}
    options: dict[str, Any] = {"catchup": catchup} if catchup else {}
    shift = given.get("tvg-shift", "")
    if _SHIFT.fullmatch(shift) and float(shift):
        options["guide_shift"] = float(shift)
    return options


@lru_cache
def _languages() -> dict[str, str]:
    return {str(name).lower(): code for code, name in Locale.parse("en").languages.items()}


@lru_cache(1_000)
def language_code(given: str) -> str:
    """BCP 47 of a language's code or English name; the first of several, "" for what is none."""
    first = re.split(r"[;,/|]", given)[0].strip()
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", first):
        return first.lower() if "-" not in first else first
    return _languages().get(first.lower(), "").replace("_", "-")


@lru_cache(1_000)
def _country(given: str) -> str:
    first = re.split(r"[;,/|]", given)[0].strip().upper()
    return {"UK": "GB"}.get(first, first) if re.fullmatch(r"[A-Z]{2}", first) else ""
