"""Channels as a playlist leaves them: staged, and written set by set."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ARRAY, Uuid, any_, func, literal, select

from mediatheque.areas.live.models import Channel, ChannelGenre
from mediatheque.areas.live.rules.playlists import STREAM, genres_of
from mediatheque.areas.live.schemas.playlists import FIELDS
from mediatheque.kit.db import Stage
from mediatheque.kit.db.jsonb import jsonb

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from mediatheque.core.context import Context
    from mediatheque.kit.db import Row

_JSON: Final = frozenset({"groups", "stream_options"})
_COLUMNS: Final = {name: "jsonb" if name in _JSON else "text" for name in FIELDS}

_CHANNELS: Final = Stage(
    "stage_playlist_channels",
    {"id": "uuid", "slug": "text", "position": "int", "is_stream_new": "boolean", **_COLUMNS},
)
_GENRES: Final = Stage(
    "stage_playlist_genres", {"channel_id": "uuid", "genre": "text", "is_new": "boolean"}
)
_VALUES: Final = ", ".join(
    "ARRAY(SELECT jsonb_array_elements_text(s.groups))"
    if name == "groups"
    else "coalesce(s.stream_options, '{}')"
    if name == "stream_options"
    else f"s.{name}"
    for name in FIELDS
)
_MAKE: Final = f"""
    INSERT INTO live_channels (space_id, import_id, id, slug, position, {", ".join(FIELDS)})
    SELECT %(space)s, %(import)s, s.id, s.slug, s.position, {_VALUES}
    FROM stage_playlist_channels s
"""  # noqa: S608  (the parts are constants of this file)
_CHANGE: Final = f"""
    UPDATE live_channels c SET ({", ".join(FIELDS)}) = ROW({_VALUES})
    FROM stage_playlist_channels s WHERE c.space_id = %(space)s AND c.id = s.id
"""  # noqa: S608  (the parts are constants of this file)
_UNSEEN: Final = """
    DELETE FROM live_stream_checks k USING stage_playlist_channels s
    WHERE k.space_id = %(space)s AND k.channel_id = s.id AND s.is_stream_new
"""
_NO_GENRES: Final = """
    DELETE FROM live_channel_genres g USING stage_playlist_genres s
    WHERE g.space_id = %(space)s AND g.channel_id = s.channel_id AND g.genre = s.genre
      AND NOT s.is_new
"""
_NEW_GENRES: Final = """
    INSERT INTO live_channel_genres (space_id, channel_id, genre)
    SELECT DISTINCT %(space)s, channel_id, genre FROM stage_playlist_genres WHERE is_new
    ON CONFLICT DO NOTHING
"""


@dataclass(slots=True)
class Change:
    """What a channel becomes. ``values`` are all of ``FIELDS``, ``changes`` those that are new.

    ``before`` is what these were, ``genres_added`` and ``genres_gone`` what came of the groups.
    """

    channel_id: UUID
    values: dict[str, Any]
    changes: dict[str, Any]
    before: dict[str, Any]
    genres_added: list[str] = field(default_factory=list)
    genres_gone: list[str] = field(default_factory=list)


async def locked_channels(ctx: Context, ids: Sequence[UUID]) -> dict[UUID, Row]:
    """Channels as they are, held until the transaction ends."""
    if not ids:
        return {}
    # A join, not ``id = ANY(…)``: of thousands that is a search in each row.
    wanted = func.unnest(literal(list(ids), ARRAY(Uuid))).table_valued("id").render_derived()
    rows = await ctx.db.rows(
        select(
            Channel.id,
            *(getattr(Channel, name) for name in FIELDS),
            Channel.edited_fields,
            Channel.edited_at,
        )
        .join(wanted, wanted.c.id == Channel.id)
        .where(Channel.space_id == ctx.space_id)
        .order_by(Channel.id)
        .with_for_update(key_share=True, of=Channel)
    )
    return {row["id"]: row for row in rows}


async def genres_here(ctx: Context, ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    """The genres of channels."""
    found: dict[UUID, set[str]] = {one: set() for one in ids}
    if not ids:
        return found
    rows = await ctx.db.rows(
        select(ChannelGenre.channel_id, ChannelGenre.genre).where(
            ChannelGenre.space_id == ctx.space_id,
            ChannelGenre.channel_id == any_(literal(list(ids), ARRAY(Uuid))),
        )
    )
    for row in rows:
        found[row["channel_id"]].add(row["genre"])
    return found


def change_of(row: Row, changes: Mapping[str, Any]) -> Change:
    """A change of a channel that was read."""
    return Change(
        row["id"],
        {name: changes.get(name, row[name]) for name in FIELDS},
        dict(changes),
        {name: row[name] for name in changes},
    )


async def make_channels(
    ctx: Context, import_id: UUID, made: Sequence[tuple[UUID, str, int, Mapping[str, Any]]]
) -> None:
    """Make channels: id, slug, position and what the playlist says of each."""
    connection = await ctx.db.connection()
    values = {"space": ctx.space_id, "import": import_id}
    await _CHANNELS.fill(
        connection,
        [
            (one, slug, position, False, *_cells({"groups": [], **said}))
            for one, slug, position, said in made
        ],
    )
    await connection.execute(_MAKE, values)
    genres = [
        (one, genre, True)
        for one, _, _, said in made
        for genre in genres_of(said.get("groups", ()))
    ]
    await _GENRES.fill(connection, genres)
    await connection.execute(_NEW_GENRES, values)


async def write_changes(ctx: Context, changed: Sequence[Change]) -> None:
    """Write changes of channels; a stream that is another one is looked at anew."""
    if not changed:
        return
    connection = await ctx.db.connection()
    values = {"space": ctx.space_id}
    await _CHANNELS.fill(
        connection,
        [
            (one.channel_id, None, None, STREAM in one.changes, *_cells(one.values))
            for one in changed
        ],
    )
    await connection.execute(_CHANGE, values)
    await connection.execute(_UNSEEN, values)
    genres = [
        (one.channel_id, genre, is_new)
        for one in changed
        for is_new, words in ((True, one.genres_added), (False, one.genres_gone))
        for genre in words
    ]
    if genres:
        await _GENRES.fill(connection, genres)
        await connection.execute(_NO_GENRES, values)
        await connection.execute(_NEW_GENRES, values)


def _cells(values: Mapping[str, Any]) -> Iterable[Any]:
    for name in FIELDS:
        value = values.get(name)
        yield jsonb(value) if name in _JSON and value is not None else value
