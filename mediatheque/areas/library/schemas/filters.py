"""What lists of the library can be asked for."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, field_validator

from mediatheque.areas.catalog.schemas.details import Kind, Status
from mediatheque.areas.library.schemas.cards import TitleCard
from mediatheque.kit.paging import DEFAULT_LIMIT, MAX_LIMIT, Cursor
from mediatheque.kit.wire import Filter

Word = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
Words = Annotated[list[Word], Field(max_length=20)]
Format = Literal[
    "dvd",
    "bluray",
    "uhd",
    "vhs",
    "laserdisc",
    "digital",
    "vinyl",
    "cd",
    "cassette",
    "sacd",
    "hardcover",
    "paperback",
    "ebook",
    "audiobook",
    "comic_issue",
    "cartridge",
    "disc",
    "boxed",
    "other",
]
Resolution = Literal["sd", "hd", "full_hd", "uhd_4k"]
Sort = Literal["title", "-title", "year", "-year", "added", "-added", "rating", "-rating"]
TitleSort = Literal[Sort, "popularity"]

CARD_FIELDS = frozenset(TitleCard.model_fields)


class TitleFilter(Filter):
    """Which works: values of one filter are alternatives, filters narrow each other.

    ``format``, ``resolution`` and ``library`` speak of one and the same item: a DVD in the
    bedroom, not a DVD anywhere and something else in the bedroom.
    """

    kind: Annotated[list[Kind], Field(max_length=20)] = Field([])
    genre: Words = Field([])
    tag: Words = Field([])
    mood: Words = Field([])
    theme: Words = Field([])
    language: Words = Field([])
    country: Words = Field([])
    person: Words = Field([], description="Slugs or ids of people, in any job.")
    year_from: Annotated[int | None, Field(ge=-9999, le=9999)] = None
    year_to: Annotated[int | None, Field(ge=-9999, le=9999)] = None
    age_rating: Words = Field([])
    rating_from: Annotated[float | None, Field(ge=0, le=10)] = None
    rating_to: Annotated[float | None, Field(ge=0, le=10)] = None
    format: Annotated[list[Format], Field(max_length=20)] = Field([])
    resolution: Annotated[list[Resolution], Field(max_length=20)] = Field([])
    library: Words = Field([], description="Slugs or ids of libraries.")
    status: Annotated[list[Status], Field(max_length=20)] = Field(
        [], description="Without it: all but archived works that the actor may see."
    )
    q: Annotated[str | None, Field(max_length=200)] = Field(
        None, description="Words of the title or of the people."
    )
    owned: bool | None = Field(None, description="Whether there is a copy.")
    on_loan: bool | None = Field(None, description="Whether a copy is lent.")
    available: bool | None = Field(None, description="Whether published and inside its window.")

    def has_no_filter(self) -> bool:
        """Whether all works are meant (but archived ones)."""
        return all(getattr(self, name) in (None, []) for name in TitleFilter.model_fields)


class TitleQuery(TitleFilter):
    """A part of the list of works, in an order."""

    sort: TitleSort = "title"
    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT
    facets: bool = Field(default=False, description="Also count the values of every facet.")
    fields: Annotated[str | None, Field(max_length=300)] = Field(
        None, description="Only these properties of each work, separated by commas."
    )

    @field_validator("fields")
    @classmethod
    def _known(cls, given: str | None) -> str | None:
        for name in (given or "").split(","):
            if name and name not in CARD_FIELDS:
                raise ValueError(f"there is no field “{name}” here")
        return given

    def chosen(self) -> frozenset[str] | None:
        """The wished properties, or None for all."""
        return frozenset(filter(None, self.fields.split(","))) if self.fields else None


class CopyQuery(Filter):
    """Which copies, newest first."""

    library: Words = Field([])
    format: Annotated[list[Format], Field(max_length=20)] = Field([])
    on_loan: bool | None = None
    title: UUID | None = None
    added_by: UUID | None = None
    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT


class LoanQuery(Filter):
    """Which loans, newest first."""

    state: Literal["open", "overdue", "returned", "all"] = "open"
    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT
