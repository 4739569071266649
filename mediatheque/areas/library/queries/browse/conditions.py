"""The filters of the list of works, as SQL over ``catalog_titles``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, Text, and_, any_, exists, func, literal, or_, select, text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from mediatheque.areas.catalog.models import Credit, Person, PersonAlias, Term, Title, TitleTerm
from mediatheque.areas.catalog.queries.parts import PUBLISHED, visible_clause
from mediatheque.areas.library.models import Copy, Edition, Library, Loan
from mediatheque.areas.library.queries.browse.lookups import has_words
from mediatheque.kit.ids import parse_id
from mediatheque.kit.text import slugify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, TextClause

    from mediatheque.areas.library.schemas.filters import TitleFilter
    from mediatheque.core.context import ReadContext

    Condition = ColumnElement[bool] | TextClause

TERM_SCHEMES = ("genre", "tag", "mood", "theme", "language", "country")
ITEM_FACETS = ("format", "resolution", "library")
TENTHS = 10
_AVAILABLE = PUBLISHED.format(t="catalog_titles")


def conditions(ctx: ReadContext, wanted: TitleFilter, *, without: str = "") -> list[Condition]:
    """All conditions; ``without`` leaves out one facet's own filter."""
    found: list[Condition] = [
        Title.space_id == ctx.space_id,
        visible_clause(ctx),
        *_plain(wanted, without),
    ]
    found += [
        _has_term(ctx.space_id, scheme, values)
        for scheme in TERM_SCHEMES
        if scheme != without and (values := getattr(wanted, scheme))
    ]
    if wanted.person:
        found.append(_has_person(ctx.space_id, wanted.person))
    if wanted.q:
        found.append(has_words(ctx.space_id, wanted.q))
    if wanted.available is not None:
        is_not = "" if wanted.available else "NOT "
        found.append(text(f"{is_not}{_AVAILABLE}").bindparams(now=ctx.now))
    found += _holdings(ctx.space_id, wanted, without)
    return found


def _plain(wanted: TitleFilter, without: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.kind and without != "kind":
        found.append(Title.kind == one_of(wanted.kind))
    found.append(
        Title.status == one_of(wanted.status) if wanted.status else Title.status != "archived"
    )
    if without != "decade":
        if wanted.year_from is not None:
            found.append(Title.year >= wanted.year_from)
        if wanted.year_to is not None:
            found.append(Title.year <= wanted.year_to)
    if wanted.age_rating:
        found.append(Title.age_rating == one_of(wanted.age_rating))
    if wanted.rating_from is not None:
        found.append(Title.rating >= round(wanted.rating_from * TENTHS))
    if wanted.rating_to is not None:
        found.append(Title.rating <= round(wanted.rating_to * TENTHS))
    return found


def one_of(values: Sequence[str]) -> Any:  # noqa: ANN401  (SQLAlchemy's own type for ANY)
    """``= ANY(array)``: one statement for any number of values."""
    return any_(literal(list(values), ARRAY(Text)))


def _one_of_ids(values: Sequence[UUID]) -> Any:  # noqa: ANN401  (SQLAlchemy's own type for ANY)
    return any_(literal(list(values), ARRAY(PG_UUID)))


def _array(query: Any) -> Any:  # noqa: ANN401  (a scalar subquery)
    """``= ANY(ARRAY(SELECT …))``: found once, before the rows are looked at."""
    return any_(func.array(query.scalar_subquery(), type_=ARRAY(PG_UUID)))


def _has_term(space_id: UUID, scheme: str, values: Sequence[str]) -> ColumnElement[bool]:
    terms = select(Term.id).where(
        Term.space_id == space_id,
        Term.scheme == scheme,
        Term.slug == one_of([slugify(value) for value in values]),
    )
    return exists().where(
        TitleTerm.space_id == space_id,
        TitleTerm.title_id == Title.id,
        TitleTerm.term_id == _array(terms),
    )


def _has_person(space_id: UUID, values: Sequence[str]) -> ColumnElement[bool]:
    people = select(Person.id).where(Person.space_id == space_id, _named(Person, values))
    former = select(PersonAlias.person_id).where(
        PersonAlias.space_id == space_id, _named(PersonAlias, values)
    )
    return exists().where(
        Credit.space_id == space_id,
        Credit.title_id == Title.id,
        or_(Credit.person_id == _array(people), Credit.person_id == _array(former)),
    )


def _named(
    model: type[Person | PersonAlias | Library], values: Sequence[str]
) -> ColumnElement[bool]:
    """By slug or by id."""
    ids = [found for value in values if (found := parse_id(value))]
    return or_(model.slug == one_of(values), model.id == _one_of_ids(ids))


def libraries_named(space_id: UUID, values: Sequence[str]) -> Any:  # noqa: ANN401  (as ``_array``)
    """Libraries by slug or id, for a comparison."""
    return _array(select(Library.id).where(Library.space_id == space_id, _named(Library, values)))


def item_conditions(
    space_id: UUID, wanted: TitleFilter, *, without: str = ""
) -> list[ColumnElement[bool]]:
    """What a copy and its edition must be, both at once; empty when no filter asks for it."""
    found: list[ColumnElement[bool]] = []
    if wanted.format and without != "format":
        found.append(Edition.format == one_of(wanted.format))
    if wanted.resolution and without != "resolution":
        found.append(Edition.resolution == one_of(wanted.resolution))
    if wanted.library and without != "library":
        found.append(Copy.library_id == libraries_named(space_id, wanted.library))
    return found


def _holdings(space_id: UUID, wanted: TitleFilter, without: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    items = item_conditions(space_id, wanted, without=without)
    if items:
        found.append(
            exists().where(
                Copy.space_id == space_id,
                Copy.title_id == Title.id,
                Edition.space_id == space_id,
                Edition.id == Copy.edition_id,
                *items,
            )
        )
    if wanted.owned is not None:
        has_copy = exists().where(Copy.space_id == space_id, Copy.title_id == Title.id)
        found.append(has_copy if wanted.owned else ~has_copy)
    if wanted.on_loan is not None:
        is_lent = exists().where(
            and_(
                Copy.space_id == space_id,
                Copy.title_id == Title.id,
                Loan.space_id == space_id,
                Loan.copy_id == Copy.id,
                Loan.returned_on.is_(None),
            )
        )
        found.append(is_lent if wanted.on_loan else ~is_lent)
    return found
