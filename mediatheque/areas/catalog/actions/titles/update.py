"""Changing a work by hand."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from mediatheque.areas.catalog.actions.titles.create import refuse_owners
from mediatheque.areas.catalog.actions.titles.differences import Edit, edit_of
from mediatheque.areas.catalog.actions.titles.lists import Lists, write
from mediatheque.areas.catalog.actions.titles.statements import (
    OWNERS,
    SLUG_TAKEN,
    preparing,
    update_of,
)
from mediatheque.areas.catalog.events import TitleUpdated
from mediatheque.areas.catalog.models import KINDS
from mediatheque.areas.catalog.queries.parts import named, suitable, visible, visible_values
from mediatheque.areas.catalog.queries.titles import CORE, get_title, shape
from mediatheque.areas.catalog.rules.ages import check_age
from mediatheque.areas.catalog.rules.external_ids import BadExternalIdError, clean_isbn
from mediatheque.areas.catalog.rules.matching import id_scheme
from mediatheque.areas.catalog.rules.refusals import SlugTakenError, TitleNotFoundError
from mediatheque.areas.catalog.rules.titles import (
    BY_HAND,
    check_editor,
    check_revision,
    check_window,
)
from mediatheque.areas.catalog.rules.words import SCHEMES
from mediatheque.areas.catalog.schemas.reads import TitleCore
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.catalog.schemas.titles import TitleUpdate
    from mediatheque.kit.db import Row

_ALL_IDS: Final = """
    coalesce((SELECT jsonb_object_agg(one.scheme, one.ids) FROM (
        SELECT e.scheme, jsonb_agg(e.value ORDER BY e.value) AS ids FROM catalog_external_ids e
        WHERE e.space_id = t.space_id AND e.title_id = t.id GROUP BY e.scheme) one), '{}')
"""
_KEEP_ADDRESS: Final = """
    INSERT INTO catalog_aliases (space_id, alias, title_id) VALUES (:space, :alias, :id)
    ON CONFLICT (space_id, alias) DO UPDATE SET title_id = excluded.title_id
"""


@requires(Permission.CATALOG_EDIT, narrowly=True)
async def update_title(ctx: Context, key: str | UUID, update: TitleUpdate) -> TitleCore:
    """Change what was sent, and remember that it was by hand.

    Raises ``TitleNotFoundError``, ``NotYourTitleError``, ``RevisionConflictError``,
    ``ExternalIdTakenError``, ``SlugTakenError``, ``BadDetailsError``, ``BadWindowError``,
    ``NotASeriesError``. An edit that changes nothing leaves no trace.
    """
    current = await _prepare(ctx, str(key), update)
    added_by = current["added_by"]["id"] if current["added_by"] else None
    check_editor(ctx, added_by, current["id"])
    check_revision(current, update.revision, update.sent())
    edit = edit_of(current, update)
    if not edit.after:
        return TitleCore.model_validate(current)
    check_age(ctx.actor.profile, edit.now("minimum_age", current))
    _check(current, edit, update)
    columns = dict(edit.columns)
    if ctx.actor.kind in BY_HAND:
        columns["edited_at"] = ctx.now
        columns["edited_fields"] = sorted({*current["edited_fields"], *edit.after})
    values = {**columns, "space": ctx.space_id, "id": current["id"], "now": ctx.now}
    await write(ctx, update_of(list(columns)), edit.lists, values)
    if "slug" in columns:
        await ctx.db.execute(_KEEP_ADDRESS, {**values, "alias": current["slug"]})
    title = edit.now("title", current)
    ctx.emit(
        TitleUpdated(ref=Ref("title", current["id"], title), before=edit.before, after=edit.after)
    )
    return await get_title(ctx, current["id"])


def _check(current: Row, edit: Edit, update: TitleUpdate) -> None:
    refuse_owners(current["owners"], edit.lists.ids)
    if "slug" in edit.columns and current["slug_taken"]:
        raise SlugTakenError(field="slug")
    if {"status", "available_from", "available_until"} & update.model_fields_set:
        merged = {**current, **edit.columns}
        check_window(merged["status"], merged["available_from"], merged["available_until"])


async def _prepare(ctx: Context, key: str, update: TitleUpdate) -> Row:
    """The work, locked, with what the rules need; missing words and people are made."""
    condition, named_values = named(key)
    sent = update.sent()
    ids = _wanted_ids(sent)
    lists = Lists(credits=sent.get("credits"), ids=ids)
    for name in SCHEMES:
        if sent.get(name):
            lists.take_words(name, sent[name])
    owners = OWNERS.format(me="t.id", seen=suitable(ctx, "o"))
    extras = (
        f", t.edited_fields, {_ALL_IDS} AS all_ids, {owners} AS owners, "
        f"{SLUG_TAKEN.format(me='t.id')} AS slug_taken"
    )
    statement = (
        f"SELECT {CORE}{extras} FROM catalog_titles t "  # noqa: S608  (constants)
        f"WHERE t.space_id = :space AND {condition} AND {visible(ctx)} FOR UPDATE OF t"
    )
    makes = lists.credits or lists.words
    values: dict[str, Any] = {
        **lists.values(),
        **named_values,
        **visible_values(ctx),
        "space": ctx.space_id,
        "slug": sent.get("slug") or "",
    }
    row = await ctx.db.execute(text(preparing(statement) if makes else statement), values)
    found = row.mappings().one_or_none()
    if found is None:
        raise TitleNotFoundError
    return shape(ctx, dict(found))


def _wanted_ids(sent: dict[str, Any]) -> list[tuple[str, str]]:
    """The ids asked for, under every scheme that the work's kind may turn them into."""
    found: dict[tuple[str, str], None] = {}
    for scheme, value in sent.get("external_ids", {}).items():
        if value is not None:
            found.update(dict.fromkeys((id_scheme(kind, scheme), value) for kind in KINDS))
    isbn = sent.get("details", {}).get("isbn13")
    if isinstance(isbn, str):
        with suppress(BadExternalIdError):
            found[("isbn13", clean_isbn(isbn))] = None
    return list(found)
