"""The master keys of the house, from the environment or a file.

``MEDIATHEQUE_MASTER_KEY`` (with ``MEDIATHEQUE_PREVIOUS_MASTER_KEYS`` for what was encrypted before
it), or ``MEDIATHEQUE_MASTER_KEY_FILE``: the present key in the first line, older ones below. In
development, where neither is set, a file of that kind is made in the data folder, mode 0600; in
production the house does not start without a key.
"""

from __future__ import annotations

import os
import secrets
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mediatheque.kit.envelope import BadKeyError, Keyring, new_key, parse_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mediatheque.core.settings import Settings

FILE: Final = "master.key"
_READ: dict[tuple[object, ...], Keyring] = {}


REWRAP: Final = "keys.rewrap"
"""Under this name an area's manifest brings what puts its secrets under the present key:
``async (ctx, keys) -> Rewrapped``, called across spaces."""


@dataclass(frozen=True, slots=True)
class Rewrapped:
    """How many secrets are under the present key now, and which cannot be read."""

    secrets: int = 0
    unreadable: tuple[str, ...] = ()

    def __add__(self, other: Rewrapped) -> Rewrapped:
        """Both together."""
        return Rewrapped(self.secrets + other.secrets, self.unreadable + other.unreadable)


class MasterKeyError(RuntimeError):
    """There is no master key that could be used; the message says what to do."""


def key_file(settings: Settings) -> Path | None:
    """The file with the keys; None when they stand in the environment."""
    if settings.master_key:
        return None
    return settings.master_key_file or settings.data / FILE


def keyring(settings: Settings) -> Keyring:
    """The house's keys. A file that changed is read anew. MasterKeyError."""
    path = key_file(settings)
    if path is None:
        key: tuple[object, ...] = (settings.master_key, settings.previous_master_keys)
    else:
        if settings.master_key_file is None:
            _provide(path, settings)
        try:
            found = path.stat()
        except OSError as error:
            raise MasterKeyError(
                f"MEDIATHEQUE_MASTER_KEY_FILE names {path}, which cannot be read: {error.strerror}."
            ) from error
        key = (path, found.st_mtime_ns, found.st_ino)
    if key not in _READ:
        _READ[key] = _read(settings, path)
    return _READ[key]


def insist_on_keys(settings: Settings) -> None:
    """End the process with a message if there is no master key that could be used."""
    try:
        keyring(settings)
    except MasterKeyError as error:
        print(f"Mediatheque cannot start: {error}", file=sys.stderr, flush=True)  # noqa: T201  (before there is a log)
        raise SystemExit(1) from None


def _provide(path: Path, settings: Settings) -> None:
    """Make the key of a development house, once, whoever comes first."""
    if path.exists():
        return
    if settings.environment == "production":
        raise MasterKeyError(
            "There is no master key. In production, set MEDIATHEQUE_MASTER_KEY to 32 random bytes "
            "(`openssl rand -hex 32`) or MEDIATHEQUE_MASTER_KEY_FILE to a file with them, and keep "
            "a copy apart from the database: without it the secrets in it are lost."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_keys(path, [new_key()], is_new=True)


def write_keys(path: Path, keys: Sequence[bytes], *, is_new: bool = False) -> None:
    """Write a file of keys at once, readable by its owner only.

    ``is_new``: one that is there already stays.
    """
    made = path.with_name(f"{path.name}.{secrets.token_hex(6)}")
    handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write("".join(f"{key.hex()}\n" for key in keys))
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            try:
                os.link(made, path)
            except FileExistsError:
                return
        else:
            made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def _read(settings: Settings, path: Path | None) -> Keyring:
    if path is None:
        texts = [settings.master_key, *settings.previous_master_keys.split(",")]
        name = "MEDIATHEQUE_MASTER_KEY or MEDIATHEQUE_PREVIOUS_MASTER_KEYS"
    else:
        texts, name = path.read_text().splitlines(), str(path)
    try:
        return Keyring([parse_key(text) for text in texts if text.strip()])
    except BadKeyError as error:
        raise MasterKeyError(f"{name}: {error}") from error
