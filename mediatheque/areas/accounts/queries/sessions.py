"""Selects about credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, any_, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, TEXT

from mediatheque.areas.accounts.models import Credential, User
from mediatheque.areas.accounts.rules.letters import device_name
from mediatheque.areas.accounts.schemas import SessionInfo
from mediatheque.core.context import ReadContext, public, signed_in
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from mediatheque.kit.db import Row


SEEN = func.coalesce(Credential.last_seen_at, Credential.created_at)


IS_GOOD: ColumnElement[bool] = and_(
    Credential.revoked_at.is_(None),
    Credential.used_at.is_(None),
    or_(Credential.expires_at.is_(None), Credential.expires_at > func.now()),
    or_(Credential.ends_at.is_(None), Credential.ends_at > func.now()),
)
"""The credential still opens something."""


@public
async def is_setup_token(ctx: ReadContext, token_hash: str) -> bool:
    """Whether a set-up token still opens the empty house."""
    return bool(
        await ctx.db.scalar(
            select(
                exists().where(
                    Credential.token_hash == token_hash, Credential.kind == "setup", IS_GOOD
                )
                & ~exists(select(User.id))
            )
        )
    )


@signed_in
async def list_sessions(ctx: ReadContext) -> Listing[SessionInfo]:
    """Where the user who asks is signed in, the last seen first.

    Browsers by their sessions, devices by the families of their tokens.
    """
    rows = await ctx.db.rows(sessions_select(ctx.user_id, ctx.actor.credential_id))
    return Listing(items=[session_info(row) for row in rows])


def sessions_select(user_id: UUID, here: UUID | None) -> Select[*tuple[Any, ...]]:
    """The columns of a :class:`SessionInfo`, of one user, the last seen first."""
    thing = func.coalesce(Credential.family, Credential.id)
    seen = func.max(SEEN)
    return (
        select(
            thing.label("id"),
            func.max(Credential.audience).label("audience"),
            func.bool_or(Credential.kind == "session").label("is_browser"),
            func.max(Credential.name).label("name"),
            func.least(func.min(Credential.created_at), func.uuid_extract_timestamp(thing)).label(
                "created_at"
            ),
            seen.label("last_seen_at"),
            func.max(func.least(Credential.expires_at, Credential.ends_at)).label("expires_at"),
            func.max(Credential.ip).label("ip"),
            func.max(Credential.user_agent).label("user_agent"),
            func.coalesce(func.bool_or(Credential.id == here), False).label("is_current"),
        )
        .where(
            Credential.user_id == user_id,
            Credential.kind == any_(literal(["session", "device", "refresh"], ARRAY(TEXT))),
            IS_GOOD,
        )
        .group_by(thing)
        .order_by(seen.desc(), thing)
    )


def session_info(row: Row) -> SessionInfo:
    """A row of :func:`sessions_select` as it is shown."""
    named = row["name"] or device_name(row["user_agent"])
    kind = "browser" if row["is_browser"] else "device"
    return SessionInfo.model_validate({**row, "kind": kind, "device": named})
