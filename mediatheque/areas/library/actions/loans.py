"""Lending copies and taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import select

from mediatheque.areas.library.actions.copies import lock_copy
from mediatheque.areas.library.actions.labels import get_label
from mediatheque.areas.library.events import CopyLent, CopyReturned
from mediatheque.areas.library.models import Copy, Loan
from mediatheque.areas.library.queries.loans import get_loan
from mediatheque.areas.library.rules.loans import check_due, check_returned, refuse_second_loan
from mediatheque.areas.library.rules.refusals import LoanReturnedError, NoSuchLoanError
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from mediatheque.areas.library.schemas.copies import LoanCreate, LoanRead


@requires(Permission.LIBRARY_LEND)
async def lend_copy(ctx: Context, copy_id: UUID, given: LoanCreate) -> LoanRead:
    """Lend a copy; one that is lent already is refused with its borrower's name."""
    copy = await lock_copy(ctx, copy_id)
    label = await get_label(ctx, copy.title_id)
    open_loan = await _open_loan(ctx, copy_id)
    if open_loan is not None:
        refuse_second_loan(open_loan.id, open_loan.borrower, open_loan.lent_on, open_loan.due_on)
    lent_on = given.lent_on or ctx.now.date()
    check_due(lent_on, given.due_on)
    made = Loan(
        space_id=ctx.space_id,
        id=uuid7(),
        copy_id=copy_id,
        borrower=given.borrower,
        lent_on=lent_on,
        due_on=given.due_on,
        note=given.note,
        lent_by=ctx.actor.id,
    )
    await ctx.db.add(made)
    after = {
        "title_id": str(copy.title_id),
        "borrower": made.borrower,
        "lent_on": lent_on,
        "due_on": made.due_on,
    }
    ctx.emit(CopyLent(ref=Ref("copy", copy_id, label), after=after))
    return await get_loan(ctx, made.id)


@requires(Permission.LIBRARY_LEND)
async def return_copy(ctx: Context, loan_id: UUID, returned_on: date | None = None) -> LoanRead:
    """Take a lent copy back, today unless said otherwise."""
    loan = await _lock_loan(ctx, loan_id)
    title_id: UUID = await ctx.db.scalar(
        select(Copy.title_id).where(Copy.space_id == ctx.space_id, Copy.id == loan.copy_id)
    )
    label = await get_label(ctx, title_id)
    if loan.returned_on is not None:
        raise LoanReturnedError(details={"returned_on": str(loan.returned_on)})
    back = returned_on or ctx.now.date()
    check_returned(loan.lent_on, back)
    loan.returned_on = back
    await ctx.db.flush()
    ctx.emit(
        CopyReturned(
            ref=Ref("copy", loan.copy_id, label),
            before={"borrower": loan.borrower, "lent_on": loan.lent_on, "due_on": loan.due_on},
            after={"title_id": str(title_id), "returned_on": back},
        )
    )
    return await get_loan(ctx, loan_id)


async def _open_loan(ctx: Context, copy_id: UUID) -> Loan | None:
    found = await ctx.db.entity(
        select(Loan).where(
            Loan.space_id == ctx.space_id, Loan.copy_id == copy_id, Loan.returned_on.is_(None)
        )
    )
    return cast("Loan | None", found)


async def _lock_loan(ctx: Context, loan_id: UUID) -> Loan:
    found = await ctx.db.entity(
        select(Loan).where(Loan.space_id == ctx.space_id, Loan.id == loan_id).with_for_update()
    )
    if found is None:
        raise NoSuchLoanError
    return cast("Loan", found)
