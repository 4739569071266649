"""Who has what."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import text

from mediatheque.areas.catalog.queries.parts import suitable_values, visible, visible_values
from mediatheque.areas.library.queries.copies import TITLE
from mediatheque.areas.library.queries.holdings import LOAN
from mediatheque.areas.library.queries.suitable import lent_suitable
from mediatheque.areas.library.rules.refusals import NoSuchLoanError
from mediatheque.areas.library.schemas.copies import LoanRead
from mediatheque.areas.library.schemas.loans import LoanStatistics
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import BadCursorError, Feed, cut, decode_cursor, encode_cursor

if TYPE_CHECKING:
    from sqlalchemy import TextClause

    from mediatheque.areas.library.schemas.filters import LoanQuery
    from mediatheque.kit.db import Row

_STATES: Final = {
    "open": "l.returned_on IS NULL",
    "overdue": "l.returned_on IS NULL AND l.due_on < :today",
    "returned": "l.returned_on IS NOT NULL",
    "all": "true",
}
_SELECT: Final = f"""
    SELECT l.id, {LOAN} AS loan, {TITLE} AS title
    FROM library_loans l
    JOIN library_copies c ON c.space_id = l.space_id AND c.id = l.copy_id
    JOIN catalog_titles t ON t.space_id = c.space_id AND t.id = c.title_id
    WHERE l.space_id = :space
"""  # noqa: S608  (the parts are constants)

_COUNTS: Final = """
    SELECT count(*) AS total,
           count(*) FILTER (WHERE returned_on IS NULL) AS open,
           count(*) FILTER (WHERE returned_on IS NULL AND due_on < :today) AS overdue,
           count(*) FILTER (WHERE returned_on IS NOT NULL) AS returned,
           round(avg(returned_on - lent_on) FILTER (WHERE returned_on IS NOT NULL), 1)::float8
               AS average_days
    FROM library_loans l WHERE space_id = :space AND {suitable}
"""
_BORROWERS: Final = """
    SELECT borrower, count(*) AS loans, count(*) FILTER (WHERE returned_on IS NULL) AS open
    FROM library_loans l WHERE space_id = :space AND {suitable}
    GROUP BY borrower ORDER BY count(*) DESC, borrower LIMIT 10
"""
_FAVOURITES: Final = """
    SELECT t.id, t.slug, t.title, count(*) AS loans
    FROM library_loans l
    JOIN library_copies c ON c.space_id = l.space_id AND c.id = l.copy_id
    JOIN catalog_titles t ON t.space_id = c.space_id AND t.id = c.title_id
    WHERE l.space_id = :space AND {visible}
    GROUP BY t.space_id, t.id ORDER BY count(*) DESC, t.sort_key, t.id LIMIT 10
"""


@requires(Permission.LIBRARY_READ)
async def list_loans(ctx: ReadContext, wanted: LoanQuery) -> Feed[LoanRead]:
    """Loans in a state, the last one entered first."""
    keys = decode_cursor(wanted.cursor, 1)
    before, values = "", {"today": ctx.now.date(), "space": ctx.space_id}
    if keys is not None:
        before = "AND l.id < :before"
        values["before"] = _id(keys[0])
    statement = text(
        f"{_SELECT} AND {_STATES[wanted.state]} {before} AND {visible(ctx)} "
        "ORDER BY l.id DESC LIMIT :count"
    )
    rows = await ctx.db.rows(
        statement.bindparams(count=wanted.limit + 1, **values, **visible_values(ctx))
    )
    shown, more = cut(rows, wanted.limit)
    return Feed(
        items=[_loan(row) for row in shown],
        next_cursor=encode_cursor(shown[-1]["id"]) if more else None,
    )


@cache
def _made(sql: str, suitable: str) -> TextClause:
    return text(sql.format(suitable=suitable))


def _id(given: Any) -> UUID:  # noqa: ANN401  (what the cursor held)
    try:
        return UUID(given)
    except (ValueError, TypeError, AttributeError) as error:
        raise BadCursorError(field="cursor") from error


def _loan(row: Row) -> LoanRead:
    return LoanRead.model_validate({**row["loan"], "title": row["title"]})


@requires(Permission.LIBRARY_READ)
async def get_loan(ctx: ReadContext, loan_id: UUID) -> LoanRead:
    """One loan."""
    row = await ctx.db.row(
        text(f"{_SELECT} AND l.id = :id AND {visible(ctx)}").bindparams(
            id=loan_id, today=ctx.now.date(), space=ctx.space_id, **visible_values(ctx)
        )
    )
    if row is None:
        raise NoSuchLoanError
    return _loan(row)


@requires(Permission.LIBRARY_READ)
async def count_loans(ctx: ReadContext) -> LoanStatistics:
    """How much is lent, to whom, and what most often."""
    favourites = text(_FAVOURITES.format(visible=visible(ctx)))
    suited = lent_suitable(ctx)
    values: dict[str, Any] = {"space": ctx.space_id, **suitable_values(ctx)}
    counts, borrowers, titles = await ctx.db.batch(
        _made(_COUNTS, suited).bindparams(today=ctx.now.date(), **values),
        _made(_BORROWERS, suited).bindparams(**values),
        favourites.bindparams(space=ctx.space_id, **visible_values(ctx)),
    )
    return LoanStatistics.model_validate({**counts[0], "borrowers": borrowers, "titles": titles})
