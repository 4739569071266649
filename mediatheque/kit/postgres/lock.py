"""One owner for a cluster: a lock that the kernel drops when its holder dies."""

from __future__ import annotations

import fcntl
import os
import time

from mediatheque.kit.postgres.errors import AlreadyRunningError
from mediatheque.kit.postgres.place import Place

NAME = "lock"
STOPPING = "stopping"
RUNNING_PATIENCE = 2.0
STOPPING_PATIENCE = 30.0


class FolderLock:
    """An exclusive lock on a folder, with a file that tells who holds it.

    The file holds two lines: the process id and ``running`` or ``stopping``. Descriptors of
    Python are not inherited, so no child keeps the lock alive.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock; wait for a holder that is stopping, refuse beside one that runs."""
        descriptor = self._place.open(NAME, os.O_RDWR)
        began = time.monotonic()
        while not _locked(descriptor):
            holder, state = _holder(descriptor)
            patience = STOPPING_PATIENCE if state == STOPPING else RUNNING_PATIENCE
            if time.monotonic() - began > patience:
                os.close(descriptor)
                raise AlreadyRunningError(
                    f"It is already running with this data folder (process {holder}). "
                    f"Stop that one first, or choose another data folder. ({self._place.home})"
                )
            time.sleep(0.05)
        self._descriptor = descriptor
        self._write("running")

    def note_stopping(self) -> None:
        """Tell who wants to start next that it is worth waiting."""
        if self._descriptor is not None:
            self._write(STOPPING)

    def release(self) -> None:
        """Let go; harmless without the lock."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _write(self, state: str) -> None:
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, f"{os.getpid()}\n{state}\n".encode(), 0)


def _holder(descriptor: int) -> tuple[str, str]:
    lines = os.pread(descriptor, 100, 0).decode(errors="replace").splitlines()
    pid, state, *_ = [*lines, "?", "?"]
    return pid, state


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
