"""Delicious Library as a source: finds out which of the three formats a file is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from mediatheque.areas.exchange.schemas.samples import Sample
from mediatheque.areas.library.adapters.documents import count_ends
from mediatheque.areas.library.adapters.sources.delicious import plists, text, version1
from mediatheque.areas.library.adapters.sources.delicious.items import item_of
from mediatheque.areas.library.schemas.rows import ItemRow, RowFailure
from mediatheque.kit.archives import open_content
from mediatheque.kit.tabular import count_records
from mediatheque.kit.unreadable import (
    EMPTY_FILE,
    HEADER_ONLY,
    NOT_THIS_FORMAT,
    XML_DAMAGED,
    UnreadableError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.areas.exchange.schemas.sources import SourceFile, SourceOptions
    from mediatheque.areas.library.adapters.sources.delicious.items import Facts

_LIKELY: Final = 0.5


class Delicious:
    """One row per item; what it recommends is left out, and local addresses are never opened."""

    name: ClassVar[str] = "delicious"
    label: ClassVar[str] = "Delicious Library"
    description: ClassVar[str] = (
        "The export of Delicious Library 1, 2 or 3: the XML, the property list, or the text."
    )
    extensions: ClassVar[tuple[str, ...]] = (".xml", ".plist", ".txt", ".tsv", ".zip")

    def detect(self, sample: Sample) -> float:
        """Know the documents by their root and first keys, the table by its columns."""
        if sample.xml_root == "library":
            return 0.95 if b"<items" in sample.content else 0.6
        if sample.xml_root == "plist":
            return 0.95 if b"uuidString" in sample.content else 0.3
        if sample.content.startswith(plists.BINARY_MARK):
            return _LIKELY
        return 1.0 if sample.has(*text.COLUMNS) else 0.0

    def total(self, file: SourceFile) -> int | None:
        """Count the items: exact for a table, about right for a property list, else unknown."""
        sample = Sample.of(file)
        if sample.xml_root == "plist":
            return count_ends(file, b"</dict>")
        if sample.xml_root or sample.content.startswith(plists.BINARY_MARK):
            return None
        with open_content(file.path) as stream:
            return max(0, count_records(stream) - 1)

    def rows(self, file: SourceFile, options: SourceOptions) -> Iterator[ItemRow | RowFailure]:
        """Read the items as a stream."""
        sample = Sample.of(file)
        if not sample.content.strip():
            raise UnreadableError(EMPTY_FILE, "The file is empty.")
        if sample.xml_root is None and not sample.content.startswith(plists.BINARY_MARK):
            yield from _from_text(file, sample, options)
            return
        found = False
        for facts in _documents(file, sample):
            found = True
            yield item_of(facts, options)
        if not found:
            raise UnreadableError(HEADER_ONLY, "The document holds no items.", 1)


def _documents(file: SourceFile, sample: Sample) -> Iterator[Facts]:
    root = sample.xml_root
    if root == "library":
        return version1.read_items(file)
    if root in {"plist", None}:
        return plists.read_items(file)
    raise UnreadableError(
        NOT_THIS_FORMAT, f"This is no export of Delicious Library: the document is a <{root}>.", 1
    )


def _from_text(
    file: SourceFile, sample: Sample, options: SourceOptions
) -> Iterator[ItemRow | RowFailure]:
    if sample.content.lstrip().startswith(b"<"):
        raise UnreadableError(XML_DAMAGED, "The XML is damaged. Export it again.", 1)
    for found in text.read_items(file):
        if isinstance(found, RowFailure):
            yield found
            continue
        facts, problems = found
        item = item_of(facts, options)
        if isinstance(item, ItemRow):
            item.problems += problems
        yield item
