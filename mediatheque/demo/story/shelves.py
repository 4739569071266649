"""The second part of the story: what stands on the shelves, and what is lent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.catalog import actions as catalog
from mediatheque.areas.catalog.queries.titles import find_title_id
from mediatheque.areas.catalog.schemas.titles import TitleCreate
from mediatheque.areas.files.actions import keep_images
from mediatheque.areas.library.actions.copies import add_copy
from mediatheque.areas.library.actions.loans import lend_copy, return_copy
from mediatheque.areas.library.queries.libraries import list_libraries
from mediatheque.areas.library.schemas.copies import CopyCreate, LoanCreate
from mediatheque.demo.holdings import copies

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from mediatheque.areas.files.actions import PreparedImage
    from mediatheque.core.context import Context
    from mediatheque.demo.facts import Work
    from mediatheque.demo.story.stage import Stage
    from mediatheque.demo.world import Holding, Loan, SecondCard, Shelf

CRATE: Final = 40
"""Works of one transaction."""
CURRENCY: Final = "EUR"
_EDITION: Final = {"format", "resolution", "region", "name", "barcode"}
_COPY: Final = {"condition", "location", "price_cents", "bought_on", "signed", "notes"}


@dataclass(frozen=True, slots=True)
class Crate:
    """Works of one shelf that are put up together, by who keeps that shelf."""

    stage: Stage
    shelf: Shelf
    works: tuple[Work, ...]

    @property
    def keeper(self) -> str:
        """Who puts them up."""
        return self.shelf.added_by


def crates_of(stage: Stage) -> Iterator[Crate]:
    """All works of a space, packed by shelf."""
    for shelf in stage.room.libraries:
        held = [work for work in stage.room.catalogue() if stage.room.shelf_of(work) == shelf]
        for start in range(0, len(held), CRATE):
            yield Crate(stage, shelf, tuple(held[start : start + CRATE]))


async def is_unpacked(crate: Crate) -> bool:
    """Whether any of its works is there: a crate is unpacked whole or not at all."""
    ctx = crate.stage.read(crate.keeper)
    return any([await find_title_id(ctx, work.key) for work in crate.works])


async def unpack(crate: Crate, pictures: Sequence[PreparedImage]) -> None:
    """Put up the works with posters and copies, and lend what is lent, in one transaction."""
    room = crate.stage.room
    held: dict[str, list[Holding]] = {}
    for holding in copies(room):
        held.setdefault(holding.work, []).append(holding)
    lent = [loan for loan in room.loans if loan.work in {work.key for work in crate.works}]
    async with crate.stage.write(crate.keeper) as ctx:
        places = _Places(room.libraries, {one.name: one.slug for one in await list_libraries(ctx)})
        posters = await keep_images(ctx, pictures)
        for work, poster in zip(crate.works, posters, strict=True):
            title = await catalog.create_title(ctx, _title(work), poster_id=poster)
            stock = [
                (one.format, await _own(ctx, title.id, one, places.of(one, crate.shelf)))
                for one in held.get(work.key, ())
            ]
            for loan in lent:
                if loan.work == work.key:
                    await _lend(ctx, stock, loan)


async def put_second_cards(stage: Stage) -> bool:
    """Catalogue some works as their owner did, years before the others; True if it is news."""
    cards = stage.room.second_cards
    ctx = stage.read(stage.owner)
    if not cards or any([await find_title_id(ctx, _second_slug(card)) for card in cards]):
        return False
    async with stage.write(stage.owner) as writing:
        for card in cards:
            await _put_second_card(writing, stage, card)
    return True


async def look_for_doubles(stage: Stage) -> None:
    """Find the pairs that the second cards make."""
    async with stage.write(stage.owner) as ctx:
        await catalog.find_duplicates(ctx)


@dataclass(frozen=True, slots=True)
class _Places:
    """Which library a copy goes to: the shelf's, but for copies that say another."""

    shelves: tuple[Shelf, ...]
    slugs: dict[str, str]

    def of(self, holding: Holding, shelf: Shelf) -> str:
        wanted = holding.library or shelf.key
        return self.slugs[next(one.name for one in self.shelves if one.key == wanted)]


def _title(work: Work) -> TitleCreate:
    facts: dict[str, Any] = work.model_dump(exclude={"key", "art"}, exclude_none=True)
    return TitleCreate.model_validate({**facts, "slug": work.key})


async def _own(ctx: Context, title_id: UUID, holding: Holding, library: str) -> UUID:
    given = {
        "title_id": title_id,
        "edition": holding.model_dump(include=_EDITION),
        "library": library,
        "currency": CURRENCY,
        **holding.model_dump(include=_COPY),
    }
    return (await add_copy(ctx, CopyCreate.model_validate(given))).id


async def _lend(ctx: Context, stock: list[tuple[str, UUID]], loan: Loan) -> None:
    copy_id = next(found for form, found in stock if loan.format in {None, form})
    today = ctx.now.date()
    given = LoanCreate(
        borrower=loan.borrower,
        lent_on=today - timedelta(days=loan.lent_days_ago),
        due_on=None if loan.due_in_days is None else today + timedelta(days=loan.due_in_days),
        note=loan.note,
    )
    made = await lend_copy(ctx, copy_id, given)
    if loan.returned_days_ago is not None:
        await return_copy(ctx, made.id, today - timedelta(days=loan.returned_days_ago))


def _second_slug(card: SecondCard) -> str:
    return f"{card.of}-{card.copy_held.format}"


async def _put_second_card(ctx: Context, stage: Stage, card: SecondCard) -> None:
    shelf = next(one for one in stage.room.libraries if card.kind in one.holds)
    slugs = {one.name: one.slug for one in await list_libraries(ctx)}
    title = TitleCreate.model_validate(
        {
            "kind": card.kind,
            "title": card.title,
            "year": card.year,
            "slug": _second_slug(card),
            "credits": [credit.model_dump() for credit in card.credits],
        }
    )
    held = card.copy_held
    given = {
        "title_id": (await catalog.create_title(ctx, title)).id,
        "edition": {"format": held.format, "resolution": held.resolution},
        "library": slugs[shelf.name],
        "condition": held.condition,
        "location": held.location,
        "bought_on": held.bought_on,
    }
    await add_copy(ctx, CopyCreate.model_validate(given))
