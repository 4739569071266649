import asyncio
from collections.abc import AsyncIterator

import pytest

from mediatheque.kit import sse
from mediatheque.kit.sse import Event


@pytest.mark.parametrize(
    ("event", "wire"),
    [
        (Event("hello"), b"data: hello\n\n"),
        (Event(""), b"data: \n\n"),
        (Event("two\nlines\r\nor\rthree"), b"data: two\ndata: lines\ndata: or\ndata: three\n\n"),
        (Event({"done": 5, "of": "é"}), 'data: {"done":5,"of":"é"}\n\n'.encode()),
        (Event([1, None]), b"data: [1,null]\n\n"),
        (
            Event("x", id="42", event="progress", retry=2000),
            b"id: 42\nevent: progress\nretry: 2000\ndata: x\n\n",
        ),
        (Event("id: 7\n\nevent: forged"), b"data: id: 7\ndata: \ndata: event: forged\n\n"),
    ],
)
def test_an_event_on_the_wire(event: Event, wire: bytes) -> None:
    assert event.encode() == wire


@pytest.mark.parametrize(
    "event", [Event("x", id="1\n2"), Event("x", event="a\rb"), Event("x", id="\x00")]
)
def test_names_and_ids_cannot_forge_lines(event: Event) -> None:
    with pytest.raises(ValueError, match="line break"):
        event.encode()


async def test_a_stream_ends_with_its_events() -> None:
    async def events() -> AsyncIterator[Event]:
        yield Event(1)
        yield Event(2)

    found = [piece async for piece in sse.stream(events(), retry=500)]
    assert found == [b"retry: 500\n\n", b"data: 1\n\n", b"data: 2\n\n"]


async def test_silence_is_kept_alive_and_loses_no_event() -> None:
    async def events() -> AsyncIterator[Event]:
        await asyncio.sleep(0.16)
        yield Event("late")

    found = [piece async for piece in sse.stream(events(), keep_alive=0.05)]
    assert found[-1] == b"data: late\n\n"
    assert 2 <= found.count(sse.KEEP_ALIVE) <= 4
    assert len(found) == found.count(sse.KEEP_ALIVE) + 1


async def test_a_reader_that_goes_away_closes_the_source() -> None:
    closed = asyncio.Event()

    async def events() -> AsyncIterator[Event]:
        try:
            yield Event("first")
            await asyncio.sleep(60)
        finally:
            closed.set()

    async def read() -> None:
        async for _ in sse.stream(events()):
            pass

    reader = asyncio.create_task(read())
    await asyncio.sleep(0.05)
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    await asyncio.wait_for(closed.wait(), 1)


async def test_an_error_of_the_source_comes_through() -> None:
    async def events() -> AsyncIterator[Event]:
        yield Event(1)
        raise LookupError("gone")

    found: list[bytes] = []

    async def read() -> None:
        async for piece in sse.stream(events()):
            found.append(piece)  # noqa: PERF401  what came before the error is looked at

    with pytest.raises(LookupError):
        await read()
    assert found == [b"data: 1\n\n"]
