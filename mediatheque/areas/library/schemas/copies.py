"""Editions, copies and loans on the wire."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from mediatheque.areas.catalog.schemas.pictures import Picture
from mediatheque.areas.catalog.schemas.reads import MemberLink
from mediatheque.areas.library.schemas.cards import TitleBrief
from mediatheque.areas.library.schemas.filters import Format, Resolution
from mediatheque.kit.wire import Input, OneLine, Prose, Wire

Condition = Literal["mint", "near_mint", "very_good", "good", "fair", "poor"]
Line = Annotated[OneLine, Field(max_length=200)]
Name = Annotated[OneLine, Field(min_length=1, max_length=200)]
Notes = Annotated[Prose, Field(max_length=10_000)]
Currency = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z]{3}$", to_upper=True), Field(examples=["EUR"])
]
Barcode = Annotated[
    str,
    StringConstraints(max_length=40, pattern=r"^[0-9A-Za-z -]*$"),
    AfterValidator(lambda given: given.replace(" ", "").replace("-", "").upper()),
]
Cents = Annotated[int, Field(ge=0, le=2_000_000_000, description="In minor units.")]


class LibraryBrief(Wire):
    """A shelf in one line."""

    id: UUID
    slug: str
    name: str


class EditionBrief(Wire):
    """A release of a work; what is not known is an empty string."""

    id: UUID
    format: Format
    resolution: str
    region: str
    name: str
    barcode: str


class LoanRead(Wire):
    """A copy lent to somebody; open as long as ``returned_on`` is null."""

    id: UUID
    copy_id: UUID
    borrower: str
    lent_on: date | None
    due_on: date | None
    returned_on: date | None
    note: str | None
    is_overdue: bool
    title: TitleBrief | None = None


class CopyItem(Wire):
    """An owned item, inside its edition."""

    id: UUID
    title_id: UUID
    edition_id: UUID
    library: LibraryBrief
    condition: Condition | None
    location: str | None
    price_cents: int | None
    currency: str | None
    bought_on: date | None
    signed: bool
    notes: str | None
    added_by: MemberLink | None
    added_at: datetime
    loan: LoanRead | None
    can_edit: bool


class CopyRead(CopyItem):
    """An owned item with what it is a copy of."""

    title: TitleBrief
    edition: EditionBrief


class EditionRead(EditionBrief):
    """A release of a work with the copies that are owned."""

    publisher: str | None
    released_on: date | None
    cover: Picture | None
    copies: list[CopyItem]
    can_edit: bool


class EditionCreate(Input):
    """A release; its work, format, resolution, region, name and barcode make it one."""

    format: Format
    resolution: Resolution | Literal[""] | None = None
    region: Line | None = None
    name: Line | None = Field(None, examples=["Criterion Collection"])
    barcode: Barcode | None = None
    publisher: Line | None = None
    released_on: date | None = None


class EditionUpdate(Input):
    """What is to change of a release; what is not sent stays."""

    format: Format | None = None
    resolution: Resolution | Literal[""] | None = None
    region: Line | None = None
    name: Line | None = None
    barcode: Barcode | None = None
    publisher: Line | None = None
    released_on: date | None = None


class CopyFields(Input):
    """What can be said of an owned item."""

    condition: Condition | None = None
    location: Line | None = None
    price_cents: Cents | None = None
    currency: Currency | None = None
    bought_on: date | None = None
    signed: bool = False
    notes: Notes | None = None


class CopyCreate(CopyFields):
    """An owned item: of an edition, or of a work with the edition described.

    ``library`` is a slug or an id; without it the space's default library is meant.
    """

    edition_id: UUID | None = None
    title_id: UUID | None = None
    edition: EditionCreate | None = None
    library: Name | None = None

    @model_validator(mode="after")
    def _one_way(self) -> CopyCreate:
        if self.edition_id is None and (self.title_id is None or self.edition is None):
            raise ValueError("send edition_id, or title_id and edition")
        if self.edition_id is not None and self.edition is not None:
            raise ValueError("send edition_id or edition, not both")
        return self


class CopyUpdate(Input):
    """What is to change of an owned item; what is not sent stays."""

    library: Name | None = None
    edition_id: UUID | None = None
    condition: Condition | None = None
    location: Line | None = None
    price_cents: Cents | None = None
    currency: Currency | None = None
    bought_on: date | None = None
    signed: bool | None = None
    notes: Notes | None = None


class LoanCreate(Input):
    """To whom a copy is lent, and until when."""

    borrower: Name
    lent_on: date | None = Field(None, description="Today, unless said otherwise.")
    due_on: date | None = None
    note: Notes | None = None


class LoanReturn(Input):
    """When a copy came back."""

    returned_on: date | None = Field(None, description="Today, unless said otherwise.")
