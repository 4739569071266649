"""Decisions about loans."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from mediatheque.areas.library.rules.refusals import BadDatesError, CopyOnLoanError

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


def refuse_second_loan(
    loan_id: UUID, borrower: str, lent_on: date | None, due_on: date | None
) -> NoReturn:
    """A copy is in one place at a time: say where it is."""
    since = f" since {lent_on}" if lent_on else ""
    raise CopyOnLoanError(
        f"This copy is lent to {borrower}{since}.",
        details={
            "loan_id": str(loan_id),
            "borrower": borrower,
            "lent_on": str(lent_on) if lent_on else None,
            "due_on": str(due_on) if due_on else None,
        },
    )


def check_due(lent_on: date, due_on: date | None) -> None:
    """A loan is due when it began or later."""
    if due_on is not None and due_on < lent_on:
        raise BadDatesError("The copy cannot be due before it is lent.", field="due_on")


def check_returned(lent_on: date | None, returned_on: date) -> None:
    """A copy comes back when it was lent or later."""
    if lent_on is not None and returned_on < lent_on:
        raise BadDatesError("The copy cannot come back before it was lent.", field="returned_on")
