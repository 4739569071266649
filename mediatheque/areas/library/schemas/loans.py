"""Counts of loans on the wire."""

from __future__ import annotations

from uuid import UUID

from mediatheque.kit.wire import Wire


class BorrowerCount(Wire):
    """How often somebody borrowed, and how much they have now."""

    borrower: str
    loans: int
    open: int


class LentTitle(Wire):
    """How often copies of a work were lent."""

    id: UUID
    slug: str
    title: str
    loans: int


class LoanStatistics(Wire):
    """All loans of a space; borrowers and works are the ten most frequent."""

    total: int
    open: int
    overdue: int
    returned: int
    average_days: float | None
    borrowers: list[BorrowerCount]
    titles: list[LentTitle]
