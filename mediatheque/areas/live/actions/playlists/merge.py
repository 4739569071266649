"""One batch of a playlist into the channels, in the open transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ARRAY, Text, any_, func, literal, select

from mediatheque.areas.exchange.schemas.runs import Loaded, RowResult, Run
from mediatheque.areas.live.actions.playlists.mapping import (
    COMPARISONS,
    Note,
    find_channels,
    known_entries,
    note_unchanged,
    save_notes,
)
from mediatheque.areas.live.actions.playlists.writing import (
    Change,
    change_of,
    genres_here,
    locked_channels,
    make_channels,
    write_changes,
)
from mediatheque.areas.live.events import PlaylistImported
from mediatheque.areas.live.models import Channel, GuideSource
from mediatheque.areas.live.rules.mapping import SURE
from mediatheque.areas.live.rules.playlists import genres_of, guide_shift, merged
from mediatheque.areas.live.schemas.playlists import Entry, Left, Outline
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7
from mediatheque.kit.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from mediatheque.areas.live.rules.mapping import Suggestion
    from mediatheque.kit.db import Row

MANY: Final = 50
"""From so many new channels on the planner needs to hear of them at once, and when they double."""
_ANALYZE: Final = """
    ANALYZE live_channels (space_id, id, slug, number, position),
            live_source_channels (space_id, source_id, key, channel_id)
"""
_SECRET: Final = frozenset({"stream_url", "stream_options"})
"""What may hold a password: the report says that it changed, and not to what."""
_DOUBLE: Final = "The playlist has this channel already: the first entry stays."
_IGNORED: Final = "A person left this channel out."
_UNKNOWN: Final = "It waits until somebody says which channel it is."
_MAYBE: Final = "It may be a channel that is there: it waits until somebody says so."


@dataclass(slots=True)
class Playlist:
    """What one load knows all along. ``budget`` is what is left of the comparisons.

    ``is_known``: the source had entries before this import. ``shifted`` are channels whose guide is
    to be moved otherwise than before.
    """

    run: Run
    source: GuideSource
    outline: Outline
    is_known: bool = True
    budget: list[int] = field(default_factory=lambda: [COMPARISONS])
    made: int = 0
    analyzed: int = 0
    shifted: set[UUID] = field(default_factory=set)

    def note_shifts(self, changes: Iterable[Change]) -> None:
        """Remember the channels whose stream is otherwise off what guides say."""
        self.shifted |= {
            one.channel_id
            for one in changes
            if guide_shift(one.before.get("stream_options", {}))
            != guide_shift(one.changes.get("stream_options", {}))
        }


@requires(Permission.IMPORT_CREATE)
async def merge_entries(
    ctx: Context, playlist: Playlist, batch: Sequence[Entry | Left], loaded: Loaded
) -> None:
    """Bring a batch in and say in ``loaded`` what became of each entry."""
    import_id, source = playlist.run.import_id, playlist.source
    for one in batch:
        if isinstance(one, Left):
            _tell(loaded, one, "failed" if one.is_fault else "skipped", one.reason, one.message)
    fresh, known = await _fresh(ctx, playlist, batch, loaded)
    asked = [one for one in fresh if not _is_decided(known.get(one.key))]
    suggestions, before = await find_channels(
        ctx, source, import_id, playlist.outline, asked, playlist.budget
    )
    makes = source.unknown_channels != "leave"
    notes = [_note(one, known.get(one.key), suggestions.get(one.key), makes) for one in fresh]
    for note in notes:
        if note.channel_id in before:
            note.before = before[note.channel_id]
    await _write(ctx, playlist, notes, loaded)
    await save_notes(ctx, source, import_id, notes)
    playlist.made += loaded.counts["created"]
    if playlist.made >= max(MANY, 2 * playlist.analyzed):
        connection = await ctx.db.connection()
        await connection.execute(_ANALYZE)
        playlist.analyzed = playlist.made


async def _fresh(
    ctx: Context, playlist: Playlist, batch: Sequence[Entry | Left], loaded: Loaded
) -> tuple[list[Entry], dict[str, Row]]:
    """The entries that have to be looked at, and what is known of them by key."""
    source, import_id = playlist.source, playlist.run.import_id
    first: dict[str, Entry] = {}
    for one in batch:
        if isinstance(one, Entry) and first.setdefault(one.key, one) is not one:
            _tell(loaded, one, "skipped", "duplicate", _DOUBLE)
    entries = list(first.values())
    if playlist.is_known:
        same = await note_unchanged(ctx, source, import_id, entries)
        loaded.counts["skipped"] += len(same)
        entries = [one for one in entries if one.key not in same]
        known = await known_entries(ctx, source, import_id, entries, renames=True)
    else:  # only what the file itself repeats can be there
        repeated = [one for one in entries if playlist.outline.repeats(one.key)]
        known = await known_entries(ctx, source, import_id, repeated, renames=False)
    fresh: list[Entry] = []
    for one in entries:
        row = known.get(one.key)
        if row is not None and row["import_id"] == import_id:
            _tell(loaded, one, "skipped", "duplicate", _DOUBLE)
        else:
            fresh.append(one)
    return fresh, known


def _is_decided(row: Row | None) -> bool:
    return row is not None and (row["state"] == "mapped" or row["decided_by"] is not None)


def _note(entry: Entry, row: Row | None, suggestion: Suggestion | None, makes: bool) -> Note:
    if row is not None and _is_decided(row):
        return Note(
            entry,
            row["state"],
            row["channel_id"],
            row["suggested_id"],
            row["score"],
            row["reasons"],
            row["said"],
        )
    if suggestion is not None:
        is_sure = suggestion.score >= SURE
        return Note(
            entry,
            "mapped" if is_sure else "suggested",
            suggestion.channel_id if is_sure else None,
            suggestion.channel_id,
            suggestion.score,
            list(suggestion.reasons),
        )
    if makes:
        return Note(entry, "mapped", None, None, 100, ["made from this playlist"])
    return Note(entry, "unknown")


async def _write(ctx: Context, playlist: Playlist, notes: Sequence[Note], loaded: Loaded) -> None:
    """Make and change channels, and report each."""
    rows = await locked_channels(ctx, sorted({one.channel_id for one in notes if one.channel_id}))
    numbers = await _numbers(ctx, notes)
    changed: list[tuple[Note, Change]] = []
    made: list[Note] = []
    for note in notes:
        if note.state == "ignored":
            _tell(loaded, note.entry, "skipped", "channel_ignored", _IGNORED)
        elif note.state != "mapped":
            is_maybe = note.state == "suggested"
            reason = "channel_suggested" if is_maybe else "channel_unknown"
            _tell(loaded, note.entry, "skipped", reason, _MAYBE if is_maybe else _UNKNOWN)
        elif note.channel_id is None:
            note.channel_id = uuid7()
            made.append(note)
            _free_number(note, numbers)
        else:
            row = rows[note.channel_id]
            said = {**note.entry.said}
            if said.get("number") != row["number"]:
                said = _without_taken(note, numbers)
            edited = row["edited_fields"]
            changes = merged(row, said, note.before, edited, playlist.run.mode)
            if changes:
                changed.append((note, change_of(row, changes)))
            else:
                loaded.counts["skipped"] += 1
    await _make(ctx, playlist, made, loaded)
    await _change(ctx, rows, changed, loaded)
    playlist.note_shifts(change for _, change in changed)
    if made or changed:
        ctx.emit(
            PlaylistImported(
                ref=Ref("import", playlist.run.import_id, playlist.source.name),
                after={"created": len(made), "updated": len(changed)},
                batch=tuple(
                    one.channel_id
                    for one in (*made, *(note for note, _ in changed))
                    if one.channel_id
                ),
            )
        )


async def _numbers(ctx: Context, notes: Sequence[Note]) -> dict[str, UUID | None]:
    """Who has the numbers that a batch's entries want."""
    wanted = sorted({one.entry.said["number"] for one in notes if "number" in one.entry.said})
    if not wanted:
        return {}
    rows = await ctx.db.rows(
        select(Channel.id, Channel.number).where(
            Channel.space_id == ctx.space_id,
            Channel.number == any_(literal(wanted, ARRAY(Text))),
        )
    )
    return {row["number"]: row["id"] for row in rows}


def _without_taken(note: Note, numbers: dict[str, UUID | None]) -> dict[str, Any]:
    """What an entry says, without a number that another channel has; else it is taken now."""
    said = dict(note.entry.said)
    number = said.get("number")
    if number is None:
        return said
    if numbers.setdefault(number, note.channel_id) != note.channel_id:
        del said["number"]
        note.entry.notes.append(("number", f"Another channel has the number {number}."))
    return said


def _free_number(note: Note, numbers: dict[str, UUID | None]) -> None:
    note.entry.said = _without_taken(note, numbers)


async def _make(ctx: Context, playlist: Playlist, made: Sequence[Note], loaded: Loaded) -> None:
    if not made:
        return
    last = await ctx.db.scalar(
        select(func.max(Channel.position)).where(Channel.space_id == ctx.space_id)
    )
    slugs = [slugify(one.entry.name, fallback="channel") for one in made]
    taken = {
        row["slug"]
        for row in await ctx.db.rows(
            select(Channel.slug).where(
                Channel.space_id == ctx.space_id,
                Channel.slug == any_(literal(sorted(set(slugs)), ARRAY(Text))),
            )
        )
    }
    rows = []
    for place, (note, slug) in enumerate(zip(made, slugs, strict=True), (last or 0) + 1):
        assert note.channel_id is not None  # noqa: S101  (given by the caller)
        own = slug if slug not in taken else f"{slug}-{note.channel_id.hex[-8:]}"
        taken.add(own)
        rows.append((note.channel_id, own, place, note.entry.said))
        _tell(loaded, note.entry, "created", "", "", channel=note.channel_id)
    await make_channels(ctx, playlist.run.import_id, rows)


async def _change(
    ctx: Context,
    rows: dict[UUID, Row],
    changed: Sequence[tuple[Note, Change]],
    loaded: Loaded,
) -> None:
    regrouped = [
        one.channel_id
        for _, one in changed
        if "groups" in one.changes and "genres" not in rows[one.channel_id]["edited_fields"]
    ]
    genres = await genres_here(ctx, regrouped)
    for note, one in changed:
        if one.channel_id in genres:
            here = genres[one.channel_id]
            new = set(genres_of(one.changes["groups"]))
            one.genres_added = sorted(new - here)
            one.genres_gone = sorted((set(genres_of(note.before.get("groups", ()))) - new) & here)
        _tell(loaded, note.entry, "updated", "", "", channel=one.channel_id, change=one, note=note)
    await write_changes(ctx, [one for _, one in changed])


def told_changes(one: Change) -> dict[str, Any]:
    """What the report says of a change: no addresses of streams."""
    return {
        name: ["…" if one.before[name] else None, "…" if value else None]
        if name in _SECRET
        else [one.before[name], value]
        for name, value in one.changes.items()
    }


def kept_change(one: Change, said: dict[str, Any]) -> dict[str, Any]:
    """What taking a change back needs."""
    return {
        "before": one.before,
        "after": one.changes,
        "genres_added": one.genres_added,
        "genres_gone": one.genres_gone,
        "said": said,
    }


def _tell(  # noqa: PLR0913  (the parts of a row of the report)
    loaded: Loaded,
    one: Entry | Left,
    outcome: Any,  # noqa: ANN401  (a literal)
    reason: str,
    message: str,
    *,
    channel: UUID | None = None,
    change: Change | None = None,
    note: Note | None = None,
) -> None:
    loaded.counts[outcome] += 1
    is_entry = isinstance(one, Entry)
    notes = one.notes if isinstance(one, Entry) else []
    raw: dict[str, Any] = {}
    if isinstance(one, Entry):
        raw = {
            name: one.said[name]
            for name in ("guide_key", "number", "groups", "logo_url")
            if name in one.said
        }
    loaded.results.append(
        RowResult(
            one.seq,
            one.line,
            outcome,
            reason,
            message,
            one.name if isinstance(one, Entry) else one.label,
            key=one.key if isinstance(one, Entry) else None,
            ref_kind="channel" if channel and is_entry else None,
            ref_id=channel,
            raw=raw,
            problems=[{"field": name, "message": said} for name, said in notes] or None,
            changes=told_changes(change) if change else None,
            item=kept_change(change, note.before) if change and note else None,
        )
    )
