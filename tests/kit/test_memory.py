from __future__ import annotations

import gc

import pytest

from mediatheque.kit import memory


def test_what_is_loaded_is_not_searched_for_garbage() -> None:
    before = gc.get_freeze_count()
    with memory.loading():
        assert not gc.isenabled()
        stays: list[list[int]] = [[] for _ in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(stays)


def test_the_search_goes_on_after_a_fault() -> None:
    with pytest.raises(ImportError), memory.loading():
        raise ImportError
    assert gc.isenabled()
