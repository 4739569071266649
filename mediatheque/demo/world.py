"""Who lives in the demonstration world and what stands on its shelves: `data/world.json`."""

from datetime import date
from functools import cache

from pydantic import BaseModel, ConfigDict

from mediatheque.demo.facts import CreditFact, Kind, Work, read, works


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Person(_Told):
    """Somebody with an account; `key` is how the other lists name them."""

    key: str
    name: str
    email: str


class Membership(_Told):
    """A person's role in a space."""

    person: str
    role: str


class Shelf(_Told):
    """A library: the kinds it holds, who fills it, and the places in it."""

    key: str
    name: str
    kind: str
    description: str
    holds: tuple[Kind, ...]
    added_by: str
    places: tuple[str, ...]


class Holding(_Told):
    """A copy somebody chose to describe. Prices in cents of a euro."""

    work: str
    format: str
    condition: str
    location: str
    price_cents: int
    bought_on: date
    resolution: str | None = None
    region: str | None = None
    name: str = ""
    barcode: str | None = None
    notes: str | None = None
    signed: bool = False
    library: str | None = None


class Loan(_Told):
    """A copy in somebody's hands, in days before and after the day of telling.

    Without `format` the first copy of the work is meant; a negative `due_in_days` lies behind.
    """

    work: str
    format: str | None
    borrower: str
    lent_days_ago: int
    due_in_days: int | None
    returned_days_ago: int | None = None
    note: str | None = None


class Note(_Told):
    """What a member wrote beside a work."""

    work: str
    by: str
    is_shared: bool
    body: str


class SecondCopy(_Told):
    """The copy behind a second card."""

    format: str
    condition: str
    location: str
    bought_on: date
    resolution: str | None = None


class SecondCard(_Told):
    """A work that somebody catalogued twice, years ago and not quite the same."""

    of: str
    title: str
    year: int
    credits: tuple[CreditFact, ...]
    copy_held: SecondCopy

    @property
    def kind(self) -> Kind:
        """The kind of the work that it doubles."""
        return works()[self.of].kind


class Room(_Told):
    """A space. It has `works`, or all but those that it `leaves_out`."""

    slug: str
    name: str
    members: tuple[Membership, ...]
    libraries: tuple[Shelf, ...]
    works: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = ()
    unowned: tuple[str, ...]
    holdings: tuple[Holding, ...]
    loans: tuple[Loan, ...]
    notes: tuple[Note, ...]
    second_cards: tuple[SecondCard, ...]

    def catalogue(self) -> list[Work]:
        """The works of this space."""
        known = works()
        if self.works:
            return [known[key] for key in self.works]
        return [work for key, work in known.items() if key not in self.leaves_out]

    def shelf_of(self, work: Work) -> Shelf:
        """The library that a work of this kind belongs to."""
        return next(shelf for shelf in self.libraries if work.kind in shelf.holds)


class World(_Told):
    """Everybody and everything."""

    password: str
    people: tuple[Person, ...]
    spaces: tuple[Room, ...]


@cache
def world() -> World:
    """Read the world once."""
    return World.model_validate(read("world"))
