from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mediatheque.kit.grouping import Groups, count_distinct


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=3), st.integers(-9, 9))), st.integers(1, 10))
def test_groups_are_the_same_in_memory_and_on_disk(
    pairs: list[tuple[str, int]], limit: int
) -> None:
    wanted: dict[str, list[int]] = {}
    for key, value in pairs:
        wanted.setdefault(key, []).append(value)
    with Groups() as roomy, Groups(in_memory=limit) as narrow:
        for key, value in pairs:
            roomy.add(key, value)
            narrow.add(key, value)
        assert list(roomy) == list(wanted.items())
        assert dict(narrow) == wanted
    assert count_distinct(key for key, _ in pairs) == len(wanted)


def test_the_order_on_disk_is_always_the_same() -> None:
    def order() -> list[str]:
        with Groups(in_memory=7) as groups:
            for number in range(500):
                groups.add(f"key {number % 50}", {"n": number})
            return [key for key, _ in groups]

    assert order() == order()
