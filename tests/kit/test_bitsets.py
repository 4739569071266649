from __future__ import annotations

from array import array
from struct import pack as pack_struct

from hypothesis import given
from hypothesis import strategies as st

from mediatheque.kit.bitsets import Mask, Members, numbers, pack, unpack

SIZES = st.integers(1, 3000)


@st.composite
def sets(draw: st.DrawFn) -> tuple[int, set[int], set[int]]:
    size = draw(SIZES)
    some = st.sets(st.integers(0, size - 1), max_size=60)
    return size, draw(some), draw(some)


@given(sets())
def test_counts_are_those_of_sets(drawn: tuple[int, set[int], set[int]]) -> None:
    size, left, right = drawn
    members = Members(array("i", sorted(left)), size)
    mask = Mask(pack(right, size), size)

    assert members.bits == pack(left, size)
    assert members.count == len(left)
    assert members.within(mask) == len(left & right)
    assert mask.count == len(right)


@given(sets(), st.integers(0, 3000))
def test_walks_go_through_all_numbers_in_order(
    drawn: tuple[int, set[int], set[int]], place: int
) -> None:
    size, left, right = drawn
    place = min(place, size)
    mask = Mask(pack(left, size), size)

    assert list(mask.rising()) == sorted(left)
    assert mask.listed() == sorted(left)
    assert list(mask.pick([f"{n}" for n in range(size)])) == [f"{n}" for n in sorted(left)]
    assert list(mask.rising(place)) == sorted(one for one in left if one >= place)
    assert list(mask.falling()) == sorted(left, reverse=True)
    assert list(mask.falling(place)) == sorted((n for n in left if n < place), reverse=True)
    assert list(mask.among(sorted(right))) == sorted(left & right)


def test_numbers_come_big_endian() -> None:
    assert list(numbers(pack_struct(">3i", 1, -2, 70000))) == [1, -2, 70000]
    assert list(unpack("q", pack_struct(">2q", 1, -(2**40)))) == [1, -(2**40)]
    assert list(numbers(None)) == []


def test_sparse_and_dense_sets_say_the_same() -> None:
    size = 10_000
    sparse, dense = range(0, size, 1000), range(0, size, 3)
    mask = Mask(pack(range(0, size, 2), size), size)

    for chosen in (sparse, dense):
        members = Members(array("i", chosen), size)
        assert members.within(mask) == sum(1 for one in chosen if one % 2 == 0)
        assert Mask(members.bits, size).count == len(chosen)
    assert Members(array("i", sparse), size).weight < Members(array("i", dense), size).weight
