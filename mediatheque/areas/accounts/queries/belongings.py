"""Selects about one's own data: what this area has, archives, and what all areas have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, or_, select, text

from mediatheque.areas.accounts.models import DataExport, User
from mediatheque.areas.accounts.rules.belongings import (
    AT_ONCE,
    Belongings,
    LastHouseOwnerError,
    NoSuchExportError,
)
from mediatheque.areas.accounts.schemas.belongings import DataExportRead
from mediatheque.core.context import ReadContext, public, signed_in
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from uuid import UUID

    from mediatheque.kit.db import Row

_SHOWN = (
    DataExport.id,
    DataExport.state,
    DataExport.done,
    DataExport.total,
    DataExport.size,
    DataExport.created_at,
    DataExport.ready_at,
    DataExport.expires_at,
)


@public
async def refuse_last_house_owner(ctx: ReadContext) -> None:
    """LastHouseOwnerError for the only owner of the house."""
    others = exists().where(User.instance_role == "owner", User.is_active, User.id != ctx.user_id)
    is_last = select(User.id).where(User.id == ctx.user_id, User.instance_role == "owner", ~others)
    if await ctx.db.scalar(is_last) is not None:
        raise LastHouseOwnerError


BELONGINGS = Belongings(
    area="accounts",
    parts={
        "account": (
            "SELECT id, email, name, locale, time_zone, instance_role, verified_at, "
            "last_login_at, created_at FROM accounts_users WHERE id = :person ORDER BY id"
        ),
        "profiles": (
            "SELECT id, name, avatar, is_kids, maturity_limit, shows_unknown, languages, genres, "
            "created_at FROM accounts_profiles WHERE user_id = :person ORDER BY id"
        ),
        "sessions_and_keys": (
            "SELECT id, audience, kind, name, prefix, scopes, ip, user_agent, created_at, "
            "last_seen_at, expires_at, revoked_at FROM accounts_credentials "
            "WHERE user_id = :person ORDER BY id"
        ),
        "passkeys": (
            "SELECT id, name, is_backed_up, created_at, last_used_at FROM accounts_passkeys "
            "WHERE user_id = :person ORDER BY id"
        ),
        "links": (
            "SELECT id, provider, issuer, subject, email, name, created_at, last_used_at "
            "FROM accounts_links WHERE user_id = :person ORDER BY id"
        ),
        "letters": (
            "SELECT id, template, receiver, locale, state, created_at, sent_at "
            "FROM accounts_letters WHERE user_id = :person ORDER BY id"
        ),
        "journal": (
            "SELECT j.position, j.space_id, j.at, j.kind, j.ref_kind, j.ref_id, j.label, "
            "j.before, j.after, j.ip, j.user_agent FROM core_journal j "
            "WHERE j.actor_id = :person ORDER BY j.position"
        ),
    },
    traces=(
        "SELECT id FROM accounts_credentials WHERE user_id = :person "
        "UNION SELECT id FROM accounts_profiles WHERE user_id = :person "
        "UNION SELECT id FROM accounts_passkeys WHERE user_id = :person "
        "UNION SELECT id FROM accounts_links WHERE user_id = :person "
        "UNION SELECT id FROM accounts_letters WHERE user_id = :person"
    ),
    hinder=refuse_last_house_owner,
)


@signed_in
async def list_exports(ctx: ReadContext) -> Listing[DataExportRead]:
    """One's own archives, newest first."""
    rows = await ctx.db.rows(
        select(*_SHOWN).where(DataExport.user_id == ctx.user_id).order_by(DataExport.id.desc())
    )
    return Listing(items=[DataExportRead.model_validate(row) for row in rows])


@signed_in
async def get_export_key(ctx: ReadContext, export_id: UUID) -> str:
    """Where one's own archive lies in the store; NoSuchExportError."""
    key = await ctx.db.scalar(
        select(DataExport.key).where(
            DataExport.id == export_id,
            DataExport.user_id == ctx.user_id,
            DataExport.state == "ready",
            DataExport.expires_at > ctx.now,
        )
    )
    if key is None:
        raise NoSuchExportError
    return str(key)


@public
async def find_export(ctx: ReadContext, export_id: UUID) -> Row | None:
    """``id, user_id, state`` of an archive that is to be made."""
    return await ctx.db.row(
        select(DataExport.id, DataExport.user_id, DataExport.state).where(
            DataExport.id == export_id,
            or_(DataExport.state == "queued", DataExport.state == "running"),
        )
    )


@public
async def read_part(ctx: ReadContext, sql: str, person: UUID) -> AsyncIterator[list[Row]]:
    """The rows of a part, some thousands at a time."""
    skip = 0
    while True:
        rows = await ctx.db.rows(
            text(f"{sql} OFFSET :skip LIMIT :most").bindparams(
                person=person, skip=skip, most=AT_ONCE
            )
        )
        if rows:
            yield rows
        if len(rows) < AT_ONCE:
            return
        skip += AT_ONCE


@public
async def list_files(
    ctx: ReadContext, all_areas: Sequence[Belongings], person: UUID
) -> list[tuple[str, str]]:
    """``(name, key)`` of everything a person put into the store."""
    return [
        (f"{one.area}/{row['name']}", row["key"])
        for one in all_areas
        if one.files
        for row in await _rows(ctx, one.files, person)
    ]


@public
async def list_traces(
    ctx: ReadContext, all_areas: Sequence[Belongings], person: UUID
) -> list[UUID]:
    """Ids of what stands for a person in the journal."""
    return [
        row["id"] for one in all_areas if one.traces for row in await _rows(ctx, one.traces, person)
    ]


@public
async def list_spaces_of(
    ctx: ReadContext, all_areas: Sequence[Belongings], person: UUID
) -> list[UUID]:
    """The spaces in which anything is a person's."""
    found = {
        row["space_id"]
        for one in all_areas
        if one.spaces
        for row in await _rows(ctx, one.spaces, person)
    }
    return sorted(found)


async def _rows(ctx: ReadContext, sql: str, person: UUID) -> list[dict[str, Any]]:
    return await ctx.db.rows(text(sql).bindparams(person=person))
