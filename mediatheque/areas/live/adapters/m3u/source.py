"""M3U as a source of imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.live.adapters.m3u.reading import entries, survey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.areas.exchange.schemas.samples import Sample
    from mediatheque.areas.exchange.schemas.sources import SourceFile, SourceOptions

HEADER: Final = "#EXTM3U"
ENTRY: Final = "#EXTINF:"


class M3u:
    """A playlist of channels (``exchange.schemas.sources.Source``); loaded whole."""

    name = "m3u"
    label = "M3U playlist"
    description = "Channels with their streams, as providers and tuners give them out."
    extensions = (".m3u", ".m3u8", ".gz", ".xz", ".zip")

    def detect(self, sample: Sample) -> float:
        """Sure of the format's first line, nearly of its second."""
        text = sample.text.lstrip("\ufeff \t\r\n")
        if text.startswith(HEADER):
            return 1.0
        return 0.9 if text.startswith(ENTRY) or f"\n{ENTRY}" in text[:4000] else 0.0

    def rows(self, file: SourceFile, options: SourceOptions) -> Iterator[Any]:  # noqa: ARG002  (as the protocol has it)
        """Give the entries: playlists are loaded whole, not row by row."""
        yield from entries(file.path, survey(file.path))

    def total(self, file: SourceFile) -> int | None:
        """Count the entries."""
        return survey(file.path).total
