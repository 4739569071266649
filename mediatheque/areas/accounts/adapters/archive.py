"""The archive of somebody's data: a ZIP of JSON files and of what they put in."""

from __future__ import annotations

import asyncio
import re
import tempfile
import zipfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from mediatheque.kit.storage import ObjectNotFoundError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mediatheque.kit.storage import Storage

ABOUT = """Everything this house knows about you.

Each .json file is a list of rows, in UTF-8; times are in UTC. The folder `files` holds what you
put in, as it was kept. Passwords and tokens are kept only as hashes, so they are not here.
"""
_SAFE = re.compile(r"[^\w.() -]+")


class Archive:
    """A ZIP file being written, in constant memory."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
        self._names: set[str] = set()
        self._zip.writestr("README.txt", ABOUT)

    async def add_rows(self, name: str, pages: AsyncIterator[list[dict[str, Any]]]) -> int:
        """Write rows as a JSON array; answers how many."""
        count = 0
        with self._zip.open(f"{name}.json", "w", force_zip64=True) as file:
            file.write(b"[")
            async for rows in pages:
                data = b",\n".join(orjson.dumps(row, default=str) for row in rows)
                await asyncio.to_thread(file.write, (b",\n" if count else b"\n") + data)
                count += len(rows)
            file.write(b"\n]\n")
        return count

    async def add_file(self, name: str, storage: Storage, key: str) -> bool:
        """Copy an object of the store; False if it is not there any more."""
        try:
            opened = await storage.get(key)
        except ObjectNotFoundError:
            return False
        with self._zip.open(f"files/{self._free(name)}", "w", force_zip64=True) as file:
            async for chunk in opened.chunks:
                await asyncio.to_thread(file.write, chunk)
        return True

    def _free(self, name: str) -> str:
        """A name that no other file of the archive has, and that leads nowhere."""
        parts = [_SAFE.sub("_", part).strip(". ") for part in name.split("/")]
        clean = "/".join(part for part in parts if part) or "file"
        stem, dot, ending = clean.rpartition(".")
        stem, ending = (stem, f".{ending}") if dot and "/" not in ending else (clean, "")
        number, free = 1, clean
        while free.casefold() in self._names:
            number += 1
            free = f"{stem} ({number}){ending}"
        self._names.add(free.casefold())
        return free

    def close(self) -> None:
        """Finish the file."""
        self._zip.close()


@asynccontextmanager
async def new_archive() -> AsyncIterator[tuple[Archive, Path]]:
    """An archive in a temporary folder of its own, gone after the block."""
    with tempfile.TemporaryDirectory(prefix="mediatheque-") as folder:
        path = Path(folder) / "archive.zip"
        archive = Archive(path)
        try:
            yield archive, path
        finally:
            archive.close()
