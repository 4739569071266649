"""Where bytes are kept: a folder of this machine or an S3-compatible store, by one URL.

`open_storage("./var/files")`, `open_storage("file:///srv/files")` or
`open_storage("s3://bucket/prefix?endpoint=https://s3.example.com&region=eu-west-1")`. Keys are made
by the product, never by people: slash-separated parts of ASCII letters, digits, "_", "-", ".".
A write is whole or not there; nothing here blocks the event loop.
"""

import asyncio
import os
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

import obstore
from obstore.store import LocalStore, S3Store

from mediatheque.kit.storage.errors import (
    InvalidKeyError,
    ObjectNotFoundError,
    ObjectTooLargeError,
    RangeNotSatisfiableError,
    StorageError,
    translated,
)
from mediatheque.kit.storage.upload import PART, Meter, Source, first_part, upload_parts

if TYPE_CHECKING:
    from obstore import Attributes, GetOptions, ObjectMeta
    from obstore.store import ClientConfig, S3Config

_WINDOW: Final = 2 * 1024 * 1024
_KEY: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_KEY_LENGTH: Final = 512
_S3_OPTIONS: Final = frozenset({"endpoint", "region", "path_style"})
_TIMEOUT: Final = timedelta(seconds=120)


@dataclass(frozen=True, slots=True)
class Stored:
    """What was written: its key, size in bytes and SHA-256 in hex."""

    key: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """What is known of an object without reading it; the ETag as the store gives it, quoted."""

    key: str
    size: int
    modified_at: datetime
    etag: str | None


@dataclass(frozen=True, slots=True)
class Opened:
    """An object being read: bytes `start` to `end` (exclusive) of it, as an async iterator."""

    info: ObjectInfo
    start: int
    end: int
    chunks: AsyncIterator[bytes]

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.chunks


def check_key(key: str) -> str:
    """Give the key back, or raise InvalidKeyError: no "..", no hidden names, ASCII, 512 at most."""
    if len(key) > _KEY_LENGTH or not _KEY.fullmatch(key):
        raise InvalidKeyError(f"Not a storage key: {key[:80]!r}")
    return key


def _sync(path: Path) -> None:
    """Bring a file and its folder's entry to the disk: a row may point at it after a power cut."""
    for target, flags in ((path, os.O_RDONLY), (path.parent, os.O_RDONLY | os.O_DIRECTORY)):
        handle = os.open(target, flags)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _info(meta: "ObjectMeta") -> ObjectInfo:
    return ObjectInfo(meta["path"], meta["size"], meta["last_modified"], meta["e_tag"])


class Storage:
    """One store. Every method raises StorageError, or the subclass it names."""

    def __init__(self, store: LocalStore | S3Store, *, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    @property
    def is_local(self) -> bool:
        """Whether the bytes are in a folder of this machine (which no other node sees)."""
        return self._folder is not None

    async def put(
        self, key: str, source: Source, *, limit: int | None = None, content_type: str | None = None
    ) -> Stored:
        """Keep the bytes under `key`, in place of what was there, whole or not at all.

        Streams in constant memory. Above `limit` bytes: ObjectTooLargeError. What the source
        raises comes through, and nothing is kept. `content_type` is what S3 serves it as.
        """
        check_key(key)
        meter = Meter(limit)
        attributes: Attributes | None = (
            None if self.is_local or not content_type else {"Content-Type": content_type}
        )
        async with aclosing(meter.pass_on(source)) as chunks:
            first = await first_part(chunks)
            with translated(key):
                if len(first) > PART:
                    await upload_parts(self._store, key, first, chunks, attributes)
                else:
                    await obstore.put_async(
                        self._store, key, first, attributes=attributes, use_multipart=False
                    )
        if self._folder is not None:
            await asyncio.to_thread(_sync, self._folder / key)
        return Stored(key, meter.size, meter.digest.hexdigest())

    async def get(self, key: str, *, start: int = 0, end: int | None = None) -> Opened:
        """Open an object, or bytes `start` to `end` (exclusive, cut at its size) of it.

        The first bytes are read before this returns, so that ObjectNotFoundError comes here; the
        rest in requests of their own, so that a slow reader keeps none open.
        """
        check_key(key)
        if start < 0 or (end is not None and end <= start):
            raise RangeNotSatisfiableError((await self.head(key)).size)
        try:
            info, first = await self._window(key, start, end, None)
        except StorageError as error:
            if isinstance(error, ObjectNotFoundError):
                raise
            info = await self.head(key)
            if info.size or start:
                if start >= info.size:
                    raise RangeNotSatisfiableError(info.size) from error
                raise
            first = b""
        stop = info.size if end is None else min(end, info.size)
        return Opened(info, start, stop, self._rest(info, first, start + len(first), stop))

    async def read(self, key: str, *, limit: int) -> bytes:
        """Read a whole object of at most `limit` bytes into memory; ObjectTooLargeError above."""
        opened = await self.get(key)
        if opened.info.size > limit:
            raise ObjectTooLargeError(f"{key} has {opened.info.size} bytes, more than {limit}.")
        return b"".join([chunk async for chunk in opened])

    async def head(self, key: str) -> ObjectInfo:
        """Tell size, time and ETag of an object; ObjectNotFoundError."""
        with translated(check_key(key)):
            return _info(await obstore.head_async(self._store, key))

    async def delete(self, *keys: str) -> None:
        """Remove objects; one that is not there is no error."""
        for key in keys:
            with translated(check_key(key)):
                try:
                    await obstore.delete_async(self._store, key)
                except FileNotFoundError:
                    continue

    async def walk(self, prefix: str = "") -> AsyncIterator[ObjectInfo]:
        """List the objects below a folder of keys ("" is all), in no particular order."""
        with translated(prefix):
            async for batch in obstore.list(self._store, check_key(prefix) if prefix else None):
                for meta in batch:
                    yield _info(meta)

    async def signed_url(self, key: str, *, expires_in: timedelta) -> str | None:
        """Make an address that reads the object without us; None for a folder, which has none."""
        check_key(key)
        if not isinstance(self._store, S3Store):
            return None
        with translated(key):
            return await obstore.sign_async(self._store, "GET", key, expires_in)

    async def check(self) -> None:
        """Write, read and remove a small object; StorageError says what does not work."""
        key, value = f"_check/{secrets.token_hex(8)}", secrets.token_bytes(16)
        await self.put(key, value)
        found = await self.read(key, limit=len(value))
        await self.delete(key)
        if found != value:
            raise StorageError("The store gave back other bytes than it was given.")

    async def _window(
        self, key: str, start: int, end: int | None, etag: str | None
    ) -> tuple[ObjectInfo, bytes]:
        stop = start + _WINDOW if end is None else min(end, start + _WINDOW)
        options: GetOptions = {"range": (start, stop)}
        if etag is not None:
            options["if_match"] = etag
        with translated(key):
            result = await obstore.get_async(self._store, key, options=options)
            return _info(result.meta), bytes(await result.bytes_async())

    async def _rest(
        self, info: ObjectInfo, first: bytes, at: int, end: int
    ) -> AsyncIterator[bytes]:
        if first:
            yield first
        while at < end:
            _, chunk = await self._window(info.key, at, end, info.etag)
            at += len(chunk)
            yield chunk


def open_storage(url: str) -> Storage:
    """Open the store that a URL names; a folder is made if it is not there, for us alone.

    S3: `s3://[key:secret@]bucket[/prefix][?endpoint=…&region=…&path_style=true|false]`; without a
    key in it, the usual AWS_* variables or the machine's role count. An own `endpoint` means
    path-style addresses unless told otherwise. ValueError for what it cannot read (the message
    never repeats the URL, which may hold a secret).
    """
    parts = urlsplit(url)
    if parts.scheme in {"", "file"}:
        return _open_folder(Path(unquote(parts.path) if parts.scheme else url))
    if parts.scheme != "s3" or not parts.hostname:
        raise ValueError("The storage is a folder, file:///folder or s3://bucket.")
    return _open_bucket(url)


def _open_folder(folder: Path) -> Storage:
    folder = folder.expanduser().absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Storage(LocalStore(folder), folder=folder)


def _open_bucket(url: str) -> Storage:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    if unknown := options.keys() - _S3_OPTIONS:
        raise ValueError(f"The storage URL has no option {', '.join(sorted(unknown))}.")
    config: S3Config = {"bucket": parts.netloc.rpartition("@")[2]}
    client: ClientConfig = {"timeout": _TIMEOUT}
    if parts.username and parts.password:
        config["access_key_id"] = unquote(parts.username)
        config["secret_access_key"] = unquote(parts.password)
    if region := options.get("region"):
        config["region"] = region
    if endpoint := options.get("endpoint"):
        config["endpoint"] = endpoint
        client["allow_http"] = endpoint.startswith("http://")
    path_style = options.get("path_style", "true" if endpoint else "false")
    config["virtual_hosted_style_request"] = path_style.lower() in {"false", "0", "no"}
    prefix = unquote(parts.path).strip("/") or None
    return Storage(S3Store(prefix=prefix, config=config, client_options=client))
