"""Starting a second time, and what the idle processes weigh."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

from bench.product import free_port, proportional_mb, remove_database, resident_mb

PATIENCE = 180.0
LIBRARIES = "fastapi, granian, httpx, procrastinate, psycopg, sqlalchemy.ext.asyncio, structlog"


def libraries_alone() -> float:
    """Seconds of what no start can do without: a Python that loads what ours stands on."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {LIBRARIES}"], check=True, timeout=PATIENCE)
    return time.perf_counter() - started


def _ready(port: int) -> float:
    started = time.perf_counter()
    while time.perf_counter() - started < PATIENCE:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health/ready").status_code == httpx.codes.OK:
                return time.perf_counter() - started
        except httpx.HTTPError:
            pass
        time.sleep(0.02)
    raise TimeoutError("the product did not get ready")


def _tree(pid: int) -> list[int]:
    """A process and its descendants, without PostgreSQL's."""
    found = [pid]
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        name = Path(f"/proc/{child}/comm").read_text().strip()
        if name != "postgres":
            found += _tree(int(child))
    return found


def measure_start() -> dict[str, Any]:
    """Seconds to ready of the second start, and megabytes of all processes but PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="mediatheque-bench-") as folder:
        port = free_port()
        environment = {
            **os.environ,
            "MEDIATHEQUE_DATA": folder,
            "MEDIATHEQUE_PORT": str(port),
            "MEDIATHEQUE_DEMO": "0",
        }
        environment.pop("DATABASE_URL", None)
        seconds: list[float] = []
        floors: list[float] = []
        weights: dict[int, float] = {}
        shares: dict[int, float] = {}
        for _ in range(4):
            floors.append(libraries_alone())
            process = subprocess.Popen(
                [sys.executable, "-m", "mediatheque.cli", "serve"],
                env=environment,
                stdout=subprocess.DEVNULL,
            )
            seconds.append(_ready(port))
            time.sleep(3)
            weights = {one: resident_mb(one) for one in _tree(process.pid)}
            shares = {one: proportional_mb(one) for one in weights}
            process.send_signal(signal.SIGTERM)
            process.wait(30)
        remove_database(Path(folder) / "postgres")
    return {
        "first_start_seconds": round(seconds[0], 2),
        "later_start_seconds": round(min(seconds[1:]), 2),
        "libraries_alone_seconds": round(min(floors), 2),
        "processes": len(weights),
        "idle_memory_rss_mb": round(sum(weights.values())),
        "idle_memory_pss_mb": round(sum(shares.values())),
    }


if __name__ == "__main__":
    print(measure_start())
