"""A PostgreSQL server of our own, from the wheel's programs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from mediatheque.kit.postgres import leftovers
from mediatheque.kit.postgres.account import can_run
from mediatheque.kit.postgres.cluster import SUPERUSER, ensure_cluster, environment
from mediatheque.kit.postgres.errors import PostgresError
from mediatheque.kit.postgres.lock import FolderLock
from mediatheque.kit.postgres.place import Place, find_home, settle, socket_folder
from mediatheque.kit.postgres.programs import installed
from mediatheque.kit.processes import ending, launch

DEFAULTS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "wal_buffers": "16MB",  # imports write more in a moment than the default holds
    "max_wal_size": "2GB",
    "jit": "off",  # our statements are short; compiling them costs more than it saves
    "random_page_cost": "1.1",
    "synchronous_commit": "on",
    "shared_preload_libraries": "",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}
LOG = "postgres.log"
LARGEST_LOG = 10_000_000
STOP_STEPS = ((signal.SIGINT, 15.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


class EmbeddedPostgres:
    """A server that listens on a Unix socket in a private folder and ends with us.

    ``folder`` is its own: nothing outside it is changed. Started by root, the server runs as an
    unprivileged user, who owns the folder; where that user cannot reach it, the cluster goes to
    a folder under ``/var/lib`` and ``say`` tells so. Start it from a thread that lives as long
    as the server shall: on Linux the server stops when that thread ends, however it ends.
    ``settings`` go over ``DEFAULTS``. Raises ``PostgresError``, ``AlreadyRunningError``.
    """

    def __init__(
        self,
        folder: Path,
        *,
        database: str = "mediatheque",
        settings: Mapping[str, str] | None = None,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.database = database
        self.is_new = False
        self._folder = folder
        self._settings = {**DEFAULTS, **(settings or {})}
        self._say = say
        self._place: Place | None = None
        self._sockets: Path | None = None
        self._lock: FolderLock | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Take the folder, make the cluster if there is none, clear what a killed run left."""
        if self._lock is not None:
            return
        place = settle(self._folder, self._say)
        lock = FolderLock(place)
        lock.acquire()
        self._place, self._lock = place, lock
        try:
            self._sockets = socket_folder(place)
            if leftovers.clear(place.data, self._sockets):
                self._say("A database server that an earlier run left behind was stopped.")
            self._programs = installed()
            if not can_run(place.account, self._programs.postgres):
                self._programs = self._programs.copied_to(place.home)
            self.is_new = ensure_cluster(place, self._programs, self.database)
        except BaseException:
            self.stop()
            raise

    def start(self) -> None:
        """Start the server and return at once; ``url`` is valid, ``wait_ready`` waits."""
        self.prepare()
        if self.poll() is None or self._sockets is None:
            return
        place = self._at()
        leftovers.clear(place.data, self._sockets)
        options = {**self._settings, "unix_socket_directories": f'"{self._sockets}"'}
        command = [str(self._programs.postgres), "-D", str(place.data), "-p", _PORT]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        self._rotate_log()
        with os.fdopen(place.open(LOG, os.O_WRONLY | os.O_APPEND), "ab") as log:
            self._process = launch(
                command,
                on_parent_death=signal.SIGINT,
                account=place.account,
                own_session=True,
                only=environment(),
                output=log,
                folder=place.home,
            )

    def is_ready(self) -> bool:
        """Tell whether connections are answered. Raises ``PostgresError`` if the server ended."""
        code = self.poll()
        if code is not None:
            raise PostgresError(
                f"PostgreSQL ended while starting ({ending(code)}). Its last words, "
                f"from {self.log}:\n{self._last_words()}"
            )
        found = leftovers.read_pid_file(self._at().data)
        return found is not None and found.state == "ready" and found.pid == self.pid

    def wait_ready(self, seconds: float = 300.0) -> None:
        """Wait until connections are answered; after a crash that takes a while."""
        began = time.monotonic()
        told = False
        while not self.is_ready():
            waited = time.monotonic() - began
            if waited > seconds:
                raise PostgresError(f"PostgreSQL is not ready after {seconds:.0f} s.")
            if waited > 3 and not told:  # noqa: PLR2004  (seconds until people wonder)
                told = True
                self._say("The database is recovering from an abrupt end; this may take a minute.")
            time.sleep(0.01)

    @property
    def pid(self) -> int | None:
        """The server's process id."""
        return self._process.pid if self._process else None

    @property
    def log(self) -> Path:
        """Where the server writes what it has to say."""
        return self._at().home / LOG

    @property
    def home(self) -> Path:
        """The private folder in which cluster, socket and log really are."""
        return self._at().home

    def poll(self) -> int | None:
        """Return None while the server runs, else its exit code (-1 if it never ran)."""
        return self._process.poll() if self._process else -1

    def url(self) -> str:
        """Return ``postgresql://…?host=<socket folder>``, for the server's superuser."""
        self.prepare()
        return _url(str(self._sockets), self.database)

    def stop(self) -> None:
        """Stop the server (its clients are cut off) and let the folder go."""
        if self._lock is not None:
            self._lock.note_stopping()
        if self._process is not None:
            self._end(self._process)
            self._process = None
        if self._sockets is not None and self._sockets.parent != self.home:
            leftovers.remove_folder(self._sockets)
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        self.start()
        try:
            self.wait_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        for number, patience in STOP_STEPS:
            if process.poll() is not None:
                return
            process.send_signal(number)
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                self._say(f"PostgreSQL does not end on {number.name}.")

    def _at(self) -> Place:
        if self._place is None:
            raise PostgresError("The server was not prepared.")
        return self._place

    def _rotate_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_name(f"{LOG}.1"))

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])


@contextmanager
def temporary_postgres(settings: Mapping[str, str] | None = None) -> Iterator[EmbeddedPostgres]:
    """Run a server on a throw-away cluster, for tests: fast, and not safe against power cuts."""
    fast = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    folder = Path(tempfile.mkdtemp(prefix="mediatheque-"))  # anyone can reach its parent
    try:
        with EmbeddedPostgres(folder, settings={**fast, **(settings or {})}) as server:
            yield server
    finally:
        shutil.rmtree(folder)


def running_url(folder: Path, *, database: str = "mediatheque") -> str | None:
    """Return the address of the server that runs for ``folder``, None if none does."""
    if not folder.exists():
        return None
    found = leftovers.running_server(Place(find_home(folder), None).data)
    return _url(found.socket_folder, database) if found and found.state == "ready" else None


_PORT = str(leftovers.PORT)


def _url(sockets: str, database: str) -> str:
    return f"postgresql://{SUPERUSER}@/{quote(database)}?host={quote(sockets, safe='')}"
