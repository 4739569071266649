"""Numbers of seasons, episodes and parts, as guides write them. All of ours count from 1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

Numbers = tuple[int | None, int | None, int | None]
"""Season, episode, part."""

MOST: Final = 2_000_000_000
_NS_PART: Final = re.compile(r"\s*(\d{1,9})?\s*(?:/\s*\d*\s*)?\Z")
_ONSCREEN: Final = (
    re.compile(r"(?i)\bS(?:eason)?\s*(\d{1,4})\s*[.,:x-]?\s*E(?:p(?:isode)?)?\.?\s*(\d{1,5})"),
    re.compile(r"\b(\d{1,3})x(\d{1,4})\b"),
)
_EPISODE_ONLY: Final = re.compile(r"(?i)\bE(?:p(?:isode)?)?\.?\s*(\d{1,5})\b")
_KEYS: Final = ("dd_progid", "crid")


def parse_ns(given: str) -> Numbers:
    """Read ``xmltv_ns``: zero-based ``season/total.episode/total.part/total``, any may be empty."""
    found: list[int | None] = []
    for piece in [*given.split("."), "", ""][:3]:
        matched = _NS_PART.match(piece)
        found.append(int(matched[1]) + 1 if matched and matched[1] else None)
    return found[0], found[1], found[2]


def parse_onscreen(given: str) -> Numbers:
    """Read what is meant for people: ``S02E05``, ``2x05``, ``Ep. 12``."""
    for form in _ONSCREEN:
        if matched := form.search(given):
            return int(matched[1]), int(matched[2]), None
    matched = _EPISODE_ONLY.search(given)
    return (None, int(matched[1]), None) if matched else (None, None, None)


def numbers_of(episodes: Iterable[tuple[str, str]]) -> Numbers:
    """The numbers that a programme's ``episode-num`` elements give; ``xmltv_ns`` goes first."""
    shown: Numbers = (None, None, None)
    for system, value in episodes:
        if system == "xmltv_ns":
            found = parse_ns(value)
            if found != (None, None, None):
                return found
        elif system in {"onscreen", "SxxExx", "common"} and shown == (None, None, None):
            shown = parse_onscreen(value)
    return shown


def key_of(episodes: Iterable[tuple[str, str]]) -> str | None:
    """The provider's id of the programme, where there is one."""
    return next((f"{system}:{value}" for system, value in episodes if system in _KEYS), None)


def write_ns(season: int | None, episode: int | None) -> str:
    """``S.E.`` with an empty third part: Kodi takes a part for the episode's number."""
    return f"{'' if season is None else season - 1}.{'' if episode is None else episode - 1}."
