"""The guide: many channels and several days in one statement, spelled as JSON by the database.

Who may see every programme is answered from pieces that are kept
(:mod:`~mediatheque.areas.live.queries.assembling`); the others by the statements here.

A row of the guide is text when it leaves PostgreSQL, so that 25,000 entries are neither turned
into objects nor back. Entries of a channel never overlap: the one that is on at ``from`` is the
last that began before it, and everything else begins later, which is a walk along one B-tree.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import orjson
from pydantic import BaseModel
from sqlalchemy import ARRAY, Text, Uuid, bindparam

from mediatheque.areas.entitlements.queries import entitled, viewer
from mediatheque.areas.live.queries.assembling import (
    Chosen,
    assemble_guide,
    assemble_now,
    is_whole,
)
from mediatheque.areas.live.queries.parts import CHANNEL, ENTITLED, GENRES, PROGRAMME
from mediatheque.areas.live.queries.pieces import PIECES
from mediatheque.areas.live.rules.refusals import BadGuideWindowError, ProgrammeNotFoundError
from mediatheque.areas.live.schemas.schedule import MOST_CHANNELS, ProgrammeRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.db import Prepared
from mediatheque.kit.ids import parse_id
from mediatheque.kit.text import fold

if TYPE_CHECKING:
    from mediatheque.areas.live.schemas.schedule import GuideFilter

USUAL: Final = timedelta(hours=3)
LONGEST: Final = timedelta(days=15)
MOST_LIMITS: Final = 128

_CHANNELS: Final = f"""
    FROM live_channels c
    WHERE c.space_id = :space AND NOT c.is_hidden
      AND (cast(:channels AS uuid[]) IS NULL OR c.id = ANY(cast(:channels AS uuid[])))
      AND (cast(:channel_genre AS text) IS NULL OR EXISTS (
          SELECT 1 FROM live_channel_genres g
          WHERE g.space_id = c.space_id AND g.channel_id = c.id AND g.genre = :channel_genre))
      AND (cast(:entitled AS boolean) IS NULL OR {entitled("c.package_id")} = :entitled)
      AND $limit_channel"""  # noqa: S608  (the parts are constants of this file)
_WANTED: Final = "(cast(:genre AS text) IS NULL OR :genre = ANY(p.genres)) AND $limit"
_GUIDE: Final = f"""
    SELECT concat({CHANNEL}, {ENTITLED}, {GENRES}, ',"programmes":[', (
        SELECT string_agg(x.spelled, ',' ORDER BY x.start_at) FROM (
            (SELECT p.start_at, {PROGRAMME} AS spelled
             FROM (SELECT * FROM live_programmes q
                   WHERE q.space_id = :space AND q.channel_id = c.id AND q.start_at <= :since
                   ORDER BY q.start_at DESC LIMIT 1) p
             WHERE p.stop_at > :since AND {_WANTED})
            UNION ALL
            (SELECT p.start_at, {PROGRAMME}
             FROM live_programmes p
             WHERE p.space_id = :space AND p.channel_id = c.id
               AND p.start_at > :since AND p.start_at < :until AND {_WANTED})) x
    ), ']}}') AS row
    {_CHANNELS}
    ORDER BY c.position, c.id
"""  # noqa: S608  (the parts are constants of this file)
_NOW: Final = f"""
    SELECT c.id, c.position, concat({CHANNEL}, {ENTITLED}, ',"now":' || (
        SELECT {PROGRAMME} FROM (
            SELECT * FROM live_programmes q
            WHERE q.space_id = :space AND q.channel_id = c.id AND q.start_at <= :since
            ORDER BY q.start_at DESC LIMIT 1) p
        WHERE p.stop_at > :since AND $limit),
      ',"next":' || (
        SELECT {PROGRAMME} FROM (
            SELECT * FROM live_programmes q
            WHERE q.space_id = :space AND q.channel_id = c.id AND q.start_at > :since
            ORDER BY q.start_at LIMIT 1) p
        WHERE $limit), '}}') AS row
    {_CHANNELS}
    ORDER BY c.position, c.id
"""  # noqa: S608  (the parts are constants of this file)
_NOW_OF_ALL: Final = f"""
    SELECT string_agg(n.row, ',' ORDER BY n.position, n.id) AS rows FROM ({_NOW}) n
"""  # noqa: S608  (the part is a constant of this file)
"""One text instead of a row for each channel, which would be taken apart and put together again."""
_ONE: Final = f"""
    SELECT p.*, c.name AS channel_name,
           coalesce(starts_with(c.stream_url, 'http'), false) AS is_playable,
           {entitled("c.package_id")} AS is_entitled,
           t.slug AS title_slug, t.title AS title_name, r.id AS reminder_id
    FROM live_programmes p
    JOIN live_channels c ON c.space_id = p.space_id AND c.id = p.channel_id
    LEFT JOIN catalog_titles t ON t.space_id = p.space_id AND t.id = p.title_id
    LEFT JOIN live_reminders r
      ON r.space_id = p.space_id AND r.programme_id = p.id AND r.user_id = :viewer
     AND r.profile_id IS NOT DISTINCT FROM cast(:profile AS uuid)
    WHERE p.space_id = :space AND p.id = :id AND $limit
"""  # noqa: S608  (the parts are constants of this file)


ENTRY_AGE: Final = """coalesce(greatest(p.min_age, (
    SELECT t.minimum_age FROM catalog_titles t
    WHERE t.space_id = p.space_id AND t.id = p.title_id)), c.min_age)"""
"""What an entry ``p`` of a channel ``c`` is for: its own age or its work's, whichever is more."""


class Spelled(BaseModel):
    """An answer that is JSON already; ``schemas.schedule`` says of what shape."""

    body: bytes


def limited(ctx: ReadContext, age: str) -> str:
    """SQL: whether something for ``age`` years (null: unknown) suits the profile."""
    profile = ctx.actor.profile
    if profile is None or profile.maturity_limit is None:
        return "true"
    limit = int(profile.maturity_limit)
    return f"coalesce({age}, {0 if profile.shows_unknown else limit + 1}) <= {limit}"


def _fitted(ctx: ReadContext, sql: str) -> Prepared:
    """The statement for the profile that asks.

    An entry is for the age of itself or its work, whichever is more; without either, for its
    channel's.
    """
    return _prepared(sql, limited(ctx, "c.min_age"), limited(ctx, ENTRY_AGE))


@lru_cache(MOST_LIMITS)
def _prepared(sql: str, of_channel: str, of_entry: str) -> Prepared:
    made = sql.replace("$limit_channel", of_channel).replace("$limit", of_entry)
    return Prepared(made, *(one for one in _TYPES if f":{one.key} " in sql))


def _window(ctx: ReadContext, wanted: GuideFilter) -> tuple[datetime, datetime]:
    since = wanted.from_ or ctx.now.replace(second=0, microsecond=0)
    until = wanted.to or since + USUAL
    if until <= since:
        raise BadGuideWindowError("“to” is before “from”.", field="to")
    if until - since > LONGEST:
        raise BadGuideWindowError(f"Ask for at most {LONGEST.days} days at once.", field="to")
    return since, until


def chosen(value: str | None) -> list[UUID] | None:
    """Ids that are separated by commas."""
    if value is None:
        return None
    ids = [parse_id(one.strip()) for one in value.split(",") if one.strip()]
    found = [one for one in ids if one is not None]
    if len(found) != len(ids):
        raise BadGuideWindowError("Channels are ids, separated by commas.", field="channels")
    if len(found) > MOST_CHANNELS:
        raise BadGuideWindowError(f"Name at most {MOST_CHANNELS} channels.", field="channels")
    return found


def _channels(
    ctx: ReadContext, ids: list[UUID] | None, genre: str | None, *, is_entitled: bool | None
) -> dict[str, Any]:
    return {
        "space": ctx.space_id,
        "now": ctx.now,
        "channels": ids,
        "channel_genre": fold(genre) if genre else None,
        "entitled": is_entitled,
        **viewer(ctx),
    }


_TYPES: Final = (
    bindparam("channels", type_=ARRAY(Uuid)),
    bindparam("channel_genre", type_=Text),
    bindparam("genre", type_=Text),
)


@requires(Permission.LIVE_READ)
async def spell_guide(ctx: ReadContext, wanted: GuideFilter) -> Spelled:
    """The guide as ``GuideRead`` describes it, in JSON; from what is kept, or by one statement."""
    since, until = _window(ctx, wanted)
    ids = chosen(wanted.channels)
    genre = fold(wanted.genre) if wanted.genre else None
    values = _channels(ctx, ids, wanted.channel_genre, is_entitled=wanted.entitled)
    if is_whole(ctx) and genre is None:
        some = Chosen(ids, values["channel_genre"], wanted.entitled)
        parts = await assemble_guide(ctx, some, since, until, has_all=values["has_all"])
    else:
        made = _fitted(ctx, _GUIDE)
        found = await ctx.db.rows(made(**values, since=since, until=until, genre=genre))
        parts = [b",".join(row["row"].encode() for row in found)]
    head = f'{{"from":{_time(since)},"to":{_time(until)},"channels":['
    return Spelled(body=b"".join([head.encode(), *parts, b"]}"]))


@requires(Permission.LIVE_READ)
async def spell_now(ctx: ReadContext, genre: str | None, *, is_entitled: bool | None) -> Spelled:
    """What is on and what comes next, as ``NowRead`` describes it, in JSON.

    By one statement, and where pieces of the guide are kept, from these.
    """
    values = _channels(ctx, None, genre, is_entitled=is_entitled)
    spelled: bytes | None = None
    if ctx.space and is_whole(ctx) and PIECES.is_current(ctx.space):
        some = Chosen(None, values["channel_genre"], is_entitled)
        kept, unsaid = await assemble_now(ctx, some, has_all=values["has_all"])
        rows = dict(kept)
        if unsaid and len(unsaid) < len(kept):
            values["channels"] = unsaid
            found = await ctx.db.rows(_fitted(ctx, _NOW)(**values, since=ctx.now))
            rows |= {row["id"]: row["row"].encode() for row in found}
            unsaid = []
        if not unsaid:
            spelled = b",".join(rows.values())
    if spelled is None:
        whole = await ctx.db.scalar(_fitted(ctx, _NOW_OF_ALL)(**values, since=ctx.now))
        spelled = (whole or "").encode()
    head = f'{{"at":{_time(ctx.now)},"channels":['
    return Spelled(body=b"%b%b]}" % (head.encode(), spelled))


@requires(Permission.LIVE_READ)
async def get_programme(ctx: ReadContext, programme_id: UUID) -> ProgrammeRead:
    """All about one entry."""
    profile = ctx.actor.profile
    row = await ctx.db.row(
        _fitted(ctx, _ONE)(
            space=ctx.space_id,
            now=ctx.now,
            id=programme_id,
            profile=profile.id if profile else None,
            **viewer(ctx),
        )
    )
    if row is None:
        raise ProgrammeNotFoundError
    return ProgrammeRead.model_validate(row)


def _time(moment: datetime) -> str:
    return orjson.dumps(moment).decode()
