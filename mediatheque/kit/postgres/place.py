"""Where a cluster lives: in the folder asked for, or under ``/var/lib`` when it must.

A home holds ``data`` (PGDATA), ``socket``, ``lock``, ``postgres.log`` and, when the installed
programs are out of the server's reach, a copy of them. Started by root, the home stays root's
(0710, the server's group may pass) and only ``data`` and ``socket`` (0700) are the server's, so
that the server cannot plant links where root writes.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mediatheque.kit.postgres.account import can_enter, choose_account
from mediatheque.kit.postgres.errors import PostgresError
from mediatheque.kit.processes import Account

ELSEWHERE = Path("/var/lib")
MOVED = "moved-to"
# The address of a Unix socket holds 107 bytes on Linux and 103 elsewhere, 14 of them for the
# socket's own name. In an address, a comma would part two hosts.
LONGEST_SOCKET_FOLDER = 80
UNFIT_FOR_SOCKETS = frozenset(',"')


@dataclass(frozen=True, slots=True)
class Place:
    """The home of a cluster and the account that runs it (None: we ourselves)."""

    home: Path
    account: Account | None

    @property
    def data(self) -> Path:
        """PGDATA."""
        return self.home / "data"

    def give(self, folder: Path) -> None:
        """Make the account the owner of a folder of ours."""
        if self.account is not None:
            os.chown(folder, self.account.uid, self.account.gid)

    def open(self, name: str, flags: int) -> int:
        """Open or create a file of ours in the home, never through a link; a descriptor."""
        descriptor = os.open(
            self.home / name, flags | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600
        )
        if self.account is not None:  # root in a home that an ordinary user made
            os.fchown(descriptor, self.home.stat().st_uid, -1)
        return descriptor


def find_home(folder: Path) -> Path:
    """Tell where the cluster of ``folder`` is, or would be first looked for; change nothing."""
    folder = folder.resolve()
    note = folder / MOVED
    try:
        return Path(note.read_text().splitlines()[0]).resolve() if note.exists() else folder
    except OSError as error:
        raise _no_entry(folder) from error


def settle(folder: Path, say: Callable[[str], None]) -> Place:
    """Create the home of the cluster and choose its account; say so if it moved."""
    folder = folder.resolve()
    _make(folder)
    home = find_home(folder)
    if home != folder:
        _make(home)
        say(f"The database is in {home} ({folder / MOVED} tells why).")
    account = choose_account(home)
    if account is None:
        if not os.access(home, os.W_OK | os.X_OK):
            raise _no_entry(home)
        return Place(home, None)
    if _let_in(home, account):
        return Place(home, account)
    return _move_out(folder, account, say)


def socket_folder(place: Place) -> Path:
    """Create the private folder for the socket: in the home, elsewhere if its path does not fit."""
    inside = place.home / "socket"
    fits = len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER
    if fits and not UNFIT_FOR_SOCKETS.intersection(str(inside)):
        inside.mkdir(mode=0o700, exist_ok=True)
        place.give(inside)
        return inside
    digest = hashlib.sha256(os.fsencode(place.home)).hexdigest()[:12]
    owner = place.account.uid if place.account else os.geteuid()
    outside = Path("/tmp", f"mediatheque-{owner}-{digest}")  # noqa: S108 - checked below
    try:
        outside.mkdir(mode=0o700)
    except FileExistsError:
        if _is_private(outside, owner):
            return outside
        outside = Path(tempfile.mkdtemp(prefix="mediatheque-"))  # somebody else was there first
    place.give(outside)
    return outside


def _make(folder: Path) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise PostgresError(f"Cannot create {folder}: {error.strerror}.") from error


def _let_in(home: Path, account: Account) -> bool:
    """Let the account pass through a home of root; False where it cannot get there."""
    if home.stat().st_uid == 0:
        try:
            os.chown(home, 0, account.gid)
            home.chmod(0o710)
        except OSError:  # a file system that knows no owners
            return False
    return can_enter(account, home)


def _move_out(folder: Path, account: Account, say: Callable[[str], None]) -> Place:
    reason = f"the user {account.name}, as whom PostgreSQL runs, cannot reach {folder}"
    home = _noted(folder, ELSEWHERE / f"mediatheque-{secrets.token_hex(6)}", reason)
    _make(home)
    if not _let_in(home, account):
        raise PostgresError(
            f"PostgreSQL would run as the user {account.name}, who can reach neither {folder} "
            f"nor {home}. Choose another data folder."
        )
    say(f"The database goes to {home}: {reason}.")
    return Place(home, account)


def _noted(folder: Path, home: Path, reason: str) -> Path:
    """Write the note unless another start was first; return the home that is noted."""
    draft = folder / f"{MOVED}.{os.getpid()}"
    draft.write_text(f"{home}\nThe database is there: {reason}.\n")
    with suppress(FileExistsError):
        (folder / MOVED).hardlink_to(draft)
    draft.unlink()
    return find_home(folder)


def _is_private(folder: Path, owner: int) -> bool:
    found = folder.lstat()
    return (
        stat.S_ISDIR(found.st_mode)
        and found.st_uid == owner
        and stat.S_IMODE(found.st_mode) == stat.S_IRWXU
    )


def _no_entry(folder: Path) -> PostgresError:
    return PostgresError(
        f"{folder} cannot be used by this user: it belongs to another one, who started "
        "the product before. Start as that user or as root, or choose another data folder."
    )
