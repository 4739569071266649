"""Copies and editions: single ones, and the list of copies."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import and_, exists, literal, select, text, tuple_

from mediatheque.areas.catalog.models import Title
from mediatheque.areas.catalog.queries.parts import (
    POSTER,
    visible,
    visible_clause,
    visible_values,
)
from mediatheque.areas.library.models import Copy, Edition, Loan
from mediatheque.areas.library.queries.browse.conditions import libraries_named, one_of
from mediatheque.areas.library.queries.holdings import BRIEF, COPY, EDITION, copy_of, edition_of
from mediatheque.areas.library.rules.refusals import NoSuchCopyError, NoSuchEditionError
from mediatheque.areas.library.schemas.copies import CopyRead, EditionRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import BadCursorError, Feed, cut, decode_cursor, encode_cursor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import TextClause

    from mediatheque.areas.library.schemas.filters import CopyQuery

TITLE: Final = f"""
    jsonb_build_object('id', t.id, 'slug', t.slug, 'kind', t.kind, 'title', t.title,
                       'year', t.year, 'poster', {POSTER})
"""
"""A work ``t`` in one line."""


@cache
def _copies(visible: str) -> TextClause:
    return text(
        f"""
        SELECT {COPY} AS copy, {BRIEF} AS edition, {TITLE} AS title
        FROM unnest(cast(:ids AS uuid[])) WITH ORDINALITY AS o (id, place)
        JOIN library_copies c ON c.space_id = :space AND c.id = o.id
        JOIN library_editions e ON e.space_id = c.space_id AND e.id = c.edition_id
        JOIN catalog_titles t ON t.space_id = c.space_id AND t.id = c.title_id
        JOIN library_libraries b ON b.space_id = c.space_id AND b.id = c.library_id
        LEFT JOIN library_loans l
          ON l.space_id = c.space_id AND l.copy_id = c.id AND l.returned_on IS NULL
        WHERE {visible}
        ORDER BY o.place
        """  # noqa: S608  (the parts are constants)
    )


@cache
def _edition(visible: str) -> TextClause:
    return text(
        f"""
        SELECT {EDITION} AS edition
        FROM library_editions e
        JOIN catalog_titles t ON t.space_id = e.space_id AND t.id = e.title_id
        WHERE e.space_id = :space AND e.id = :id AND {visible}
        """  # noqa: S608  (the parts are constants)
    )


@requires(Permission.LIBRARY_READ)
async def list_copies(ctx: ReadContext, wanted: CopyQuery) -> Feed[CopyRead]:
    """Copies by filters, the newest first."""
    place = _place(wanted.cursor)
    where: list[Any] = [Copy.space_id == ctx.space_id, *_conditions(ctx, wanted)]
    if place is not None:
        added_at, copy_id = place
        where.append(tuple_(Copy.added_at, Copy.id) < tuple_(added_at, copy_id))
    rows = await ctx.db.rows(
        select(Copy.id, Copy.added_at)
        .join(Title, and_(Title.space_id == Copy.space_id, Title.id == Copy.title_id))
        .where(*where, visible_clause(ctx))
        .order_by(Copy.added_at.desc(), Copy.id.desc())
        .limit(wanted.limit + 1)
    )
    shown, more = cut(rows, wanted.limit)
    last = shown[-1] if more else None
    return Feed(
        items=await _read(ctx, [row["id"] for row in shown]),
        next_cursor=encode_cursor(last["added_at"], last["id"]) if last else None,
    )


def _place(cursor: str | None) -> tuple[Any, Any] | None:
    keys = decode_cursor(cursor, 2)
    if keys is None:
        return None
    added_at, copy_id = keys
    try:
        return (
            literal(Copy.added_at.type.python_type.fromisoformat(added_at), Copy.added_at.type),
            literal(UUID(copy_id), Copy.id.type),
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise BadCursorError(field="cursor") from error


def _conditions(ctx: ReadContext, wanted: CopyQuery) -> list[Any]:
    found: list[Any] = []
    if wanted.library:
        found.append(Copy.library_id == libraries_named(ctx.space_id, wanted.library))
    if wanted.title is not None:
        found.append(Copy.title_id == wanted.title)
    if wanted.added_by is not None:
        found.append(Copy.added_by == wanted.added_by)
    if wanted.format:
        found.append(
            exists().where(
                Edition.space_id == ctx.space_id,
                Edition.id == Copy.edition_id,
                Edition.format == one_of(wanted.format),
            )
        )
    if wanted.on_loan is not None:
        is_lent = exists().where(
            Loan.space_id == ctx.space_id, Loan.copy_id == Copy.id, Loan.returned_on.is_(None)
        )
        found.append(is_lent if wanted.on_loan else ~is_lent)
    return found


async def _read(ctx: ReadContext, ids: Sequence[UUID]) -> list[CopyRead]:
    if not ids:
        return []
    rows = await ctx.db.rows(
        _copies(visible(ctx)).bindparams(
            ids=list(ids), space=ctx.space_id, today=ctx.now.date(), **visible_values(ctx)
        )
    )
    return [
        CopyRead.model_validate(
            {**copy_of(ctx, row["copy"]), "edition": row["edition"], "title": row["title"]}
        )
        for row in rows
    ]


@requires(Permission.LIBRARY_READ)
async def get_copy(ctx: ReadContext, copy_id: UUID) -> CopyRead:
    """One copy."""
    found = await _read(ctx, [copy_id])
    if not found:
        raise NoSuchCopyError
    return found[0]


@requires(Permission.LIBRARY_READ)
async def get_edition(ctx: ReadContext, edition_id: UUID) -> EditionRead:
    """One edition with its copies."""
    row = await ctx.db.row(
        _edition(visible(ctx)).bindparams(
            space=ctx.space_id, id=edition_id, today=ctx.now.date(), **visible_values(ctx)
        )
    )
    if row is None:
        raise NoSuchEditionError
    return EditionRead.model_validate(edition_of(ctx, row["edition"]))
