"""XMLTV as a source of imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.live.adapters.xmltv.reading import survey
from mediatheque.areas.live.adapters.xmltv.splitting import open_guide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.areas.exchange.schemas.samples import Sample
    from mediatheque.areas.exchange.schemas.sources import SourceFile, SourceOptions

ROOT: Final = "tv"


class Xmltv:
    """A guide of any grabber (``exchange.schemas.sources.Source``); loaded whole."""

    name = "xmltv"
    label = "XMLTV"
    description = "A television guide as grabbers write it: plain, or packed as gz, xz or zip."
    extensions = (".xml", ".xmltv", ".gz", ".xz", ".zip")

    def detect(self, sample: Sample) -> float:
        """Sure of a document whose root is ``tv``."""
        return 1.0 if sample.xml_root == ROOT else 0.0

    def rows(self, file: SourceFile, options: SourceOptions) -> Iterator[Any]:  # noqa: ARG002  (as the protocol has it)
        """Give the pieces of the file: guides are loaded whole, not row by row."""
        with open_guide(file.path) as splitter:
            yield from splitter.pieces()

    def total(self, file: SourceFile) -> int | None:
        """Count the programmes."""
        return survey(file.path).total
