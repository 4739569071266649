import asyncio
import hashlib
import os
import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from moto.server import ThreadedMotoServer

from mediatheque.kit import storage
from mediatheque.kit.storage import Storage

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def bucket_url() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    httpx.put(f"{endpoint}/media-files").raise_for_status()
    yield f"s3://key:se%2Fcret@media-files/some/prefix?endpoint={endpoint}&region=us-east-1"
    server.stop()


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "local":
        return storage.open_storage(f"file://{tmp_path}/files")
    return storage.open_storage(request.getfixturevalue("bucket_url"))


async def chunks(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        await asyncio.sleep(0)
        yield piece


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def unfinished_uploads(bucket_url: str) -> str:
    """Ask the S3 server for the multipart uploads that are neither completed nor aborted."""
    endpoint = parse_qs(urlsplit(bucket_url).query)["endpoint"][0]
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{endpoint}/media-files?uploads")
    assert "ListMultipartUploadsResult" in answer.text
    return answer.text


async def read(opened: storage.Opened) -> bytes:
    return b"".join([chunk async for chunk in opened])


@pytest.mark.parametrize("size", [0, 1, 5 * MEGABYTE, 5 * MEGABYTE + 1, 17 * MEGABYTE])
async def test_what_is_put_is_what_is_read(store: Storage, tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    file = tmp_path / "source"
    file.write_bytes(data)
    stream = chunks(*(data[at : at + 300_000] for at in range(0, size, 300_000)))
    for key, source in (("a/bytes", data), ("a/file", file), ("a/stream.bin", stream)):
        assert await store.put(key, source) == storage.Stored(
            key, size, hashlib.sha256(data).hexdigest()
        )
        opened = await store.get(key)
        assert (opened.start, opened.end, opened.info.size) == (0, size, size)
        assert await read(opened) == data
    assert await store.read("a/file", limit=size) == data


async def test_putting_again_replaces(store: Storage) -> None:
    await store.put("again", b"first, and longer")
    await store.put("again", b"second")
    assert await store.read("again", limit=100) == b"second"


async def test_ranges(store: Storage) -> None:
    data = os.urandom(5 * MEGABYTE)
    await store.put("ranged", data)
    for start, end in ((0, 1), (10, 20), (4 * MEGABYTE, None), (1, 5 * MEGABYTE), (7, 10**9)):
        opened = await store.get("ranged", start=start, end=end)
        assert await read(opened) == data[start:end]
        assert (opened.start, opened.end) == (start, min(end or len(data), len(data)))
    for start, end in ((5 * MEGABYTE, None), (10**9, 10**9 + 5), (5, 5), (9, 2), (-1, 5)):
        with pytest.raises(storage.RangeNotSatisfiableError) as caught:
            await store.get("ranged", start=start, end=end)
        assert caught.value.size == len(data)


async def test_a_range_of_nothing(store: Storage) -> None:
    await store.put("nothing", b"")
    with pytest.raises(storage.RangeNotSatisfiableError) as caught:
        await store.get("nothing", start=1)
    assert caught.value.size == 0


async def test_head_walk_and_delete(store: Storage) -> None:
    await store.put("shelf/one.txt", b"1")
    await store.put("shelf/deep/two.txt", b"22")
    await store.put("shelf2/three.txt", b"333")
    info = await store.head("shelf/one.txt")
    assert (info.key, info.size) == ("shelf/one.txt", 1)
    assert info.modified_at.tzinfo is not None
    assert info.etag
    found = {info.key: info.size async for info in store.walk("shelf")}
    assert found == {"shelf/one.txt": 1, "shelf/deep/two.txt": 2}
    assert {"shelf2/three.txt"} < {info.key async for info in store.walk()}
    await store.delete("shelf/one.txt", "shelf/never-was", "shelf/deep/two.txt")
    assert [info async for info in store.walk("shelf")] == []
    with pytest.raises(storage.ObjectNotFoundError):
        await store.head("shelf/one.txt")


async def test_what_is_not_there(store: Storage) -> None:
    for action in (store.get("missing/x"), store.head("missing/x"), store.read("no", limit=1)):
        with pytest.raises(storage.ObjectNotFoundError) as caught:
            await action
        assert "\n" not in str(caught.value)
        assert caught.value.code == "object_not_found"


@pytest.mark.parametrize("size", [1_000, 12 * MEGABYTE])
async def test_too_much_is_refused_and_the_old_stays(store: Storage, size: int) -> None:
    await store.put("limited", b"old")
    pieces = [b"x" * (size // 100)] * 100
    with pytest.raises(storage.ObjectTooLargeError):
        await store.put("limited", chunks(*pieces), limit=size // 100 * 100 - 1)
    assert await store.read("limited", limit=10) == b"old"
    await store.put("limited", chunks(*pieces), limit=size)
    with pytest.raises(storage.ObjectTooLargeError):
        await store.read("limited", limit=999)


class BrokenUploadError(Exception):
    pass


@pytest.mark.parametrize("after", [1, 12])
async def test_a_broken_source_leaves_nothing(
    store: Storage, tmp_path: Path, bucket_url: str, after: int
) -> None:
    closed = asyncio.Event()

    async def breaking() -> AsyncIterator[bytes]:
        try:
            for _ in range(after):
                yield b"x" * MEGABYTE
            raise BrokenUploadError
        finally:
            closed.set()

    with pytest.raises(BrokenUploadError):
        await store.put("broken/file", breaking())
    assert closed.is_set()
    with pytest.raises(storage.ObjectNotFoundError):
        await store.head("broken/file")
    assert files_below(tmp_path) == []
    assert "<Upload>" not in await unfinished_uploads(bucket_url)


@pytest.mark.parametrize("stalled", [False, True])
async def test_a_cancelled_put_leaves_nothing(
    store: Storage, tmp_path: Path, bucket_url: str, *, stalled: bool
) -> None:
    closed = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        try:
            for piece in range(10_000):
                yield b"x" * MEGABYTE
                await asyncio.sleep(600 if stalled and piece == 20 else 0.005)
        finally:
            closed.set()

    task = asyncio.create_task(store.put("cancelled", endless()))
    await asyncio.sleep(0.6)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert closed.is_set()
    assert files_below(tmp_path) == []
    assert "<Upload>" not in await unfinished_uploads(bucket_url)
    with pytest.raises(storage.ObjectNotFoundError):
        await store.head("cancelled")


async def test_an_upload_that_fails_midway_stops_reading(bucket_url: str) -> None:
    store = storage.open_storage(bucket_url.replace("media-files", "no-such-bucket"))
    read = 0

    async def long() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(2_000):
            read += 1
            yield b"x" * MEGABYTE
            await asyncio.sleep(0.001)

    with pytest.raises(storage.StorageError):
        await store.put("x", long())
    assert read < 2_000


async def test_readers_of_a_local_file_never_see_half_of_it(tmp_path: Path) -> None:
    store = storage.open_storage(str(tmp_path / "files"))
    await store.put("whole", b"a" * (6 * MEGABYTE))
    seen: set[bytes] = set()

    async def look() -> None:
        for _ in range(30):
            data = (tmp_path / "files" / "whole").read_bytes()
            seen.add(data[:1] + data[-1:] + str(len(data)).encode())
            await asyncio.sleep(0.005)

    looking = asyncio.create_task(look())
    for letter in (b"b", b"c", b"d"):
        await store.put("whole", chunks(*[letter * MEGABYTE] * 6))
    await looking
    assert seen <= {letter * 2 + str(6 * MEGABYTE).encode() for letter in (b"a", b"b", b"c", b"d")}


async def test_an_object_replaced_under_a_reader_is_an_error_not_a_mixture(store: Storage) -> None:
    await store.put("moving", b"a" * (5 * MEGABYTE))
    opened = await store.get("moving")
    await store.put("moving", b"b" * (5 * MEGABYTE) + b"!")
    got = bytearray()

    async def collect() -> None:
        async for chunk in opened:
            got.extend(chunk)

    with pytest.raises(storage.StorageError):
        await collect()
    assert set(got) == {ord("a")}


async def test_reading_and_writing_leave_the_loop_free(store: Storage) -> None:
    data = os.urandom(30 * MEGABYTE)

    async def work() -> None:
        await store.put(
            "large", chunks(*(data[at : at + MEGABYTE] for at in range(0, len(data), MEGABYTE)))
        )
        assert await read(await store.get("large")) == data

    task = asyncio.create_task(work())
    longest, before = 0.0, time.perf_counter()
    while not task.done():
        await asyncio.sleep(0.001)
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
    await task
    assert longest < 0.5


@pytest.mark.parametrize(
    "key",
    [
        "", "/", "/etc/passwd", "a/", "a//b", "..", "../x", "a/../b", "a/./b", ".hidden",
        "a/.hidden", "a\\b", "a b", "é", "a#1", "a%2e%2e", "a\x00b", "a\nb", "a\n", "x" * 513,
        "a/~b", "C:/x",
    ],
)  # fmt: skip
async def test_keys_are_strict(store: Storage, key: str) -> None:
    with pytest.raises(storage.InvalidKeyError):
        await store.put(key, b"x")
    with pytest.raises(storage.InvalidKeyError):
        await store.get(key)
    with pytest.raises(storage.InvalidKeyError):
        await store.delete(key)


async def test_a_signed_address_reads_without_us(bucket_url: str) -> None:
    store = storage.open_storage(bucket_url)
    assert not store.is_local
    await store.put("poster.webp", b"picture", content_type="image/webp")
    url = await store.signed_url("poster.webp", expires_in=timedelta(minutes=5))
    assert url is not None
    assert "secret" not in url
    async with httpx.AsyncClient() as client:
        answer = await client.get(url)
    assert answer.content == b"picture"
    assert answer.headers["content-type"] == "image/webp"


async def test_a_local_store_has_no_signed_address_and_a_private_folder(tmp_path: Path) -> None:
    store = storage.open_storage(str(tmp_path / "deep" / "files"))
    assert store.is_local
    assert await store.signed_url("x", expires_in=timedelta(minutes=5)) is None
    assert (tmp_path / "deep" / "files").stat().st_mode & 0o777 == 0o700


async def test_the_check_tells_what_works(store: Storage) -> None:
    await store.check()
    assert [info async for info in store.walk("_check")] == []


async def test_the_check_tells_what_does_not_work(bucket_url: str) -> None:
    store = storage.open_storage(bucket_url.replace("media-files", "no-such-bucket"))
    with pytest.raises(storage.StorageError) as caught:
        await store.check()
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "gopher://x",
        "s3:///nobucket",
        "s3://k:secret@bucket?acl=public",
        "https://k:secret@example.org/",
    ],
)
def test_urls_it_cannot_read_are_refused_without_repeating_them(url: str) -> None:
    with pytest.raises(ValueError, match="storage") as caught:
        storage.open_storage(url)
    assert "secret" not in str(caught.value)
