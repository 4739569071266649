"""Facet counts of a list of works, by one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, cast, func, literal, select, union_all

from mediatheque.areas.catalog.models import Term, Title, TitleTerm
from mediatheque.areas.library.models import Copy, Edition, Library
from mediatheque.areas.library.queries.browse.conditions import (
    ITEM_FACETS,
    TERM_SCHEMES,
    conditions,
    item_conditions,
    one_of,
)
from mediatheque.areas.library.schemas.cards import FacetCount, Facets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import CTE, Select

    from mediatheque.areas.library.schemas.filters import TitleFilter
    from mediatheque.core.context import ReadContext
    from mediatheque.kit.db import Row

MOST = 50
TOTAL = "total"


def counts_of(ctx: ReadContext, wanted: TitleFilter) -> Select[*tuple[Any, ...]]:
    """Rows ``(facet, value, label, count)``, and one of the facet ``total``.

    The works that pass all filters are found once; a facet with a filter of its own counts
    over the works that pass the others.
    """
    base = _hits(ctx, wanted, "")

    def hits(facet: str) -> CTE:
        return _hits(ctx, wanted, facet) if is_filtered(wanted, facet) else base

    free = [scheme for scheme in TERM_SCHEMES if not is_filtered(wanted, scheme)]
    parts = [
        select(
            literal(TOTAL).label("facet"),
            literal("").label("value"),
            literal("").label("label"),
            func.count().label("count"),
        ).select_from(base),
        _by_column(hits("kind"), "kind", lambda found: found.c.kind),
        _by_column(hits("decade"), "decade", lambda found: cast(_decade(found), Text)),
        _by_terms(ctx, base, free),
        *(_by_terms(ctx, hits(one), [one]) for one in TERM_SCHEMES if one not in free),
        *(_by_items(ctx, wanted, hits(one), one) for one in ITEM_FACETS),
    ]
    return union_all(*parts)  # type: ignore[return-value]  # a CompoundSelect serves as well


def is_filtered(wanted: TitleFilter, facet: str) -> bool:
    """Whether a facet has a filter of its own."""
    if facet == "decade":
        return wanted.year_from is not None or wanted.year_to is not None
    return bool(getattr(wanted, facet))


def _hits(ctx: ReadContext, wanted: TitleFilter, facet: str) -> CTE:
    found = select(Title.id, Title.kind, Title.year).where(*conditions(ctx, wanted, without=facet))
    return found.cte(f"hits_{facet or 'all'}").prefix_with("MATERIALIZED", dialect="postgresql")


def _decade(found: CTE) -> Any:  # noqa: ANN401  (an integer expression)
    year = found.c.year
    return year - func.mod(func.mod(year, 10) + 10, 10)


def _by_column(found: CTE, facet: str, value: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401  (a function)
    column = value(found)
    return (
        select(literal(facet), column, column, func.count())
        .select_from(found)
        .where(column.is_not(None))
        .group_by(column)
    )


def _by_terms(ctx: ReadContext, found: CTE, schemes: Sequence[str]) -> Select[*tuple[Any, ...]]:
    return (
        select(Term.scheme, Term.slug, Term.name, func.count())
        .select_from(found)
        .join(TitleTerm, (TitleTerm.space_id == ctx.space_id) & (TitleTerm.title_id == found.c.id))
        .join(Term, (Term.space_id == ctx.space_id) & (Term.id == TitleTerm.term_id))
        .where(Term.scheme == one_of(schemes))
        .group_by(Term.space_id, Term.id)
    )


def _by_items(
    ctx: ReadContext, wanted: TitleFilter, found: CTE, facet: str
) -> Select[*tuple[Any, ...]]:
    """Works per format, resolution or library of one of their items that pass the filters."""
    rows = found.join(Copy, (Copy.space_id == ctx.space_id) & (Copy.title_id == found.c.id)).join(
        Edition, (Edition.space_id == ctx.space_id) & (Edition.id == Copy.edition_id)
    )
    where = item_conditions(ctx.space_id, wanted, without=facet)
    value: Any = Edition.format if facet == "format" else Edition.resolution
    label = value
    if facet == "library":
        rows = rows.join(
            Library, (Library.space_id == ctx.space_id) & (Library.id == Copy.library_id)
        )
        value, label = Library.slug, Library.name
    return (
        select(literal(facet), value, label, func.count(found.c.id.distinct()))
        .select_from(rows)
        .where(value != "", *where)
        .group_by(value, label)
    )


def facets_of(rows: Sequence[Row]) -> tuple[int, Facets]:
    """The total and the facets from the statement's rows."""
    total = 0
    found: dict[str, list[FacetCount]] = {}
    for row in rows:
        if row["facet"] == TOTAL:
            total = row["count"]
        else:
            found.setdefault(row["facet"], []).append(
                FacetCount(value=row["value"], label=row["label"], count=row["count"])
            )
    for facet, counts in found.items():
        key = by_decade if facet == "decade" else by_count
        found[facet] = sorted(counts, key=key)[:MOST]
    return total, Facets.model_validate(found)


def by_count(one: FacetCount) -> tuple[int, str]:
    """The most frequent first, then by value."""
    return (-one.count, one.value)


def by_decade(one: FacetCount) -> int:
    """The newest first."""
    return -int(one.value)
