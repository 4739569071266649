"""One's own data: archives of it, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from mediatheque.areas.accounts.actions.letters import Receiver, write_letter, write_to_user
from mediatheque.areas.accounts.actions.tickets import update_user
from mediatheque.areas.accounts.events.belongings import (
    ErasureRequested,
    ExportFailed,
    ExportReady,
    ExportRequested,
    ExportsExpired,
    UserErased,
)
from mediatheque.areas.accounts.models import Credential, DataExport, Letter, User
from mediatheque.areas.accounts.queries import IS_GOOD
from mediatheque.areas.accounts.rules import needs_person
from mediatheque.areas.accounts.rules.belongings import (
    EXPORT_LASTS,
    ExportRunningError,
)
from mediatheque.areas.accounts.rules.letters import Template
from mediatheque.areas.accounts.rules.proofs import needs_proof
from mediatheque.areas.accounts.schemas.belongings import DataExportRead
from mediatheque.core.context import Context, public, signed_in
from mediatheque.core.journal import Ref
from mediatheque.core.queue import defer
from mediatheque.core.seals import forget_person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

MAKE, ERASE = "accounts.make_export", "accounts.erase_person"


@signed_in
async def request_export(ctx: Context) -> DataExportRead:
    """Have an archive made of everything the house knows about whoever asks."""
    needs_person(ctx.actor)
    needs_proof(ctx.actor, ctx.now)
    made = await ctx.db.execute(
        insert(DataExport)
        .values(user_id=ctx.user_id)
        .on_conflict_do_nothing()
        .returning(
            DataExport.id,
            DataExport.state,
            DataExport.done,
            DataExport.total,
            DataExport.size,
            DataExport.created_at,
            DataExport.ready_at,
            DataExport.expires_at,
        )
    )
    row = made.mappings().one_or_none()
    if row is None:
        raise ExportRunningError
    await defer(ctx.db, MAKE, export_id=row["id"])
    ctx.emit(ExportRequested(ref=Ref("data_export", row["id"])))
    return DataExportRead.model_validate(dict(row))


@public
async def note_export(ctx: Context, export_id: UUID, done: int, total: int) -> None:
    """Write down how far an archive is. No event: it is a heartbeat, not news."""
    await ctx.db.execute(
        update(DataExport)
        .where(DataExport.id == export_id)
        .values(state="running", done=done, total=total)
    )


@public
async def finish_export(ctx: Context, export_id: UUID, key: str, size: int) -> None:
    """The archive lies in the store: write to its owner."""
    expires_at = ctx.now + EXPORT_LASTS
    found = await ctx.db.execute(
        update(DataExport)
        .where(DataExport.id == export_id, DataExport.state == "running")
        .values(
            state="ready",
            done=DataExport.total,
            key=key,
            size=size,
            ready_at=func.now(),
            expires_at=expires_at,
        )
        .returning(DataExport.user_id)
    )
    user_id = found.scalar_one_or_none()
    if user_id is None:
        return
    await write_to_user(
        ctx, user_id, Template.EXPORT_READY, expires_at=expires_at, path="/account/data"
    )
    ctx.emit(ExportReady(ref=Ref("data_export", export_id), after={"size": size}))


@public
async def fail_export(ctx: Context, export_id: UUID, error: str) -> None:
    """The archive could not be made; a new one can be asked for."""
    await ctx.db.execute(
        update(DataExport).where(DataExport.id == export_id).values(state="failed", error=error)
    )
    ctx.emit(ExportFailed(ref=Ref("data_export", export_id)))


@public
async def expire_exports(ctx: Context) -> list[str]:
    """Let go of archives whose week is over; answers their keys in the store."""
    found = await ctx.db.execute(
        update(DataExport)
        .where(DataExport.state == "ready", DataExport.expires_at < ctx.now)
        .values(state="expired")
        .returning(DataExport.id, DataExport.key)
    )
    rows = found.all()
    if rows:
        ids = tuple(row.id for row in rows)
        ctx.emit(ExportsExpired(ref=Ref("data_export", None), batch=ids))
    return [row.key for row in rows]


@signed_in
async def request_erasure(ctx: Context) -> None:
    """Shut one's account at once, and have everything of it erased.

    The password was asked for before, and whether somebody else has to take over something.
    """
    needs_person(ctx.actor)
    user_id = ctx.user_id
    await update_user(ctx, user_id, is_active=False)
    await ctx.db.execute(
        update(Credential)
        .where(Credential.user_id == user_id, IS_GOOD)
        .values(revoked_at=func.now())
    )
    await defer(ctx.db, ERASE, user_id=user_id, lock=f"erase {user_id}")
    ctx.emit(ErasureRequested(ref=Ref("user", user_id)))


@public
async def erase_user(ctx: Context, user_id: UUID, traces: Sequence[UUID]) -> list[str]:
    """Delete an account that was shut and what hangs on it; answers keys of archives to delete.

    The last step: the areas have let go of the person before. The journal keeps what they did,
    under an id that stands for nobody any more. A last letter tells them. Done twice, it does
    nothing the second time. Needs a context across spaces.
    """
    row = await ctx.db.row(
        select(User.id, User.email, User.name, User.locale, User.time_zone)
        .where(User.id == user_id, User.is_active.is_(False))
        .with_for_update()
    )
    if row is None:
        return []
    keys = await ctx.db.rows(
        select(DataExport.key).where(DataExport.user_id == user_id, DataExport.key != "")
    )
    await ctx.db.execute(delete(Letter).where(Letter.user_id == user_id))
    farewell = Receiver(row["email"], row["name"], row["locale"], row["time_zone"])
    await ctx.db.execute(delete(User).where(User.id == user_id))
    await write_letter(ctx, Template.ACCOUNT_ERASED, farewell)
    count = await forget_person(ctx.db, user_id, traces)
    ctx.emit(UserErased(ref=Ref("user", user_id), after={"journal_rows": count}))
    return [one["key"] for one in keys]
