"""Making, changing, ordering and removing channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from mediatheque.areas.entitlements.queries import get_package
from mediatheque.areas.live.actions.holding import hold
from mediatheque.areas.live.events import (
    ChannelCreated,
    ChannelDeleted,
    ChannelsOrdered,
    ChannelUpdated,
)
from mediatheque.areas.live.models import Channel, ChannelGenre, SourceChannel
from mediatheque.areas.live.queries.channels import get_channel
from mediatheque.areas.live.rules.genres import folded_genres
from mediatheque.areas.live.rules.refusals import ChannelNotFoundError, ChannelNumberTakenError
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref, changes
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7
from mediatheque.kit.text import slugify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.areas.live.schemas.channels import (
        ChannelCreate,
        ChannelOrder,
        ChannelRead,
        ChannelUpdate,
    )

SECRET = frozenset({"stream_url"})
"""What may hold a password of a provider: the journal says that it changed, and not to what."""


@requires(Permission.LIVE_MANAGE)
async def create_channel(ctx: Context, given: ChannelCreate) -> ChannelRead:
    """Make a channel, behind the others."""
    await _check(ctx, given.number, given.package_id, None)
    last = await ctx.db.scalar(
        select(func.max(Channel.position)).where(Channel.space_id == ctx.space_id)
    )
    values = given.model_dump(exclude={"genres"})
    made = Channel(
        space_id=ctx.space_id,
        id=uuid7(),
        slug=await free_slug(ctx, given.name),
        position=(last or 0) + 1,
        names={},
        stream_options={},
        edited_fields=sorted(name for name, value in values.items() if value not in (None, [])),
        edited_at=ctx.now,
        **values,
    )
    await ctx.db.add(made)
    await _set_genres(ctx, made.id, given.genres)
    ctx.emit(ChannelCreated(ref=_ref(made), after=_told({"name": made.name, **values})))
    return await get_channel(ctx, made.id)


@requires(Permission.LIVE_MANAGE)
async def update_channel(ctx: Context, channel_id: UUID, given: ChannelUpdate) -> ChannelRead:
    """Change a channel. What is changed by hand, guides and playlists leave alone."""
    channel = await hold(ctx, Channel, channel_id)
    wanted = given.model_dump(exclude_unset=True, exclude={"genres"})
    if wanted.get("name", "") is None:
        del wanted["name"]
    for name in ("groups", "is_hidden"):
        if wanted.get(name, "") is None:
            del wanted[name]
    await _check(ctx, wanted.get("number"), wanted.get("package_id"), channel_id)
    before, after = changes({name: getattr(channel, name) for name in wanted}, wanted)
    for name, value in after.items():
        setattr(channel, name, value)
    if given.genres is not None:
        had = await _genres(ctx, channel_id)
        have = sorted(folded_genres(given.genres))
        if had != have:
            await _set_genres(ctx, channel_id, given.genres)
            before["genres"], after["genres"] = had, have
    if after:
        channel.edited_fields = sorted({*channel.edited_fields, *after})
        channel.edited_at = ctx.now
        await ctx.db.flush()
        ctx.emit(ChannelUpdated(ref=_ref(channel), before=_told(before), after=_told(after)))
    return await get_channel(ctx, channel_id)


@requires(Permission.LIVE_MANAGE)
async def delete_channel(ctx: Context, channel_id: UUID) -> None:
    """Remove a channel with its schedule; guides and playlists leave it out from now on."""
    channel = await hold(ctx, Channel, channel_id)
    ref, before = _ref(channel), {"name": channel.name, "number": channel.number}
    # Else the next refresh of its guide or playlist would bring it again.
    await ctx.db.execute(
        update(SourceChannel)
        .where(SourceChannel.space_id == ctx.space_id, SourceChannel.channel_id == channel_id)
        .values(
            state="ignored", channel_id=None, decided_by=ctx.actor.id, decided_at=ctx.now, said={}
        )
    )
    await ctx.db.execute(
        delete(Channel).where(Channel.space_id == ctx.space_id, Channel.id == channel_id)
    )
    ctx.emit(ChannelDeleted(ref=ref, before=before))


@requires(Permission.LIVE_MANAGE)
async def order_channels(ctx: Context, given: ChannelOrder) -> None:
    """Put channels in an order: these first, the others behind them as they were."""
    ids = list(dict.fromkeys(given.ids))
    connection = await ctx.db.connection()
    found = await (
        await connection.execute(
            "SELECT count(*) FROM live_channels WHERE space_id = %s AND id = ANY(%s)",
            (ctx.space_id, ids),
        )
    ).fetchone()
    if found is None or found[0] != len(ids):
        raise ChannelNotFoundError(field="ids")
    await connection.execute(
        """
        UPDATE live_channels c SET position = o.place
        FROM (SELECT c.id, row_number() OVER (
                  ORDER BY array_position(%(ids)s::uuid[], c.id) NULLS LAST, c.position, c.id
              ) AS place
              FROM live_channels c WHERE c.space_id = %(space)s) o
        WHERE c.space_id = %(space)s AND c.id = o.id AND c.position <> o.place
        """,
        {"space": ctx.space_id, "ids": ids},
    )
    ctx.emit(ChannelsOrdered(ref=Ref("channels", None, ""), after={"moved": len(ids)}))


async def _check(
    ctx: Context, number: str | None, package_id: UUID | None, besides: UUID | None
) -> None:
    if package_id is not None:
        await get_package(ctx, package_id)
    if number is None:
        return
    taken = await ctx.db.row(
        select(Channel.id, Channel.name).where(
            Channel.space_id == ctx.space_id,
            Channel.number == number,
            Channel.id.is_distinct_from(besides),
        )
    )
    if taken is not None:
        raise ChannelNumberTakenError(
            f"The channel “{taken['name']}” has the number {number}.", field="number"
        )


async def free_slug(ctx: Context, name: str) -> str:
    """An address for a channel that no other has."""
    slug = slugify(name)
    taken = await ctx.db.row(
        select(Channel.id).where(Channel.space_id == ctx.space_id, Channel.slug == slug)
    )
    return slug if taken is None else f"{slug}-{uuid7().hex[-6:]}"


async def _genres(ctx: Context, channel_id: UUID) -> list[str]:
    rows = await ctx.db.rows(
        select(ChannelGenre.genre)
        .where(ChannelGenre.space_id == ctx.space_id, ChannelGenre.channel_id == channel_id)
        .order_by(ChannelGenre.genre)
    )
    return [row["genre"] for row in rows]


async def _set_genres(ctx: Context, channel_id: UUID, genres: Sequence[str]) -> None:
    await ctx.db.execute(
        delete(ChannelGenre).where(
            ChannelGenre.space_id == ctx.space_id, ChannelGenre.channel_id == channel_id
        )
    )
    folded = sorted(folded_genres(genres))
    if folded:
        await ctx.db.execute(
            insert(ChannelGenre),
            [{"space_id": ctx.space_id, "channel_id": channel_id, "genre": one} for one in folded],
        )


def _told(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: ("…" if value else None) if name in SECRET else _plain(value)
        for name, value in values.items()
    }


def _plain(value: Any) -> Any:  # noqa: ANN401  (a column's value)
    return value if isinstance(value, str | int | float | bool | list | None) else str(value)


def _ref(channel: Channel) -> Ref:
    return Ref("channel", channel.id, channel.name)
