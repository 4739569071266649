"""Versions 2 and 3: an Apple property list, an array of dictionaries.

An XML list is read one dictionary at a time; a binary one whole, up to a size. Version 3 joins
lists with new lines; version 2 with blanks, which cannot be undone: such a list stays one text.
"""

from __future__ import annotations

import plistlib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from xml.parsers.expat import ExpatError

from lxml import etree

from mediatheque.areas.library.adapters.sources.delicious.items import Facts
from mediatheque.kit.archives import open_content
from mediatheque.kit.unreadable import NOT_THIS_FORMAT, PLIST_DAMAGED, TOO_LARGE, UnreadableError
from mediatheque.kit.xmlsafe import line_of, stream_elements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.areas.exchange.schemas.sources import SourceFile

BINARY_MARK: Final = b"bplist00"
MOST_BINARY_BYTES: Final = 32 << 20
_NAMES: Final = {
    "uuidString": "uuid", "type": "type", "title": "title", "formatSingularString": "aspect",
    "conditionSingularString": "condition", "locationSingularString": "location",
    "price": "price", "pages": "pages", "minutes": "minutes", "ean": "ean", "isbn": "isbn",
    "upc": "upc", "asin": "asin", "notes": "notes", "rating": "rating", "netRating": "netrating",
    "hasExperienced": "hasExperienced", "isSigned": "signed", "countryCode": "country",
    "audienceRecommendedAgeSingularString": "audience", "seriesSingularString": "series",
    "numberInSeries": "numberInSeries", "borrowerSingularString": "borrower",
    "editionSingularString": "edition", "amazonItemIdentifier": "asin",
}  # fmt: skip
_LISTS: Final = {
    "creatorsCompositeString": "creators", "genresCompositeString": "genre",
    "actorsCompositeString": "stars", "publishersCompositeString": "publisher",
    "platformsCompositeString": "platform", "languagesCompositeString": "language",
    "illustratorsCompositeString": "illustrator", "editionsCompositeString": "editions",
    "cinematographersCompositeString": "cinematographer", "shelvesCompositeString": "shelves",
    "tracksCompositeString": "tracklisting",
}  # fmt: skip
_DATES: Final = {
    "purchaseDate": "purchaseDate", "creationDate": "created", "publishDate": "published",
}  # fmt: skip
_BEYOND: Final = 2**63
_ZERO_DAY: Final = date(2001, 1, 1)
"""Where Apple's clock begins: a date of zero, which means unknown."""


def read_items(file: SourceFile) -> Iterator[Facts]:
    """Yield the facts of every dictionary."""
    with open_content(file.path) as stream:
        head = stream.read(len(BINARY_MARK))
        if head == BINARY_MARK:
            for number, found in enumerate(_binary(head + stream.read(MOST_BINARY_BYTES)), 1):
                yield _facts(number, found)
            return
    with open_content(file.path) as stream:
        for element in stream_elements(stream, "plist/array/dict"):
            body = etree.tostring(element, encoding="utf-8", with_tail=False)
            yield _facts(line_of(element), _dictionary(body, line_of(element)))


def _dictionary(body: bytes, line: int) -> dict[str, Any]:
    try:
        found = plistlib.loads(b'<plist version="1.0">' + body + b"</plist>", fmt=plistlib.FMT_XML)
    except (ValueError, ExpatError, TypeError, AttributeError, IndexError) as error:
        raise UnreadableError(
            PLIST_DAMAGED, "An entry of the property list is damaged. Export it again.", line
        ) from error
    return found if isinstance(found, dict) else {}


def _binary(data: bytes) -> list[dict[str, Any]]:
    if len(data) > MOST_BINARY_BYTES:
        raise UnreadableError(
            TOO_LARGE,
            f"A binary property list may have {MOST_BINARY_BYTES >> 20} MiB. Save it as XML.",
        )
    try:
        found = plistlib.loads(data, fmt=plistlib.FMT_BINARY)
    except (plistlib.InvalidFileException, ValueError, RecursionError) as error:
        raise UnreadableError(
            PLIST_DAMAGED, "The property list is damaged. Export it again."
        ) from error
    if not isinstance(found, list):
        raise UnreadableError(NOT_THIS_FORMAT, "The property list is no list of items.")
    return [entry for entry in found if isinstance(entry, dict)]


def _facts(line: int, found: dict[str, Any]) -> Facts:
    facts = Facts(line, {str(name): _shown(value) for name, value in found.items()})
    for name, ours in _NAMES.items():
        value = found.get(name)
        if value is not None and not isinstance(value, bytes | list | dict):
            facts.texts[ours] = _text(value)
    for name, ours in _LISTS.items():
        value = found.get(name)
        if isinstance(value, str):
            parts = value.replace("\0", "").split("\n")
            facts.lists[ours] = [part.strip() for part in parts if part.strip()]
    for name, ours in _DATES.items():
        value = found.get(name)
        if isinstance(value, datetime) and value.date() != _ZERO_DAY:
            facts.dates[ours] = value.date()
    if editions := facts.lists.get("editions"):
        facts.texts.setdefault("edition", ", ".join(editions))
    return facts


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return f"{value:g}" if isinstance(value, float) else str(value).replace("\0", "").strip()


def _shown(value: object) -> Any:  # noqa: ANN401 - what JSON takes
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, bool | float):
        return value
    if isinstance(value, int) and abs(value) < _BEYOND:
        return value
    return str(value).replace("\0", "")
