"""Pieces of the guide that this process keeps: a channel's programmes in a quarter of a day.

The journal says when a piece holds no longer. Once the version of a space has moved, what its
journal tells since the last look says whose schedule may be another: that of one channel, or of
all. News that touches no schedule leaves the pieces as they are. A piece is kept under the number
of the look that its channel changed at, so one that is read while something changes is found by
nobody who knows of the change.

Times are microseconds since 1970 (UTC).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from dataclasses import dataclass, field
from itertools import accumulate, count
from typing import TYPE_CHECKING, Any, Final

from mediatheque.core.journal import REQUEST
from mediatheque.kit.db import Prepared
from mediatheque.kit.ids import parse_id

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy import Executable

    from mediatheque.core.context import ReadContext, Space
    from mediatheque.kit.db import Row

QUARTER: Final = 6 * 3_600_000_000
MOST_BYTES: Final = 64 * 1024 * 1024
MOST_SPACES: Final = 64
MOST_NEWS: Final = 500
"""After more news than that everything is read again."""
WEIGHT: Final = 500
"""Bytes that a piece takes besides its text, about."""
ENTRY: Final = 20
HARMLESS: Final = (
    "accounts.",
    "audit.",
    "catalog.episode_",
    "catalog.person_",
    "catalog.season_",
    "catalog.title_created",
    "catalog.title_updated",
    "entitlements.",
    "files.",
    "library.copy_",
    "library.edition_",
    "library.mark_",
    "library.note_",
    "library.private_",
    "library.rating_",
    "library.title_",
    "live.guide_",
    "live.reminder",
    "live.retention_",
    "live.source_",
    "live.streams_",
    "notifications.",
    "spaces.",
    "watch.",
)
"""How news begins that changes no schedule; channels are read anew with every version."""

OF_CHANNEL: Final = frozenset(
    {
        "live.channel_created",
        "live.channel_deleted",
        "live.channel_updated",
        "live.schedule_rewritten",
    }
)
"""News of the one channel that it is about."""

_NEWS: Final = Prepared(f"""
    SELECT j.position, j.kind, j.ref_kind, j.ref_id, p.channel_id,
           j.before ->> 'channel_id' AS channel_before
    FROM core_journal j
    LEFT JOIN live_programmes p
      ON j.ref_kind = 'programme' AND p.space_id = j.space_id AND p.id = j.ref_id
    WHERE j.space_id = :space AND j.position > :after AND j.kind <> '{REQUEST}'
    ORDER BY j.position DESC LIMIT {MOST_NEWS}
""")  # noqa: S608  (constants of ours)
_LAST: Final = Prepared("""
    SELECT j.position FROM core_journal j WHERE j.space_id = :space
    ORDER BY j.position DESC LIMIT 1
""")


_LOOKS: Final = count(1)
_NONE: Final[Mapping[int, Piece]] = {}


@dataclass(frozen=True, slots=True)
class Head:
    """A channel: its JSON up to its genres, these, their words, and its package."""

    id: UUID
    spelled: bytes
    genres: bytes
    of_genres: frozenset[str]
    package_id: UUID | None
    key: bytes = b""
    """The id as pieces are kept under it: to compare two of class UUID takes a call in Python."""

    @classmethod
    def of(cls, row: Row) -> Head:
        """From a row of the database."""
        genres = (row["genres"] or "").encode()
        return cls(
            row["id"],
            row["head"].encode(),
            genres,
            frozenset(row["of_genres"]),
            row["package_id"],
            row["id"].bytes,
        )


@dataclass(slots=True)
class Known:
    """What is known of a space at a version, and up to which news of its journal."""

    version: int
    position: int
    heads: list[Head]
    """Its channels in order."""
    places: dict[UUID, int] = field(init=False)
    """Where each of them stands there."""
    changed: int = field(default_factory=lambda: next(_LOOKS))
    """The number of the look at which the schedules of all were found changed …"""
    of_channel: dict[UUID, int] = field(default_factory=dict)
    """… and of those whose schedule changed later."""

    def __post_init__(self) -> None:
        """Note where the channels stand."""
        self.list_channels(self.heads)

    def list_channels(self, heads: list[Head]) -> None:
        """Its channels are these."""
        self.heads = heads
        self.places = {one.id: place for place, one in enumerate(heads)}

    def of(self, ids: Collection[UUID] | None) -> list[Head]:
        """The channels of some ids in order, or all."""
        if ids is None:
            return self.heads
        found = {place for one in ids if (place := self.places.get(one)) is not None}
        return [self.heads[place] for place in sorted(found)]

    def look_of(self, channel_id: UUID) -> int:
        """The number under which a channel's pieces are kept."""
        return self.of_channel.get(channel_id, self.changed) if self.of_channel else self.changed

    def hear(self, version: int, news: list[Row]) -> None:
        """Learn what changed up to a version; ``news`` are the newest first.

        Each version has its news. Where some are missing, all may have changed.
        """
        is_whole = len(news) < MOST_NEWS and len(news) >= version - self.version
        touched = [_touched(one) for one in news] if is_whole else [None]
        look = next(_LOOKS)
        if None in touched:
            self.changed = look
            self.of_channel.clear()
        else:
            self.of_channel |= dict.fromkeys(set().union(*filter(None, touched)), look)
        self.position = news[0]["position"] if news else self.position
        self.version = version


def _touched(news: Row) -> set[UUID] | None:
    """The channels whose schedule may be another; None for all."""
    if str(news["kind"]).startswith(HARMLESS):
        return set()
    if news["kind"] in OF_CHANNEL:
        return {news["ref_id"]}
    if news["channel_id"]:
        before = parse_id(news["channel_before"] or "")
        return {news["channel_id"], before} if before else {news["channel_id"]}
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """What begins in a quarter of a day, in order, and what runs into it."""

    begin: int
    starts: array[int]
    stops: array[int]
    ends: array[int]
    """Where each entry ends in the text."""
    text: bytes
    """The entries in JSON, with commas between them."""
    into: bytes
    """The entry that is on when the quarter begins, and began before; empty for none."""
    until: int
    """When that one ends."""

    @property
    def weight(self) -> int:
        """Bytes, about."""
        return WEIGHT + len(self.text) + len(self.into) + ENTRY * len(self.ends)

    def within(self, since: int, until: int) -> bytes:
        """What is on in some time. What runs into the piece belongs to it if ``since`` does."""
        if since <= self.begin and until >= self.begin + QUARTER:
            here = self.text
        else:
            here = self._between(bisect_right(self.stops, since), bisect_left(self.starts, until))
        if not self.begin <= since < self.until:
            return here
        return b"%b,%b" % (self.into, here) if here else self.into

    def on(self, now: int) -> tuple[bytes, bytes]:
        """What is on at a time of the piece, and what of it begins next; empty for nothing."""
        at = bisect_right(self.starts, now)
        if now < self.until:
            is_on = self.into
        else:
            is_on = self._between(at - 1, at) if at and self.stops[at - 1] > now else b""
        return is_on, self._between(at, at + 1)

    @property
    def first(self) -> bytes:
        """What begins first in it; empty for nothing."""
        return self._between(0, 1)

    def _between(self, first: int, last: int) -> bytes:
        if first >= last or first >= len(self.ends):
            return b""
        begin = self.ends[first - 1] + 1 if first else 0
        return self.text[begin : self.ends[last - 1]]


def within(pieces: Sequence[Piece], since: int, until: int) -> bytes:
    """What is on in some time, of all the pieces that this time touches, in order."""
    parts = [piece.text for piece in pieces]
    for at in {0, len(pieces) - 1} if pieces else ():
        parts[at] = pieces[at].within(since, until)
    return b",".join(filter(None, parts))


def cut(since: int, until: int, times: str | None, spelled: str | None) -> list[Piece]:
    """Pieces from a row: starts and stops with blanks between, texts on lines of their own."""
    numbers = array("q", map(int, times.split(" "))) if times else array("q")
    texts = spelled.encode().split(b"\n") if spelled else []
    starts, stops = numbers[::2], numbers[1::2]
    pieces = []
    for begin in range(since, until, QUARTER):
        first, last = bisect_left(starts, begin), bisect_left(starts, begin + QUARTER)
        runs_in = first > 0 and stops[first - 1] > begin
        here = texts[first:last]
        pieces.append(
            Piece(
                begin,
                starts[first:last],
                stops[first:last],
                array("i", (end + at for at, end in enumerate(accumulate(map(len, here))))),
                b",".join(here),
                texts[first - 1] if runs_in else b"",
                stops[first - 1] if runs_in else begin,
            )
        )
    return pieces


class Pieces:
    """Kept pieces, and what is known of spaces.

    Pieces are kept by channel and look; the channels that were asked for least recently go first.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.weight = 0
        self._kept: OrderedDict[tuple[bytes, int], dict[int, Piece]] = OrderedDict()
        self._known: OrderedDict[UUID, Known] = OrderedDict()

    def of(self, channel: bytes, look: int) -> Mapping[int, Piece]:
        """The pieces of a channel by when they begin; they count as used now."""
        found = self._kept.get((channel, look))
        if found is None:
            return _NONE
        self._kept.move_to_end((channel, look))
        return found

    def put(self, channel: bytes, look: int, pieces: Iterable[Piece]) -> None:
        """Keep pieces of a channel."""
        kept = self._kept.setdefault((channel, look), {})
        self._kept.move_to_end((channel, look))
        for piece in pieces:
            gone = kept.get(piece.begin)
            self.weight += piece.weight - (gone.weight if gone else 0)
            kept[piece.begin] = piece
        while self.weight > self.most_bytes and self._kept:
            _, all_gone = self._kept.popitem(last=False)
            self.weight -= sum(one.weight for one in all_gone.values())

    def is_current(self, space: Space) -> bool:
        """Whether all is known of a space at its version."""
        found = self._known.get(space.id)
        return found is not None and found.version >= space.version

    async def known(self, ctx: ReadContext, heads: Executable) -> Known:
        """What is known of the context's space at its version: one round trip if it moved."""
        assert ctx.space is not None  # noqa: S101  (callers ask within a space)
        found = self._known.get(ctx.space.id)
        if found is not None and found.version >= ctx.space.version:
            self._known.move_to_end(ctx.space.id)
            return found
        values: dict[str, Any] = {"space": ctx.space.id}
        if found is None:
            last, rows = await ctx.db.batch(_LAST(**values), heads)
            position = last[0]["position"] if last else 0
            found = Known(ctx.space.version, position, [Head.of(row) for row in rows])
        else:
            values["after"] = found.position
            news, rows = await ctx.db.batch(_NEWS(**values), heads)
            if ctx.space.version > found.version:
                found.hear(ctx.space.version, news)
                found.list_channels([Head.of(row) for row in rows])
        self._known[ctx.space.id] = found
        self._known.move_to_end(ctx.space.id)
        while len(self._known) > MOST_SPACES:
            self._known.popitem(last=False)
        return found


PIECES: Final = Pieces()
