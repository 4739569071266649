"""MyAnimeList: the export of the anime list or the manga list (XML, usually gzipped)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from mediatheque.areas.library.adapters.documents import count_ends, open_elements
from mediatheque.areas.library.adapters.phrases import names, plain_text
from mediatheque.areas.library.schemas.rows import ItemRow, MarkRow, RowFailure, SeasonRow
from mediatheque.kit.dates import read_date
from mediatheque.kit.figures import read_count, read_rating
from mediatheque.kit.xmlsafe import line_of, local_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mediatheque.areas.exchange.schemas.samples import Sample
    from mediatheque.areas.exchange.schemas.sources import SourceFile, SourceOptions

_STATUS: Final = {
    "completed": "finished", "2": "finished",
    "watching": "started", "reading": "started", "1": "started",
    "on-hold": "started", "onhold": "started", "3": "started",
    "dropped": "started", "4": "started",
    "plan to watch": "wanted", "plan to read": "wanted", "6": "wanted",
}  # fmt: skip
_ASIDE: Final = {"on-hold": "on-hold", "onhold": "on-hold", "3": "on-hold",
                 "dropped": "dropped", "4": "dropped"}  # fmt: skip
_FILMS: Final = frozenset({"movie", "music", "special", "tv special", "cm", "pv"})
_NOVELS: Final = frozenset({"novel", "light novel"})


class MyAnimeList:
    """One row per anime or manga; what is read is what was watched, nothing is owned."""

    name: ClassVar[str] = "myanimelist"
    label: ClassVar[str] = "MyAnimeList"
    description: ClassVar[str] = (
        "The XML (.xml or .xml.gz) that MyAnimeList makes under Profile → Export."
    )
    extensions: ClassVar[tuple[str, ...]] = (".xml", ".gz")

    def detect(self, sample: Sample) -> float:
        """Know the document by its root."""
        return 1.0 if sample.xml_root == "myanimelist" else 0.0

    def total(self, file: SourceFile) -> int | None:
        """Count the entries' ends, exactly."""
        return count_ends(file, b"</anime>") + count_ends(file, b"</manga>")

    def rows(self, file: SourceFile, options: SourceOptions) -> Iterator[ItemRow | RowFailure]:  # noqa: ARG002  (as the protocol has it)
        """Read the entries as a stream."""
        with open_elements(file, "myanimelist/*", self.label) as elements:
            for element in elements:
                tag = local_name(element)
                if tag in {"anime", "manga"}:
                    facts = {local_name(child): text_of(child) for child in element}
                    yield _read(line_of(element), tag, facts)


def _read(line: int, tag: str, facts: dict[str, str]) -> ItemRow | RowFailure:
    raw = {name: value for name, value in facts.items() if value}
    title = facts.get("series_title") or facts.get("manga_title") or ""
    if not title:
        return RowFailure(line, "missing_title", "The entry has no title.", raw)
    number = facts.get("series_animedb_id") or facts.get("manga_mangadb_id") or ""
    item = ItemRow(
        line, _kind(tag, facts), title, key=f"{tag}:{number}" if number else None, raw=raw
    )
    if number.isdecimal() and tag == "anime":
        item.external_ids["mal"] = number
    item.my_rating = read_rating(facts.get("my_score", ""), 10)
    item.tags = names(facts.get("my_tags", ""), ",")
    for note in (facts.get("my_comments", ""), facts.get("my_discuss_notes", "")):
        if text := plain_text(note):
            item.notes.append(text)
    episodes = read_count(facts.get("series_episodes", "")) or 0
    if item.kind == "series" and episodes:
        item.seasons.append(SeasonRow(1, expected_episodes=episodes))
    _read_marks(item, facts)
    return item


def _kind(tag: str, facts: dict[str, str]) -> str:
    form = (facts.get("series_type") or facts.get("manga_type") or "").casefold()
    if tag == "manga":
        return "book" if form in _NOVELS else "comic"
    return "movie" if form in _FILMS else "series"


def _read_marks(item: ItemRow, facts: dict[str, str]) -> None:
    status = facts.get("my_status", "").casefold()
    start = _day(facts.get("my_start_date", ""))
    finish = _day(facts.get("my_finish_date", ""))
    told = _STATUS.get(status)
    if told == "finished":
        if start:
            item.marks.append(MarkRow("started", start))
        item.marks.append(MarkRow("finished", finish))
    elif told:
        item.marks.append(MarkRow(told, start if told == "started" else None))
    if status in _ASIDE:
        item.tags.append(_ASIDE[status])


def _day(text: str) -> date | None:
    """Return a day; ``0000-00-00`` and half-known dates are none."""
    return None if "-00" in text or text.startswith("0000") else read_date(text)
