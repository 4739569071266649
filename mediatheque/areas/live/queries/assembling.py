"""The guide put together from pieces that are kept; only what is missing is asked for.

For those who may see every programme: what a profile's limit or a genre leaves out is left out by
the statements of :mod:`~mediatheque.areas.live.queries.guide`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import ARRAY, BigInteger, Uuid, bindparam

from mediatheque.areas.live.queries.parts import CHANNEL, GENRES, PROGRAMME
from mediatheque.areas.live.queries.pieces import PIECES, QUARTER, cut, within
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.db import Prepared

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from mediatheque.areas.live.queries.pieces import Head, Known, Piece

_HEADS: Final = Prepared(f"""
    SELECT c.id, c.package_id, concat({CHANNEL}) AS head, {GENRES} AS genres,
           ARRAY(SELECT g.genre FROM live_channel_genres g
                 WHERE g.space_id = c.space_id AND g.channel_id = c.id) AS of_genres
    FROM live_channels c
    WHERE c.space_id = :space AND NOT c.is_hidden
    ORDER BY c.position, c.id
""")  # noqa: S608  (the parts are constants)
_HELD: Final = Prepared("""
    SELECT e.package_id FROM entitlements_entitlements e
    WHERE e.space_id = :space AND e.user_id = :viewer AND e.revoked_at IS NULL
      AND e.starts_at <= :now AND (e.expires_at IS NULL OR e.expires_at > :now)
""")
_STRETCHES: Final = f"""
    SELECT w.channel_id, x.times, x.spelled
    FROM unnest(cast(:channels AS uuid[]), cast(:begins AS bigint[]), cast(:ends AS bigint[]))
         AS w (channel_id, begins, ends)
    CROSS JOIN LATERAL (
        SELECT to_timestamp(w.begins / 1000000) AS since, to_timestamp(w.ends / 1000000) AS until
    ) t
    CROSS JOIN LATERAL (
        SELECT string_agg(y.spelled, E'\\n' ORDER BY y.start_at) AS spelled,
               string_agg(concat((extract(epoch FROM y.start_at) * 1000000)\\:\\:bigint, ' ',
                                 (extract(epoch FROM y.stop_at) * 1000000)\\:\\:bigint),
                          ' ' ORDER BY y.start_at) AS times
        FROM (
            (SELECT p.start_at, p.stop_at, {PROGRAMME} AS spelled
             FROM (SELECT * FROM live_programmes q
                   WHERE q.space_id = :space AND q.channel_id = w.channel_id
                     AND q.start_at <= t.since
                   ORDER BY q.start_at DESC LIMIT 1) p
             WHERE p.stop_at > t.since)
            UNION ALL
            (SELECT p.start_at, p.stop_at, {PROGRAMME}
             FROM live_programmes p
             WHERE p.space_id = :space AND p.channel_id = w.channel_id
               AND p.start_at > t.since AND p.start_at < t.until)) y
    ) x
"""  # noqa: S608  (the parts are constants)
_PIECES: Final = Prepared(
    _STRETCHES,
    bindparam("channels", type_=ARRAY(Uuid)),
    bindparam("begins", type_=ARRAY(BigInteger)),
    bindparam("ends", type_=ARRAY(BigInteger)),
)
_DENIED: Final = b',"is_entitled":false'
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which channels: of some ids, of a folded genre, with or without a right to play."""

    ids: Collection[UUID] | None = None
    genre: str | None = None
    is_entitled: bool | None = None


def moment(at: datetime) -> int:
    """Microseconds since 1970."""
    return (at - _EPOCH) // _MICROSECOND


def is_whole(ctx: ReadContext) -> bool:
    """Whether who asks may see every programme, of a space whose version is known."""
    profile = ctx.actor.profile
    is_limited = profile is not None and profile.maturity_limit is not None
    return bool(ctx.space and ctx.space.version) and not is_limited


async def _channels(
    ctx: ReadContext, known: Known, chosen: Chosen, *, has_all: bool
) -> list[tuple[Head, bytes]]:
    """Channels, and what is said of them before their programmes."""
    heads = known.of(chosen.ids)
    if chosen.genre:
        heads = [one for one in heads if chosen.genre in one.of_genres]
    held: set[UUID | None] = {None}
    if not has_all and any(one.package_id for one in heads):
        values = {"space": ctx.space_id, "viewer": ctx.actor.id, "now": ctx.now}
        held |= {row["package_id"] for row in await ctx.db.rows(_HELD(**values))}
    answer = []
    for one in heads:
        may = has_all or one.package_id in held
        if chosen.is_entitled is None or chosen.is_entitled == may:
            answer.append((one, one.spelled if may else one.spelled + _DENIED))
    return answer


async def _pieces(
    ctx: ReadContext, known: Known, channels: Sequence[tuple[Head, bytes]], begins: range
) -> list[list[Piece]]:
    """The pieces of each channel; what is not kept is asked for by one statement."""
    found: list[list[Piece]] = []
    lacking: list[tuple[int, UUID, int, int]] = []
    for number, (head, _) in enumerate(channels):
        kept = PIECES.of(head.key, known.look_of(head.id))
        here = [piece for begin in begins if (piece := kept.get(begin))]
        found.append(here)
        if len(here) < len(begins):
            absent = [begin for begin in begins if begin not in kept]
            lacking.append((number, head.id, absent[0], absent[-1] + QUARTER))
    if not lacking:
        return found
    _, ids, since, until = zip(*lacking, strict=True)
    asked = _PIECES(space=ctx.space_id, channels=list(ids), begins=list(since), ends=list(until))
    looks = {one: known.look_of(one) for one in ids}
    rows = {row["channel_id"]: row for row in await ctx.db.rows(asked)}
    for number, channel_id, first, end in lacking:
        row = rows[channel_id]
        made = cut(first, end, row["times"], row["spelled"])
        PIECES.put(channel_id.bytes, looks[channel_id], made)
        here = [one for one in found[number] if not first <= one.begin < end]
        found[number] = sorted([*here, *made], key=lambda one: one.begin)
    return found


@requires(Permission.LIVE_READ)
async def assemble_guide(
    ctx: ReadContext, chosen: Chosen, since: datetime, until: datetime, *, has_all: bool
) -> list[bytes]:
    """The rows of the guide in JSON, one for each channel; parts, to be joined as they are."""
    known = await PIECES.known(ctx, _HEADS(space=ctx.space_id))
    channels = await _channels(ctx, known, chosen, has_all=has_all)
    first, last = moment(since), moment(until)
    begins = range(first - first % QUARTER, last, QUARTER)
    parts: list[bytes] = []
    for (one, head), pieces in zip(
        channels, await _pieces(ctx, known, channels, begins), strict=True
    ):
        parts += (head, one.genres, b',"programmes":[', within(pieces, first, last), b"]},")
    parts[-1:] = [b"]}"] if parts else []
    return parts


@requires(Permission.LIVE_READ)
async def assemble_now(
    ctx: ReadContext, chosen: Chosen, *, has_all: bool
) -> tuple[list[tuple[UUID, bytes]], list[UUID]]:
    """Each channel with what is on and what comes next, in JSON.

    And the channels of which what is kept does not say so.
    """
    known = await PIECES.known(ctx, _HEADS(space=ctx.space_id))
    now = moment(ctx.now)
    begin = now - now % QUARTER
    rows: list[tuple[UUID, bytes]] = []
    unsaid: list[UUID] = []
    for one, head in await _channels(ctx, known, chosen, has_all=has_all):
        kept = PIECES.of(one.key, known.look_of(one.id))
        current = coming = b""
        if piece := kept.get(begin):
            current, coming = piece.on(now)
        if piece and not coming and (later := kept.get(begin + QUARTER)):
            coming = later.first
        if not coming:
            unsaid.append(one.id)
        said = b',"now":' + current if current else b""
        said += b',"next":' + coming if coming else b""
        rows.append((one.id, b"%b%b}" % (head, said)))
    return rows, unsaid
