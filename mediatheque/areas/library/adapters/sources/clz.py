"""CLZ (Collectorz): the XML exports of its five programs.

People choose what the export contains, so nothing but the title is needed. A value stands in
``<displayname>``, in ``<person><displayname>``, in ``<date>``, or plainly in the element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from mediatheque.areas.library.adapters.documents import count_ends
from mediatheque.areas.library.adapters.phrases import plain_text, seconds_of
from mediatheque.areas.library.adapters.tables import Columns, Row, copy_of
from mediatheque.areas.library.adapters.vocabulary.words import (
    read_job,
    read_language,
    read_yes,
)
from mediatheque.areas.library.schemas.rows import CopyRow, CreditRow, ItemRow, MarkRow, RowFailure
from mediatheque.kit.archives import open_content
from mediatheque.kit.identifiers import read_imdb_id
from mediatheque.kit.tabular import Header
from mediatheque.kit.unreadable import NOT_THIS_FORMAT, UnreadableError
from mediatheque.kit.xmlsafe import line_of, local_name, root_tag, stream_elements, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.areas.exchange.schemas.samples import Sample
    from mediatheque.areas.exchange.schemas.sources import SourceFile, SourceOptions
    from mediatheque.kit.xmlsafe import Element

_KINDS: Final = {
    "movie": "movie", "book": "book", "music": "album", "game": "game", "comic": "comic",
}  # fmt: skip
_ROOTS: Final = frozenset({f"{tag}{end}" for tag in _KINDS for end in ("info", "list")})
_PEOPLE: Final = (
    ("authors", "author"), ("artists", "artist"), ("composers", "composer"),
    ("directors", "director"), ("developers", "developer"), ("developer", "developer"),
    ("conductor", "conductor"), ("illustrators", "illustrator"), ("translators", "translator"),
    ("narrators", "narrator"), ("orchestras", "performer"),
)  # fmt: skip
_UNOWNED: Final = frozenset({"on wish list", "on wishlist", "not in collection", "sold", "on order",
                             "wish list", "wanted"})  # fmt: skip
_WANTED: Final = frozenset({"on wish list", "on wishlist", "on order", "wish list", "wanted"})
_CHUNK: Final = 1 << 16


class Clz:
    """One row per entry; owned unless its collection status says otherwise."""

    name: ClassVar[str] = "clz"
    label: ClassVar[str] = "CLZ"
    description: ClassVar[str] = (
        "The XML that a CLZ program makes under Export → XML; its CSV goes through the mapping."
    )
    extensions: ClassVar[tuple[str, ...]] = (".xml", ".zip")

    def detect(self, sample: Sample) -> float:
        """Know the document by its root."""
        return 0.95 if sample.xml_root in _ROOTS else 0.0

    def total(self, file: SourceFile) -> int | None:
        """Count the entries' ends: exact, but for entries that name another of their kind."""
        tag = _root(file).removesuffix("info").removesuffix("list")
        return count_ends(file, f"</{tag}>".encode())

    def rows(self, file: SourceFile, options: SourceOptions) -> Iterator[ItemRow | RowFailure]:
        """Read the entries as a stream."""
        path = "*/*" if _root(file).endswith("list") else "*/*/*"
        with open_content(file.path) as stream:
            for element in stream_elements(stream, path):
                kind = _KINDS.get(local_name(element))
                if kind:
                    yield _read(Facts(element), kind, options)


class Facts:
    """An entry's values by their element's name; ``mainsection`` is seen through."""

    def __init__(self, element: Element) -> None:
        self.line = line_of(element)
        self._children: dict[str, Element] = {}
        for child in element:
            if local_name(child) == "mainsection":
                for inner in child:
                    self._children.setdefault(local_name(inner), inner)
            else:
                self._children[local_name(child)] = child

    def text(self, *names: str) -> str:
        """Return the first of these that is filled."""
        for name in names:
            child = self._children.get(name)
            if child is not None and (text := _value(child)):
                return text
        return ""

    def many(self, *names: str) -> list[str]:
        """Return the values of an element's children, of the first that has any."""
        for name in names:
            child = self._children.get(name)
            if child is not None:
                found = [text for inner in child if (text := _value(inner))] or [_value(child)]
                if any(found):
                    return list(dict.fromkeys(text for text in found if text))
        return []

    def children(self, name: str) -> list[Element]:
        """Return an element's children."""
        child = self._children.get(name)
        return [] if child is None else list(child)

    def is_set(self, *names: str) -> bool:
        """Whether a tick is set: ``boolvalue="1"`` or the text Yes."""
        for name in names:
            child = self._children.get(name)
            if child is not None and (child.get("boolvalue") == "1" or read_yes(_value(child))):
                return True
        return False

    def raw(self) -> dict[str, Any]:
        """Return what can be shown of everything that is filled."""
        shown = {name: _value(child) or self.many(name) for name, child in self._children.items()}
        return {name: value for name, value in shown.items() if value}


def _root(file: SourceFile) -> str:
    with open_content(file.path) as stream:
        root = root_tag(stream.read(_CHUNK))
    if root is not None and root not in _ROOTS:
        raise UnreadableError(
            NOT_THIS_FORMAT, f"This is no export of CLZ: the document is a <{root}>.", 1
        )
    return root or "movieinfo"


def _value(element: Element) -> str:
    for child in element:
        name = local_name(child)
        if name in {"displayname", "date"}:
            return text_of(child)
        if name in {"person", "year"}:
            return _value(child)
    return text_of(element) if len(element) == 0 else ""


def _read(facts: Facts, kind: str, options: SourceOptions) -> ItemRow | RowFailure:
    raw = facts.raw()
    title = facts.text("title", "titleextension")
    series = facts.text("series", "mainseries")
    issue = facts.text("issuenr", "issue", "issuenumber")
    if kind == "comic":
        title = f"{series or title} #{issue}" if issue and series else title or series
    if not title:
        return RowFailure(facts.line, "missing_title", "The entry has no title.", raw)
    row = _row_of(facts)
    if kind == "movie" and facts.is_set("istvseries", "tvseries"):
        kind = "series"
    item = ItemRow(facts.line, kind, title, key=facts.text("id", "index") or None, raw=raw,
                   problems=row.problems)  # fmt: skip
    original = facts.text("originaltitle")
    item.original_title = original if original != title else None
    item.sort_title = facts.text("titlesort", "sorttitle") or None
    item.synopsis = plain_text(facts.text("plot", "description")) or None
    item.released_on = row.date("releasedate", "publicationdate")
    item.year = row.year("originalpublicationyear", "originalreleaseyear", "year", "releaseyear",
                         "publicationyear", "releasedate", "publicationdate")  # fmt: skip
    item.runtime_minutes = row.minutes("runtime", "runtimeminutes") if kind != "album" else None
    item.age_rating = facts.text("mpaarating", "audiencerating", "rating_age") or None
    item.genres = facts.many("genres", "genre", "subjects")
    item.tags = facts.many("tags")
    item.languages = [
        code for name in facts.many("languages", "language") if (code := read_language(name))
    ]
    item.rating = row.rating(10, "imdbrating")
    item.my_rating = row.rating(10, "myrating", "rating")
    item.credits = _credits(facts, kind)
    item.details = _details(facts, row, kind, series, issue)
    _read_ids(item, facts, row)
    _read_marks(item, facts, row)
    if notes := plain_text(facts.text("notes", "personalnotes")):
        item.notes.append(notes)
    item.added_on = row.date("dateadded", "added")
    if facts.text("collectionstatus").casefold() not in _UNOWNED:
        item.copies.append(_copy(item, facts, row, options))
    return item


def _row_of(facts: Facts) -> Row:
    """Put an entry's plain values into a row, so that they are read as a table's cells are."""
    values = {name: value for name, value in facts.raw().items() if isinstance(value, str)}
    return Row(facts.line, list(values.values()), Columns(Header(tuple(values), 0)))


def _credits(facts: Facts, kind: str) -> list[CreditRow]:
    made = [
        CreditRow(name, job)
        for place, job in _PEOPLE
        if kind == "game" or not place.startswith("developer")
        for name in facts.many(place)
    ]
    for place, usual in (("crew", "other"), ("credits", "other"), ("creators", "creator")):
        for member in facts.children(place):
            name = _value(member)
            role = next((_value(c) for c in member if local_name(c) in {"role", "roleid"}), "")
            if name:
                made.append(CreditRow(name, read_job(role) if role else usual))
    for star in facts.children("cast"):
        character = next((text_of(c) for c in star if local_name(c) == "character"), "")
        if name := _value(star):
            made.append(CreditRow(name, "actor", character or None))
    return list({(c.name, c.job, c.character): c for c in made}.values())


def _details(facts: Facts, row: Row, kind: str, series: str, issue: str) -> dict[str, Any]:
    publisher = facts.text("publisher", "publishers") or " / ".join(facts.many("publishers"))
    found: dict[str, Any] = {}
    if kind == "book":
        found = {"pages": row.count("pagecount"), "publisher": publisher, "series_name": series}
        if series and issue.replace(".", "", 1).isdecimal():
            found["series_position"] = float(issue)
    elif kind == "comic":
        found = {"issue": issue, "series_name": series, "publisher": publisher}
        found["pages"] = row.count("pagecount", "nrpages")
    elif kind == "game":
        found = {"platforms": facts.many("platform", "platforms"), "publisher": publisher}
        found["developer"] = facts.text("developer") or " / ".join(facts.many("developers"))
    elif kind == "album":
        found = {
            "label": facts.text("label") or " / ".join(facts.many("labels")),
            "catalog_number": facts.text("catalognumber", "labelnumber"),
            "tracks": _tracks(facts),
        }
    return {name: value for name, value in found.items() if value}


def _tracks(facts: Facts) -> list[dict[str, Any]]:
    """Read the tracks, which stand in discs or directly in the album."""
    places = [*facts.children("details"), *facts.children("tracks"), *facts.children("discs")]
    found: list[dict[str, Any]] = []
    for place in places:
        inner = [element for element in place.iter() if _is_track(element)]
        for track in inner:
            facts_of = {local_name(child): text_of(child) for child in track}
            position = facts_of.get("position") or facts_of.get("index") or str(len(found) + 1)
            entry = {
                "position": position,
                "title": facts_of["title"],
                "seconds": seconds_of(facts_of.get("length") or facts_of.get("playtime") or ""),
            }
            found.append({name: value for name, value in entry.items() if value is not None})
    return found


def _is_track(element: Element) -> bool:
    if local_name(element) != "track" and element.get("type") != "track":
        return False
    return any(local_name(child) == "title" and text_of(child) for child in element)


def _read_ids(item: ItemRow, facts: Facts, row: Row) -> None:
    imdb = facts.text("imdbnum", "imdbid")
    found = read_imdb_id(f"tt{imdb:0>7}" if imdb.isdecimal() else imdb) or read_imdb_id(
        facts.text("imdburl")
    )
    if found:
        item.external_ids["imdb"] = found
    if item.kind in {"book", "comic"} and (isbn := row.isbn("isbn", "isbn13")):
        item.external_ids["isbn13"] = isbn


def _read_marks(item: ItemRow, facts: Facts, row: Row) -> None:
    day = row.date("seenwhen", "dateseen", "readingdate", "dateread", "completeddate")
    if day or facts.is_set("seenit", "readit", "completed", "played"):
        item.marks.append(MarkRow("finished", day))
    if facts.text("collectionstatus").casefold() in _WANTED:
        item.marks.append(MarkRow("wanted"))


def _copy(item: ItemRow, facts: Facts, row: Row, options: SourceOptions) -> CopyRow:
    price = row.money(options.default_currency, "purchaseprice")
    return copy_of(
        row,
        item.kind,
        facts.text("format", "binding", "medium"),
        options,
        edition=facts.text("edition") or None,
        region=next(iter(facts.many("regions", "region")), None),
        barcode=row.barcode("upc", "barcode", "ean", "isbn", "isbn13"),
        publisher=facts.text("distributor", "publisher", "label") or None,
        condition=row.condition("condition", "mediacondition"),
        location=facts.text("location", "storagedevice") or None,
        price_cents=price.minor if price else None,
        currency=price.currency if price else None,
        bought_on=row.date("purchasedate"),
        signed=facts.is_set("signed", "signedby"),
        loaned_to=facts.text("loanedto", "borrower", "loan") or None,
        count=row.count("quantity") or 1,
    )
