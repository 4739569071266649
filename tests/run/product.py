"""Start and watch whole products."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = ROOT / "tests" / "run" / "parts.py"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """A temporary folder that any user can pass; the one of pytest is closed to others."""
    made = Path(tempfile.mkdtemp(prefix="house-"))
    made.chmod(0o755)
    try:
        yield made
    finally:
        shutil.rmtree(made)


def until(condition: Callable[[], object], what: str, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.02)


def processes_of(mark: str) -> list[int]:
    """Every process that has ``mark`` in its arguments, its environment or as its folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with suppress(OSError):
                told = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
                if mark.encode() in told + os.fsencode((entry / "cwd").readlink()):
                    found.append(int(entry.name))
    return found


class Running:
    """A started product: its process, what it said, its parts."""

    def __init__(
        self,
        folder: Path,
        *,
        command: list[str] | None = None,
        user: int | None = None,
        **environment: str,
    ) -> None:
        self.folder = folder
        self.notes = folder / "notes"
        self.notes.mkdir(exist_ok=True)
        self.port = int(environment.get("MEDIATHEQUE_PORT") or free_port())
        if user is not None:
            os.chown(self.notes, user, user)
        self._said = (folder / "said").open("w+")
        clean = {key: value for key, value in os.environ.items() if "MEDIATHEQUE" not in key}
        clean.pop("DATABASE_URL", None)
        self.process = subprocess.Popen(
            command or [sys.executable, str(PARTS), "serve"],
            stdin=subprocess.DEVNULL,
            stdout=self._said,
            stderr=subprocess.STDOUT,
            cwd=folder,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
            start_new_session=True,
            env={
                **clean,
                "PYTHONPATH": str(ROOT),
                "NOTES": str(self.notes),
                "MEDIATHEQUE_DATA": str(folder / "var"),
                "MEDIATHEQUE_PORT": str(self.port),
                **environment,
            },
        )

    @property
    def said(self) -> str:
        return (self.folder / "said").read_text()

    def noted(self, name: str) -> list[int]:
        """The process ids under which a part ran."""
        path = self.notes / name
        return [int(line) for line in path.read_text().split()] if path.exists() else []

    def wait_ready(self, seconds: float = 30) -> None:
        def is_ready() -> bool:
            assert self.process.poll() is None, self.said
            return "is ready" in self.said

        until(is_ready, "the product is ready", seconds)

    def wait(self, seconds: float = 20) -> int:
        return self.process.wait(seconds)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.wait()

    def everyone(self) -> list[int]:
        return processes_of(str(self.folder))

    def clean_up(self) -> None:
        for pid in {*self.everyone(), self.process.pid}:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self._said.close()
