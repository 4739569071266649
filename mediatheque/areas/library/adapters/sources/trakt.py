"""Trakt: the account's export, a zip of JSON lists, long ones split and numbered.

A work or an episode is one row with all its plays; a play is told by its ``id``, so that the
same episode twice is a rewatch and the same play in two files is not.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, ClassVar, Final

from mediatheque.areas.library.adapters.vocabulary.formats import read_format
from mediatheque.areas.library.schemas.rows import CopyRow, ItemRow, MarkRow, RowFailure
from mediatheque.kit.archives import ZIP_MARKS, Archive, open_content
from mediatheque.kit.dates import read_date
from mediatheque.kit.grouping import Groups, count_distinct
from mediatheque.kit.jsonstream import stream_entries
from mediatheque.kit.unreadable import NOT_THIS_FORMAT, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mediatheque.areas.exchange.schemas.samples import Sample
    from mediatheque.areas.exchange.schemas.sources import SourceFile, SourceOptions
    from mediatheque.kit.tabular.lines import ByteStream

_PARTS: Final = (
    ("history", re.compile(r"watched-history(-\d+)?|history(-\d+)?")),
    ("watched", re.compile(r"watched-(movies|shows)(-\d+)?")),
    ("rating", re.compile(r"ratings-(movies|shows|seasons|episodes)(-\d+)?")),
    ("watchlist", re.compile(r"lists-watchlist(-\d+)?|watchlist")),
    ("favorite", re.compile(r"lists-favorites(-\d+)?")),
    ("collection", re.compile(r"collection-movies(-\d+)?")),
    ("list", re.compile(r"lists-list-(\d+-)?(?P<name>.+)")),
)
_TYPES: Final = ("episode", "season", "show", "movie")
_SCHEMES: Final = ("imdb", "tmdb", "tvdb")
_RESOLUTIONS: Final = {"uhd_4k": "uhd_4k", "hd_1080": "full_hd", "hd_720": "hd", "sd_": "sd"}
_NO_DAY: Final = "1970-01-01"

Entry = dict[str, Any]


class Trakt:
    """Films, series and episodes watched, rated, wanted, listed and collected."""

    name: ClassVar[str] = "trakt"
    label: ClassVar[str] = "Trakt"
    description: ClassVar[str] = "The zip that Trakt makes under Settings → Data → Export."
    extensions: ClassVar[tuple[str, ...]] = (".zip", ".json")

    def detect(self, sample: Sample) -> float:
        """Know the zip by its lists, a list by its keys."""
        if sample.members:
            parts = {part for name in sample.members if (part := _part_of(name)[0])}
            return 0.95 if "history" in parts or len(parts) > 1 else 0.7 * bool(parts)
        keys = set(sample.json_keys)
        dated = keys & {"watched_at", "rated_at", "listed_at", "collected_at", "last_watched_at"}
        return 0.95 if dated and keys & set(_TYPES) else 0.0

    def total(self, file: SourceFile) -> int | None:
        """Count the works and episodes by reading them once; a row that fails counts as one."""
        return count_distinct(
            f"{number}" if isinstance(entry, RowFailure) else entry["key"]
            for number, entry in enumerate(_entries(file))
        )

    def rows(self, file: SourceFile, options: SourceOptions) -> Iterator[ItemRow | RowFailure]:  # noqa: ARG002  (as the protocol has it)
        """Bring the lists together and yield a row per work and episode; failures come first."""
        with Groups() as works:
            for entry in _entries(file):
                if isinstance(entry, RowFailure):
                    yield entry
                else:
                    works.add(entry["key"], entry)
            for key, entries in works:
                yield _item(key, entries)


def _entries(file: SourceFile) -> Iterator[Entry | RowFailure]:
    with file.path.open("rb") as opened:
        packed = opened.read(4).startswith(ZIP_MARKS)
    if not packed:
        with open_content(file.path) as stream:
            yield from _read(stream, file.filename, *_part_of(file.filename))
        return
    with Archive(file.path) as archive:
        parts = [(name, *_part_of(name)) for name in archive.names]
        found = {part for _, part, _ in parts if part}
        if not found:
            raise UnreadableError(
                NOT_THIS_FORMAT, "This is no export of Trakt: the zip has none of its lists."
            )
        for name, part, label in parts:
            if part is None or (part == "watched" and "history" in found):
                continue
            with archive.open(name) as stream:
                yield from _read(stream, name, part, label)


def _part_of(name: str) -> tuple[str | None, str | None]:
    """Tell which part of the export a file is, and a list's name."""
    path = PurePosixPath(name.lower())
    if path.suffix != ".json":
        return None, None
    for part, form in _PARTS:
        found = form.fullmatch(path.stem)
        if found:
            return part, found["name"].replace("-", " ") if part == "list" else None
    return None, None


def _read(
    stream: ByteStream, name: str, part: str | None, label: str | None
) -> Iterator[Entry | RowFailure]:
    for number, found in enumerate(stream_entries(stream, ("items",)), start=1):
        entry = _entry(found, part, label) if isinstance(found, dict) else None
        if entry is None:
            raw = found if isinstance(found, dict) else {"value": found}
            yield RowFailure(
                number, "not_a_work", f"{name}: entry {number} names no film or series.", raw
            )
            continue
        if not entry:
            continue
        entry["line"] = number
        yield entry


def _entry(found: Entry, part: str | None, label: str | None) -> Entry | None:
    """Pick out what an entry says; ``None`` for what names no work, empty for a person."""
    kind = next((name for name in _TYPES if isinstance(found.get(name), dict)), None)
    if kind is None:
        return {} if "person" in found or "comment" in found else None
    work = found.get("movie") if kind == "movie" else found.get("show")
    if not isinstance(work, dict) or not isinstance(work.get("title"), str) or not work["title"]:
        return None
    thing = found[kind]
    given = work.get("ids")
    ids: Entry = given if isinstance(given, dict) else {}
    told = part or next(
        (p for p, key in (("history", "watched_at"), ("rating", "rated_at"),
                          ("collection", "collected_at"), ("watched", "last_watched_at"))
         if key in found), "watchlist",
    )  # fmt: skip
    season = _whole(thing.get("season" if kind == "episode" else "number"))
    entry = {
        "kind": "movie" if kind == "movie" else "series",
        "title": work["title"],
        "year": _whole(work.get("year")),
        "ids": {name: str(ids[name]) for name in _SCHEMES if ids.get(name)},
        "season": season if kind in {"season", "episode"} else None,
        "episode": _whole(thing.get("number")) if kind == "episode" else None,
        "episode_title": thing.get("title") if kind == "episode" else None,
        "part": told,
        "label": label,
        "said": {name: value for name, value in found.items() if name not in {"movie", "show"}},
    }
    known = ids.get("trakt") or ids.get("slug") or ids.get("imdb") or work["title"].casefold()
    place = "".join(f":{n}" for n in (entry["season"], entry["episode"]) if n is not None)
    entry["key"] = f"{'movie' if kind == 'movie' else 'show'}:{known}{place}"
    return entry


def _item(key: str, entries: list[Entry]) -> ItemRow:
    first = entries[0]
    title = first["episode_title"]
    item = ItemRow(
        first["line"],
        first["kind"],
        first["title"],
        key=key,
        year=first["year"],
        season=first["season"],
        episode=first["episode"],
        episode_title=title if isinstance(title, str) and title else None,
        external_ids=dict(first["ids"]),
    )
    plays: set[object] = set()
    for entry in entries:
        for scheme, value in entry["ids"].items():
            item.external_ids.setdefault(scheme, value)
        _take(item, entry, plays)
    item.raw = {"entries": [entry["said"] | {"from": entry["part"]} for entry in entries]}
    return item


def _take(item: ItemRow, entry: Entry, plays: set[object]) -> None:
    said, part = entry["said"], entry["part"]
    if part in {"history", "watched"}:
        play = said.get("id") or said.get("watched_at") or said.get("last_watched_at")
        if play not in plays:
            plays.add(play)
            day = said.get("watched_at") or said.get("last_watched_at")
            item.marks.append(MarkRow("finished", _day(day)))
    elif part == "rating":
        rating = said.get("rating")
        item.my_rating = float(rating) if isinstance(rating, int | float) and rating else None
    elif part == "watchlist":
        item.marks.append(MarkRow("wanted", _day(said.get("listed_at"))))
    elif part == "collection":
        item.copies.append(_copy(said))
    else:
        item.tags.append(entry["label"] or "favorite")
    notes = said.get("notes")
    if isinstance(notes, str) and notes.strip():
        item.notes.append(notes.strip())
    day = _day(said.get("listed_at") or said.get("collected_at"))
    if day and (item.added_on is None or day < item.added_on):
        item.added_on = day


def _copy(said: Entry) -> CopyRow:
    """Make a copy of a collected film; Trakt tells the medium and the resolution."""
    metadata = said.get("metadata")
    facts = metadata if isinstance(metadata, dict) else {}
    word = read_format(str(facts.get("media_type") or "digital"))
    told = str(facts.get("resolution") or "")
    resolution = next((ours for name, ours in _RESOLUTIONS.items() if told.startswith(name)), None)
    return CopyRow(word.format, resolution=resolution or word.resolution)


def _day(text: object) -> date | None:
    if not isinstance(text, str) or text.startswith(_NO_DAY):
        return None
    return read_date(text)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
