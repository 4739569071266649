"""The desk of live television at the import engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.exchange.schemas.registry import REGISTRY, Desk
from mediatheque.areas.exchange.schemas.runs import Detected
from mediatheque.areas.exchange.schemas.samples import Sample
from mediatheque.areas.live.actions.imports.load import GuideLoader
from mediatheque.areas.live.actions.imports.sources import open_source
from mediatheque.areas.live.actions.playlists.load import PlaylistLoader
from mediatheque.areas.live.adapters.m3u.source import M3u
from mediatheque.areas.live.adapters.xmltv.source import Xmltv
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from mediatheque.areas.exchange.schemas.sources import Source, SourceFile

SOURCES: tuple[Source, ...] = (Xmltv(), M3u())


def detect_file(file: SourceFile) -> Detected:
    """Which of the sources a file is of."""
    sample = Sample.of(file)
    best = max(SOURCES, key=lambda one: one.detect(sample))
    score = best.detect(sample)
    return Detected(best.name if score else None, score)


DESK = Desk(
    area="live",
    sources=SOURCES,
    applier=None,
    detect=detect_file,
    target=open_source,
    loaders={"xmltv": GuideLoader(), "m3u": PlaylistLoader()},
    permission=Permission.LIVE_SCHEDULE,
    permissions={"m3u": Permission.LIVE_MANAGE},
)
REGISTRY.register(DESK)
