"""Which channels a guide's channels are: found, suggested, made, or left to a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from mediatheque.areas.live.adapters.xmltv.reading import Target
from mediatheque.areas.live.events import ChannelsFound
from mediatheque.areas.live.models import Channel, GuideSource, SourceChannel
from mediatheque.areas.live.rules.mapping import SURE, Ours, Theirs, assign
from mediatheque.areas.live.rules.playlists import guide_shift
from mediatheque.areas.live.schemas.guides import is_number
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.db import Stage
from mediatheque.kit.db.jsonb import jsonb
from mediatheque.kit.ids import uuid7
from mediatheque.kit.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from mediatheque.areas.live.rules.mapping import Suggestion
    from mediatheque.areas.live.schemas.guides import ChannelSeen
    from mediatheque.kit.db import Row

MANY: Final = 50
"""From so many new channels on the planner needs to hear of them at once."""

CHANNELS: Final = Stage(
    "stage_channels",
    {
        "id": "uuid",
        "slug": "text",
        "number": "text",
        "position": "int",
        "name": "text",
        "names": "jsonb",
        "guide_key": "text",
        "language": "text",
        "logo_url": "text",
        "website_url": "text",
    },
)
SEEN: Final = Stage(
    "stage_source_channels",
    {
        "key": "text",
        "name": "text",
        "names": "jsonb",
        "number": "text",
        "icon_url": "text",
        "detail": "jsonb",
        "state": "text",
        "channel_id": "uuid",
        "suggested_id": "uuid",
        "score": "smallint",
        "reasons": "jsonb",
        "programmes": "int",
    },
)
_MAKE = f"""
    INSERT INTO live_channels (space_id, import_id, {", ".join(CHANNELS.columns)})
    SELECT %(space)s, %(import)s, {", ".join(CHANNELS.columns)} FROM stage_channels
"""  # noqa: S608  (the parts are constants of this file)
_NOTE = f"""
    INSERT INTO live_source_channels (space_id, source_id, seen_at, {", ".join(SEEN.columns)})
    SELECT %(space)s, %(source)s, %(now)s, {", ".join(SEEN.columns)} FROM stage_source_channels
    ON CONFLICT (space_id, source_id, key) DO UPDATE SET
        (seen_at, {", ".join(SEEN.columns)}) =
        (excluded.seen_at, {", ".join(f"excluded.{name}" for name in SEEN.columns)})
"""  # noqa: S608  (the parts are constants of this file)


@dataclass(slots=True)
class Mapped:
    """Where each key's programmes go; keys without a target wait for a person or are ignored."""

    targets: dict[str, Target] = field(default_factory=dict)
    ignored: set[str] = field(default_factory=set)
    made: int = 0


async def _known(ctx: Context, source: GuideSource) -> dict[str, Row]:
    rows = await ctx.db.rows(
        select(SourceChannel.__table__).where(
            SourceChannel.space_id == ctx.space_id, SourceChannel.source_id == source.id
        )
    )
    return {row["key"]: row for row in rows}


@requires(Permission.IMPORT_CREATE)
async def map_channels(
    ctx: Context, source: GuideSource, import_id: UUID | None, seen: Mapping[str, ChannelSeen]
) -> Mapped:
    """Find, suggest or make the channel of each of a source's channels, and note it."""
    here = await ctx.db.rows(
        select(
            Channel.id,
            Channel.slug,
            Channel.name,
            Channel.names,
            Channel.guide_key,
            Channel.number,
            Channel.position,
            Channel.stream_url.is_not(None).label("has_stream"),
            Channel.stream_options,
        ).where(Channel.space_id == ctx.space_id)
    )
    known = await _known(ctx, source)
    decided = {
        key: row for key, row in known.items() if row["decided_by"] or row["state"] == "mapped"
    }
    ours = [
        Ours(
            row["id"],
            row["name"],
            tuple(str(name) for name in row["names"].values()),
            row["guide_key"],
            row["number"],
        )
        for row in here
    ]
    taken = frozenset(row["channel_id"] for row in decided.values() if row["channel_id"])
    asked = [
        Theirs(one.key, tuple(n for _, n in one.names if not is_number(n)), one.number)
        for one in seen.values()
        if one.key and one.key not in decided
    ]
    suggestions = assign(asked, ours, taken)
    makes = source.unknown_channels == "create" or (
        source.unknown_channels == "auto" and not any(row["has_stream"] for row in here)
    )
    mapped = Mapped()
    missing = [seen[one.key] for one in asked if makes and one.key not in suggestions]
    made = await _make(ctx, import_id, missing, here) if missing else {}
    mapped.made = len(made)
    shifts = {row["id"]: guide_shift(row["stream_options"]) for row in here}
    notes = []
    for one in seen.values():
        if not one.key:
            continue
        row = decided.get(one.key)
        note = _note(one, row, suggestions.get(one.key), made.get(one.key))
        notes.append(note)
        if note[6] == "mapped":
            shift = shifts.get(note[7], timedelta())
            shift += timedelta(minutes=row["shift_minutes"] if row else 0)
            mapped.targets[one.key] = Target(note[7], shift)
        elif note[6] == "ignored":
            mapped.ignored.add(one.key)
    await _save(ctx, source, notes)
    return mapped


def _note(
    one: ChannelSeen, decided: Row | None, suggestion: Suggestion | None, made: UUID | None
) -> tuple[Any, ...]:
    state, channel_id, suggested, score = "unknown", None, None, None
    reasons: tuple[str, ...] = ()
    if decided is not None:
        state, channel_id = decided["state"], decided["channel_id"]
        suggested, score = decided["suggested_id"], decided["score"]
        reasons = decided["reasons"]
    elif made is not None:
        state, channel_id, score, reasons = "mapped", made, 100, ("made from this guide",)
    elif suggestion is not None:
        is_sure = suggestion.score >= SURE
        state = "mapped" if is_sure else "suggested"
        channel_id = suggestion.channel_id if is_sure else None
        suggested, score = suggestion.channel_id, suggestion.score
        reasons = suggestion.reasons
    return (
        one.key,
        one.name,
        jsonb(one.names),
        one.number,
        one.icons[0]["src"] if one.icons else None,
        jsonb({"icons": one.icons, "urls": one.urls} if one.icons or one.urls else {}),
        state,
        channel_id,
        suggested,
        score,
        jsonb(list(reasons)),
        one.programmes,
    )


async def _make(
    ctx: Context, import_id: UUID | None, missing: Iterable[ChannelSeen], here: list[Row]
) -> dict[str, UUID]:
    """Channels for what none is; answers key → id."""
    slugs = {row["slug"] for row in here}
    highest = max((row["position"] for row in here), default=0)
    made: dict[str, UUID] = {}
    rows = []
    for position, one in enumerate(missing, highest + 1):
        made[one.key] = uuid7()
        names = {lang: name for lang, name in reversed(one.names) if lang and name != one.number}
        rows.append(
            (
                made[one.key],
                _slug(one.name, slugs),
                one.number,
                position,
                one.name,
                jsonb(names),
                one.key,
                next((lang for lang, name in one.names if lang and name == one.name), None),
                one.icons[0]["src"] if one.icons else None,
                one.urls[0][1] if one.urls else None,
            )
        )
    connection = await ctx.db.connection()
    await CHANNELS.fill(connection, rows)
    await connection.execute(_MAKE, {"space": ctx.space_id, "import": import_id})
    if len(rows) >= MANY:
        await connection.execute("ANALYZE live_channels")
    ctx.emit(
        ChannelsFound(
            ref=Ref("import", import_id),
            after={"channels": len(rows)},
            batch=tuple(made.values()),
        )
    )
    return made


def _slug(name: str, taken: set[str]) -> str:
    base = slugify(name, fallback="channel")
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    taken.add(slug)
    return slug


async def _save(ctx: Context, source: GuideSource, notes: list[tuple[Any, ...]]) -> None:
    connection = await ctx.db.connection()
    await SEEN.fill(connection, notes)
    await connection.execute(_NOTE, {"space": ctx.space_id, "source": source.id, "now": ctx.now})
