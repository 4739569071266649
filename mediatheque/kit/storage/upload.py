"""Bytes on their way into a store: counted, hashed, bounded, and nothing left if they break off."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import obstore
from obstore.store import LocalStore, S3Store

from mediatheque.kit.storage.errors import ObjectTooLargeError

if TYPE_CHECKING:
    from obstore import Attributes, PutResult

Source: TypeAlias = bytes | Path | AsyncIterable[bytes]

PART: Final = 5 * 1024 * 1024  # S3 takes no smaller part, but for the last
_PARTS_AT_ONCE: Final = 3
_READ: Final = 1024 * 1024
_HASH_IN_THREAD: Final = 256 * 1024  # below it the hand-over costs more than the hash
_ABORT_SECONDS: Final = 10.0


class _AbandonedError(Exception):
    """Tells the library to take back a write whose source broke off."""


@dataclass(slots=True)
class Meter:
    """Counts and hashes what passes, and stops it above the limit."""

    limit: int | None
    size: int = 0
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def count(self, chunk: bytes) -> None:
        """Count a chunk; ObjectTooLargeError above the limit."""
        self.size += len(chunk)
        if self.limit is not None and self.size > self.limit:
            raise ObjectTooLargeError(f"More than {self.limit} bytes.")

    async def pass_on(self, source: Source) -> AsyncGenerator[bytes, None]:
        """Yield the chunks of a source, counted and hashed."""
        async with aclosing(_chunks_of(source)) as chunks:
            async for chunk in chunks:
                self.count(chunk)
                if len(chunk) < _HASH_IN_THREAD:
                    self.digest.update(chunk)
                else:
                    await asyncio.to_thread(self.digest.update, chunk)
                yield chunk


async def _chunks_of(source: Source) -> AsyncGenerator[bytes, None]:
    if isinstance(source, bytes):
        yield source
    elif isinstance(source, Path):
        file = await asyncio.to_thread(source.open, "rb")
        try:
            while chunk := await asyncio.to_thread(file.read, _READ):
                yield chunk
        finally:
            await asyncio.to_thread(file.close)
    else:
        try:
            async for chunk in source:
                yield chunk
        finally:
            if isinstance(source, AsyncGenerator):  # now, not when it is collected
                await source.aclose()


async def first_part(chunks: AsyncIterator[bytes]) -> bytes:
    """Collect one part's worth: what is smaller goes in one request."""
    part = bytearray()
    async for chunk in chunks:
        part += chunk
        if len(part) > PART:
            break
    return bytes(part)


async def upload_parts(
    store: LocalStore | S3Store,
    key: str,
    first: bytes,
    rest: AsyncIterator[bytes],
    attributes: "Attributes | None",
) -> None:
    """Write `first` and `rest` in parts; if `rest` raises or we are cancelled, take it all back.

    The library reads from a queue of ours, not from `rest`: it would go on reading after we are
    cancelled, and would leave the parts sent so far in the bucket.
    """
    queue: asyncio.Queue[bytes | _AbandonedError | None] = asyncio.Queue(4)

    async def feed() -> AsyncIterator[bytes]:
        while (item := await queue.get()) is not None:
            if isinstance(item, _AbandonedError):
                raise item
            yield item

    upload = asyncio.ensure_future(
        obstore.put_async(
            store,
            key,
            feed(),
            attributes=attributes,
            use_multipart=True,
            chunk_size=PART,
            max_concurrency=_PARTS_AT_ONCE,
        )
    )
    try:
        await _hand_over(queue, upload, first)
        async for chunk in rest:
            await _hand_over(queue, upload, chunk)
            if upload.done():
                break
        await _hand_over(queue, upload, None)
    except BaseException:
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(_AbandonedError())
        await asyncio.wait({upload}, timeout=_ABORT_SECONDS)
        if upload.done() and not upload.cancelled():
            upload.exception()  # seen: what broke off is what is raised
        raise
    await upload


async def _hand_over(
    queue: asyncio.Queue[bytes | _AbandonedError | None],
    upload: "asyncio.Future[PutResult]",
    item: bytes | None,
) -> None:
    """Put an item into the queue, or give up when the upload has ended (it failed)."""
    if not queue.full():
        queue.put_nowait(item)
        return
    put = asyncio.ensure_future(queue.put(item))
    either: set[asyncio.Future[Any]] = {put, upload}
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    finally:
        put.cancel()
