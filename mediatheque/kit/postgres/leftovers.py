"""What an earlier run may have left: a pid file, a socket, processes that still run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mediatheque.kit.postgres.errors import PostgresError

PORT = 5432
LINES_OF_A_READY_SERVER = 8
STEPS = ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


@dataclass(frozen=True, slots=True)
class PidFile:
    """``postmaster.pid``: pid, data folder, start, port, socket folder, host, memory, state."""

    pid: int
    socket_folder: str
    state: str


def read_pid_file(data: Path) -> PidFile | None:
    """Read the file that a server keeps while it runs; None if there is none or it is torn."""
    try:
        lines = (data / "postmaster.pid").read_text(errors="replace").splitlines()
        lines += [""] * (LINES_OF_A_READY_SERVER - len(lines))
        return PidFile(abs(int(lines[0])), lines[4].strip(), lines[7].strip())
    except (FileNotFoundError, ValueError, IndexError):
        return None


def is_server(pid: int, data: Path) -> bool:
    """Tell whether a process is a server of this cluster, not a stranger with a reused id."""
    if sys.platform.startswith("linux"):
        try:
            return Path(f"/proc/{pid}/cwd").readlink() == data  # servers work in their cluster
        except OSError:
            return False
    listed = subprocess.run(
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return f"-D {data}" in listed.stdout


def running_server(data: Path) -> PidFile | None:
    """Return the pid file of a server that runs on this cluster."""
    found = read_pid_file(data)
    return found if found and is_server(found.pid, data) else None


def clear(data: Path, sockets: Path) -> bool:
    """Stop what still runs on the cluster and remove its traces; True if something ran.

    Call it with the folder's lock held: then no server here can be anyone's.
    """
    server = running_server(data)
    ran = server is not None and _end([server.pid], data)
    orphans = list(_processes_of(data))  # of a server that was killed
    ran = (bool(orphans) and _end(orphans, data)) or ran
    for path in (
        data / "postmaster.pid",
        sockets / f".s.PGSQL.{PORT}",
        sockets / f".s.PGSQL.{PORT}.lock",
    ):
        path.unlink(missing_ok=True)
    return ran


def remove_folder(folder: Path) -> None:
    """Remove a socket folder that lies outside the home, if nothing else is in it."""
    with suppress(OSError):
        folder.rmdir()


def _end(pids: Iterable[int], data: Path) -> bool:
    remaining = set(pids)
    for number, patience in STEPS:
        for pid in remaining:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        deadline = time.monotonic() + patience
        while remaining and time.monotonic() < deadline:
            remaining = {pid for pid in remaining if is_server(pid, data)}
            time.sleep(0.02)
        if not remaining:
            return True
    raise PostgresError(
        f"An earlier server still runs on {data} and cannot be stopped "
        f"(process {', '.join(map(str, sorted(remaining)))}). End it and start again."
    )


def _processes_of(data: Path) -> Iterable[int]:
    if not sys.platform.startswith("linux"):
        return []  # orphans end by themselves; the server waits for them when it starts
    pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return [pid for pid in pids if is_server(pid, data)]
