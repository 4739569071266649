"""Who runs the server: PostgreSQL refuses to run as root, so root steps down."""

from __future__ import annotations

import os
import pwd
import subprocess
from pathlib import Path

from mediatheque.kit.postgres.errors import PostgresError
from mediatheque.kit.processes import Account, launch

CANDIDATES = ("mediatheque", "nobody", "daemon")


def choose_account(home: Path) -> Account | None:
    """Name the user to step down to, None when we are no root.

    The owner of what is there already (the cluster, or a folder an ordinary user made), else
    the first user of ``CANDIDATES`` that exists here and that we may become.
    """
    if os.geteuid() != 0:
        return None
    owners = (path.stat().st_uid for path in (home / "data", home) if path.exists())
    owner = next((uid for uid in owners if uid != 0), 0)
    if owner != 0:
        return _owner(owner, home)
    for name in CANDIDATES:
        try:
            account = _account(pwd.getpwnam(name))
        except KeyError:
            continue
        if _runs_as(account, "true", ""):
            return account
    raise PostgresError(
        "PostgreSQL does not run as root, and root may not become another user here. "
        "Start as an ordinary user, or set DATABASE_URL to a PostgreSQL 18 of yours."
    )


def can_enter(account: Account, folder: Path) -> bool:
    """Tell whether the account can reach ``folder``."""
    return _runs_as(account, 'cd "$1"', str(folder))


def can_run(account: Account | None, program: Path) -> bool:
    """Tell whether the account (None: we ourselves) can reach and run ``program``."""
    if account is None:
        return os.access(program, os.R_OK | os.X_OK)
    return _runs_as(account, 'test -x "$1" && test -r "$1"', str(program))


def _owner(uid: int, home: Path) -> Account:
    try:
        return _account(pwd.getpwuid(uid))
    except KeyError:
        raise PostgresError(
            f"{home} belongs to user {uid}, whom this machine does not know. "
            "Give the folder to a user of this machine, or choose another data folder."
        ) from None


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _runs_as(account: Account, script: str, argument: str) -> bool:
    """Ask the kernel by trying: mode bits alone know nothing of lists, mounts and containers."""
    process = launch(
        ("/bin/sh", "-c", script, "sh", argument),
        account=account,
        output=subprocess.DEVNULL,
        folder=Path("/"),
    )
    return process.wait() == 0
