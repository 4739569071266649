"""Which channels a batch of a playlist's entries are: known, found, new, or left to a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select, text

from mediatheque.areas.live.models import Channel
from mediatheque.areas.live.rules.mapping import SURE, Ours, Theirs, assign
from mediatheque.areas.live.schemas.playlists import FIELDS
from mediatheque.kit.db import Stage
from mediatheque.kit.db.jsonb import jsonb

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from mediatheque.areas.live.models import GuideSource
    from mediatheque.areas.live.rules.mapping import Suggestion
    from mediatheque.areas.live.schemas.playlists import Entry, Outline
    from mediatheque.core.context import Context
    from mediatheque.kit.db import Row

FEW: Final = 2_000
"""So many channels are compared by likeness; of more only those of the same id or name."""
COMPARISONS: Final = 20_000_000
"""Comparisons by likeness of one import, about a microsecond each."""

_SEEN: Final = Stage(
    "stage_playlist_seen",
    {
        "key": "text",
        "name": "text",
        "names": "jsonb",
        "number": "text",
        "icon_url": "text",
        "state": "text",
        "channel_id": "uuid",
        "suggested_id": "uuid",
        "score": "smallint",
        "reasons": "jsonb",
        "said": "jsonb",
    },
)
_COLUMNS: Final = ", ".join(_SEEN.columns)
_ASKED: Final = Stage("stage_playlist_asked", {"key": "text", "names": "jsonb", "said": "jsonb"})
_HERE: Final = ", ".join(f"'{name}', c.{name}" for name in FIELDS)
# ``OFFSET 0`` and the array: one search for each key. The planner, who knows little of a table
# that grows in this transaction, else reads the whole source for each batch.
_UNCHANGED: Final = f"""
    UPDATE live_source_channels SET import_id = %(import)s, seen_at = %(now)s
    WHERE space_id = %(space)s AND source_id = %(source)s AND key = ANY(ARRAY(
        SELECT s.key FROM stage_playlist_asked a
        CROSS JOIN LATERAL (
            SELECT * FROM live_source_channels
            WHERE space_id = %(space)s AND source_id = %(source)s AND key = a.key OFFSET 0
        ) s
        CROSS JOIN LATERAL (
            SELECT jsonb_build_object({_HERE}) AS here FROM live_channels c
            WHERE c.space_id = %(space)s AND c.id = s.channel_id OFFSET 0
        ) c
        WHERE s.state = 'mapped' AND s.import_id IS DISTINCT FROM %(import)s
          AND s.names = a.names AND s.said || a.said = s.said AND c.here || a.said = c.here
    ))
    RETURNING key
"""  # noqa: S608  (the parts are constants of this file)
_NOTE: Final = f"""
    INSERT INTO live_source_channels (space_id, source_id, import_id, seen_at, {_COLUMNS})
    SELECT %(space)s, %(source)s, %(import)s, %(now)s, {_COLUMNS} FROM stage_playlist_seen
    ON CONFLICT (space_id, source_id, key) DO UPDATE SET
        (import_id, seen_at, {_COLUMNS}) =
        (excluded.import_id, excluded.seen_at,
         {", ".join(f"excluded.{name}" for name in _SEEN.columns)})
"""  # noqa: S608  (the parts are constants of this file)
_RENAME: Final = """
    UPDATE live_source_channels SET key = r.new
    FROM unnest(%(old)s::text[], %(new)s::text[]) AS r (old, new)
    WHERE space_id = %(space)s AND source_id = %(source)s AND key = r.old
"""
_KNOWN: Final = text("""
    SELECT s.key, s.name, s.state, s.channel_id, s.suggested_id, s.score, s.reasons, s.decided_by,
           s.said, s.import_id
    FROM unnest(cast(:keys AS text[])) AS k (key)
    CROSS JOIN LATERAL (
        SELECT * FROM live_source_channels
        WHERE space_id = :space AND source_id = :source AND key = k.key OFFSET 0
    ) s
""").columns()
_FREE: Final = """
    DELETE FROM live_source_channels
    WHERE space_id = %(space)s AND source_id = %(source)s AND key = ANY(%(keys)s)
"""
_OURS: Final = text("""
    SELECT c.id, c.name, c.names, c.guide_key, c.number, s.key, s.decided_by, s.said
    FROM live_channels c
    LEFT JOIN live_source_channels s
      ON s.space_id = c.space_id AND s.source_id = :source AND s.channel_id = c.id
    WHERE c.space_id = :space
      AND c.import_id IS DISTINCT FROM :import
      AND (:is_few OR lower(c.guide_key) = ANY(:keys) OR lower(c.name) = ANY(:names))
""").columns()


@dataclass(slots=True)
class Note:
    """What is kept of an entry: which channel it is, and what the playlist said."""

    entry: Entry
    state: str
    channel_id: UUID | None = None
    suggested_id: UUID | None = None
    score: int | None = None
    reasons: list[str] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)

    def cells(self) -> tuple[Any, ...]:
        """The row of the stage."""
        said = {**self.before, **self.entry.said}
        return (
            self.entry.key,
            self.entry.name,
            _names(self.entry),
            said.get("number"),
            said.get("logo_url"),
            self.state,
            self.channel_id,
            self.suggested_id,
            self.score,
            jsonb(self.reasons),
            jsonb(said),
        )


def _names(one: Entry) -> str:
    return jsonb([["", name] for name in one.names])


async def known_entries(
    ctx: Context, source: GuideSource, import_id: UUID, batch: Sequence[Entry], *, renames: bool
) -> dict[str, Row]:
    """What is known of a batch's entries, by key.

    Those under a former key get their present, where ``renames``.
    """
    if not batch:
        return {}
    keys = sorted({key for one in batch for key in (one.key, *(one.former if renames else ()))})
    rows = await ctx.db.rows(_KNOWN.bindparams(space=ctx.space_id, source=source.id, keys=keys))
    found = {row["key"]: row for row in rows}
    renamed: dict[str, str] = {}
    for one in batch:
        old = next((key for key in one.former if key in found and key not in renamed), None)
        if one.key in found or old is None or one.key in renamed.values():
            continue
        if found[old]["name"] == one.name and found[old]["import_id"] != import_id:
            renamed[old] = one.key
    if renamed:
        connection = await ctx.db.connection()
        values = {"space": ctx.space_id, "source": source.id}
        await connection.execute(
            _RENAME, {**values, "old": list(renamed), "new": list(renamed.values())}
        )
        for old, new in renamed.items():
            found[new] = found.pop(old)
    return found


async def note_unchanged(
    ctx: Context, source: GuideSource, import_id: UUID, batch: Sequence[Entry]
) -> set[str]:
    """Keys of a batch's entries that say what they said, of channels that are so: seen again."""
    connection = await ctx.db.connection()
    await _ASKED.fill(connection, [(one.key, _names(one), jsonb(one.said)) for one in batch])
    values = {"space": ctx.space_id, "source": source.id, "import": import_id, "now": ctx.now}
    cursor = await connection.execute(_UNCHANGED, values)
    return {row[0] for row in await cursor.fetchall()}


async def find_channels(  # noqa: PLR0913, PLR0917  (what one batch is compared by)
    ctx: Context,
    source: GuideSource,
    import_id: UUID,
    outline: Outline,
    asked: Sequence[Entry],
    budget: list[int],
) -> tuple[dict[str, Suggestion], dict[UUID, dict[str, Any]]]:
    """The likeliest channel of each entry that is not known, and what was said of those before.

    A channel that another entry of the playlist is, it cannot be, so none that this import made;
    one whose entry is gone, it can: ids change. ``budget`` holds how many comparisons by likeness
    are left.
    """
    if not asked:
        return {}, {}
    others = select(Channel.id).where(
        Channel.space_id == ctx.space_id, Channel.import_id.is_distinct_from(import_id)
    )
    few = others.limit(FEW + 1).subquery()
    count = int(await ctx.db.scalar(select(func.count()).select_from(few)) or 0)
    if not count:
        return {}, {}
    rows = await ctx.db.rows(
        _OURS.bindparams(
            space=ctx.space_id,
            source=source.id,
            **{"import": import_id},
            is_few=count <= FEW,
            keys=sorted({key.casefold() for one in asked for key in _guide_keys(one)}),
            names=sorted({name.lower() for one in asked for name in one.names}),
        )
    )
    free = [row for row in rows if row["key"] is None or not _is_held(row, outline)]
    comparisons = len(asked) * len(free)
    is_alike = count <= FEW and comparisons <= budget[0]
    budget[0] -= comparisons if is_alike else 0
    ours = [
        Ours(
            row["id"],
            row["name"],
            tuple(str(name) for name in row["names"].values()),
            row["guide_key"],
            row["number"],
        )
        for row in free
    ]
    theirs = [
        Theirs(str(one.said.get("guide_key", one.key)), one.names, one.said.get("number"))
        for one in asked
    ]
    by_guide_key = assign_by_key(asked, theirs, ours, is_alike=is_alike)
    sure = {one.channel_id for one in by_guide_key.values() if one.score >= SURE}
    freed = [row for row in free if row["key"] is not None and row["id"] in sure]
    keys = [row["key"] for row in freed]
    if keys:
        connection = await ctx.db.connection()
        await connection.execute(_FREE, {"space": ctx.space_id, "source": source.id, "keys": keys})
    return by_guide_key, {row["id"]: row["said"] for row in freed}


def assign_by_key(
    asked: Sequence[Entry], theirs: Sequence[Theirs], ours: Sequence[Ours], *, is_alike: bool
) -> dict[str, Suggestion]:
    """Suggestions by the entries' own keys; several entries of one id are asked for by name."""
    by_key: dict[str, str] = {}
    unique = []
    for entry, one in zip(asked, theirs, strict=True):
        key = one.key if one.key not in by_key else entry.key
        by_key[key] = entry.key
        unique.append(Theirs(key, one.names, one.number))
    found = assign(unique, ours, is_alike=is_alike)
    return {by_key[key]: suggestion for key, suggestion in found.items()}


def _is_held(row: Row, outline: Outline) -> bool:
    """Whether another entry is this channel."""
    return row["decided_by"] is not None or outline.has(row["key"])


def _guide_keys(one: Entry) -> Iterable[str]:
    key = one.said.get("guide_key")
    return (key, key.partition("@")[0]) if key else ()


async def save_notes(
    ctx: Context, source: GuideSource, import_id: UUID, notes: Sequence[Note]
) -> None:
    """Keep what was found of a batch's entries."""
    connection = await ctx.db.connection()
    await _SEEN.fill(connection, [one.cells() for one in notes])
    values = {"space": ctx.space_id, "source": source.id, "import": import_id, "now": ctx.now}
    await connection.execute(_NOTE, values)
