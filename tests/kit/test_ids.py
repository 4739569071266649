import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID, uuid4

import pytest

from mediatheque.kit import ids


def test_version_variant_and_time() -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    made = ids.uuid7()
    assert made.version == 7
    assert made.variant == RFC_4122
    assert before <= ids.time_of(made) <= datetime.now(UTC) + timedelta(seconds=1)
    with pytest.raises(ValueError, match="version 7"):
        ids.time_of(uuid4())


def test_ids_grow_strictly_and_never_repeat() -> None:
    made = [ids.uuid7() for _ in range(50_000)]
    assert made == sorted(set(made))
    assert [str(one) for one in made] == sorted(str(one) for one in made)


def test_threads_never_get_the_same_id() -> None:
    with ThreadPoolExecutor(8) as pool:
        batches = list(pool.map(lambda _: [ids.uuid7() for _ in range(2_000)], range(8)))
    for batch in batches:
        assert batch == sorted(batch)
    assert len({one for batch in batches for one in batch}) == 16_000


def test_a_clock_that_goes_back_does_not_take_the_ids_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = ids.uuid7()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)
    assert ids.uuid7() > first


def test_a_full_counter_borrows_the_next_millisecond() -> None:
    sequence = ids._Sequence()  # noqa: SLF001  (its state is not seen from outside)
    sequence.next(1_000)
    sequence.counter = (1 << 42) - 1
    milliseconds, counter, _ = sequence.next(1_000)
    assert milliseconds == 1_001
    assert counter < 1 << 41


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_forked_child_does_not_continue_its_parents_sequence() -> None:
    ids.uuid7()
    before = ids._sequence  # noqa: SLF001  (its state is not seen from outside)
    child = os.fork()
    if child == 0:
        os._exit(0 if ids._sequence is not before and not ids._sequence.last_ms else 1)  # noqa: SLF001  (its state is not seen from outside)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_reading_an_id_takes_its_usual_form_only() -> None:
    made = ids.uuid7()
    assert ids.parse_id(str(made)) == made
    assert ids.parse_id(str(made).upper()) == made
    for other in (made.hex, f"{{{made}}}", made.urn, "seven-samurai", "", "x" * 36, "-" * 36):
        assert ids.parse_id(other) is None
    assert ids.parse_id(str(UUID(int=0))) == UUID(int=0)


def test_short_codes_have_no_look_alikes() -> None:
    codes = {ids.short_code(10) for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 10 for code in codes)
    assert not set("".join(codes)) & set("01ILOU")
