from __future__ import annotations

from mediatheque.kit.kept import Kept


def test_the_least_recently_used_goes_first() -> None:
    kept = Kept(80)
    for name in "abcdefgh":
        kept.put(name, name.encode() * 10)
    assert kept.get("a") == b"a" * 10

    kept.put("i", b"i" * 10)

    assert kept.get("b") is None
    assert kept.get("a") == b"a" * 10
    assert (len(kept), kept.weight) == (8, 80)


def test_a_value_is_replaced_and_a_huge_one_not_kept() -> None:
    kept = Kept(80)
    kept.put("a", b"1234")
    kept.put("a", b"12")
    kept.put("b", b"x" * 11)

    assert kept.get("a") == b"12"
    assert kept.get("b") is None
    assert (len(kept), kept.weight) == (1, 2)
