"""Loans."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from mediatheque.areas.library.actions import loans as actions
from mediatheque.areas.library.queries import loans as queries
from mediatheque.areas.library.rules.refusals import (
    BadDatesError,
    CopyOnLoanError,
    LoanReturnedError,
    NoSuchCopyError,
    NoSuchLoanError,
)
from mediatheque.areas.library.schemas.copies import LoanCreate, LoanRead, LoanReturn
from mediatheque.areas.library.schemas.filters import LoanQuery
from mediatheque.areas.library.schemas.loans import LoanStatistics
from mediatheque.core.http import Read, Write, raises
from mediatheque.kit.paging import BadCursorError, Feed

router = APIRouter(tags=["library"])


@router.post(
    "/copies/{copy_id}/lend",
    status_code=201,
    summary="Lend a copy",
    responses=raises(NoSuchCopyError, CopyOnLoanError, BadDatesError),
)
async def lend_copy(ctx: Write, copy_id: UUID, given: LoanCreate) -> LoanRead:
    """Lend it; a copy that is lent already is refused with its borrower's name."""
    return await actions.lend_copy(ctx, copy_id, given)


@router.post(
    "/loans/{loan_id}/return",
    summary="Take a copy back",
    responses=raises(NoSuchLoanError, LoanReturnedError, BadDatesError),
)
async def return_copy(ctx: Write, loan_id: UUID, given: LoanReturn | None = None) -> LoanRead:
    """End a loan, today unless said otherwise."""
    return await actions.return_copy(ctx, loan_id, given.returned_on if given else None)


@router.get("/loans", summary="List loans", responses=raises(BadCursorError))
async def list_loans(ctx: Read, wanted: Annotated[LoanQuery, Query()]) -> Feed[LoanRead]:
    """Loans that are open, overdue, returned, or all; the last one entered first."""
    return await queries.list_loans(ctx, wanted)


@router.get("/loans/statistics", summary="Count loans")
async def loan_statistics(ctx: Read) -> LoanStatistics:
    """How much is lent, to whom, and what most often."""
    return await queries.count_loans(ctx)
