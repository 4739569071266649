"""The demonstration world is as large and as varied as promised, and the same each time."""

from collections import Counter

import pytest
from stdnum import ean

from mediatheque.core.permissions import ROLES
from mediatheque.demo.facts import works
from mediatheque.demo.holdings import copies
from mediatheque.demo.opinions import opinions
from mediatheque.demo.world import Room, world

SPACES = world().spaces
CINEMATHEQUE, FAMILY = SPACES


def test_two_spaces_with_their_members() -> None:
    assert [room.slug for room in SPACES] == ["cinematheque-lumiere", "family-shelf"]
    roles = [member.role for member in CINEMATHEQUE.members]
    assert len(set(roles)) == 4
    assert set(roles) <= set(ROLES)
    assert {member.person for member in FAMILY.members} & {"ada"}
    assert len(FAMILY.members) == 2
    owner = next(person for person in world().people if person.key == "ada")
    assert (owner.email, world().password) == ("owner@demo.example", "mediatheque-demo")
    assert all(person.email.endswith("@demo.example") for person in world().people)


def test_the_cinematheque_is_large_and_the_family_shelf_small() -> None:
    assert len(CINEMATHEQUE.catalogue()) >= 150
    assert len(CINEMATHEQUE.libraries) == 3
    assert len(copies(CINEMATHEQUE)) >= 250
    assert 15 <= len(FAMILY.catalogue()) <= 25
    only = {work.key for work in FAMILY.catalogue()} - {
        work.key for work in CINEMATHEQUE.catalogue()
    }
    assert len(only) >= 10


@pytest.mark.parametrize("room", SPACES, ids=lambda room: room.slug)
def test_everything_that_is_told_refers_to_something(room: Room) -> None:
    keys = {work.key for work in room.catalogue()}
    people = {member.person for member in room.members}
    held = {(copy.work, copy.format) for copy in copies(room)}
    with_copies = {work for work, _ in held}
    assert set(room.unowned) <= keys
    assert not set(room.unowned) & with_copies
    assert keys == with_copies | set(room.unowned)
    assert {note.work for note in room.notes} <= keys
    assert {note.by for note in room.notes} <= people
    assert {card.of for card in room.second_cards} <= keys
    assert {shelf.added_by for shelf in room.libraries} <= people
    for loan in room.loans:
        assert (loan.work, loan.format) in held if loan.format else loan.work in with_copies
    for work in room.catalogue():
        assert room.shelf_of(work)


def test_loans_are_open_overdue_and_returned() -> None:
    returned = [loan for loan in CINEMATHEQUE.loans if loan.returned_days_ago is not None]
    out = [loan for loan in CINEMATHEQUE.loans if loan.returned_days_ago is None]
    overdue = [loan for loan in out if loan.due_in_days is not None and loan.due_in_days < 0]
    assert len(returned) >= 5
    assert len(overdue) >= 3
    assert len(out) - len(overdue) >= 5
    assert all(loan.lent_days_ago >= (loan.returned_days_ago or 0) for loan in CINEMATHEQUE.loans)
    assert len({(loan.work, loan.format) for loan in out}) == len(out)


def test_copies_are_sensible() -> None:
    for room in SPACES:
        for copy in copies(room):
            work = works()[copy.work]
            assert work.year is None or copy.bought_on.year >= work.year
            assert copy.price_cents >= 0
            assert copy.resolution is None or work.kind in {"movie", "series"}
            assert copy.barcode is None or ean.is_valid(copy.barcode)
            if copy.format == "vhs":
                assert copy.bought_on.year < 2000
    formats = Counter(copy.format for copy in copies(CINEMATHEQUE))
    assert len(formats) >= 12
    codes = [copy.barcode for copy in copies(CINEMATHEQUE) if copy.barcode]
    assert len(codes) == len(set(codes))


def test_second_cards_look_alike_but_are_not_the_same() -> None:
    assert len(CINEMATHEQUE.second_cards) >= 5
    known = {(work.kind, work.title, work.year) for work in works().values()}
    assert not {(card.kind, card.title, card.year) for card in CINEMATHEQUE.second_cards} & known


def test_opinions_are_in_halves_and_come_from_members() -> None:
    for room in SPACES:
        held = opinions(room)
        assert held == opinions(room)
        assert {opinion.by for opinion in held} <= {member.person for member in room.members}
        for opinion in held:
            if opinion.rating is not None:
                assert 0.5 <= opinion.rating <= 10
                assert opinion.rating * 2 == int(opinion.rating * 2)
                assert opinion.status == "finished"
            assert (opinion.finished_on is not None) == (opinion.status == "finished")
    assert len({opinion.status for opinion in opinions(CINEMATHEQUE)}) == 3


def test_copies_are_laid_out_the_same_way_each_time() -> None:
    assert copies(CINEMATHEQUE) == copies(CINEMATHEQUE)
