"""Importing 100,000 rows of our CSV against its floor, with memory and other requests beside it.

    python -m bench.importing [--rows 100000]

The floor, in the same run: parse the same file, and COPY the rows that the import wrote into
empty copies of the same tables with the same indexes. Then a file of as many rows with long notes,
200 MB, for its memory alone.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Self

import httpx

from bench.collection import write
from bench.floor import OF_IMPORT, copied
from bench.product import Product, resident_mb, running

TABLES = (
    "catalog_titles",
    "catalog_external_ids",
    "catalog_terms",
    "catalog_title_terms",
    "catalog_people",
    "catalog_credits",
    "library_editions",
    "library_copies",
    "library_loans",
    "library_ratings",
    "library_notes",
    "library_marks",
    "library_origins",
    "exchange_rows",
)
NOTES = 1_700  # characters in each row of the large file


class Beside:
    """Another member's requests, one after the other, until told to stop."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.times: list[float] = []
        self.memory: list[float] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask), threading.Thread(target=self._weigh)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        headers = dict(self.product.client.headers)
        cookies = {"mediatheque_session": self.product.token}
        with httpx.Client(headers=headers, cookies=cookies, timeout=60) as client:
            while not self._stop.is_set():
                started = time.perf_counter()
                client.get(f"{self.product.url}/api/v1/titles?limit=20").raise_for_status()
                self.times.append((time.perf_counter() - started) * 1000)
                time.sleep(0.02)

    def _weigh(self) -> None:
        while not self._stop.is_set():
            self.memory.append(resident_mb(self.product.worker.pid))
            time.sleep(0.2)

    @property
    def p95(self) -> float:
        """Milliseconds."""
        return statistics.quantiles(self.times, n=20)[-1]


def floor(product: Product, path: Path, import_id: str) -> tuple[float, float, int]:
    """Seconds for parsing, seconds for COPY, and how many rows were copied."""
    started = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as source:
        for _ in csv.reader(source):
            pass
    parsing = time.perf_counter() - started
    copying, count = copied(product, dict.fromkeys(TABLES, OF_IMPORT), import_id)
    return parsing, copying, count


def measure(rows: int) -> dict[str, Any]:
    """Run it all; answers the figures."""
    return {**_measure_time(rows), **_measure_memory(rows)}


def _measure_memory(rows: int) -> dict[str, Any]:
    """What a large file adds to a worker that has imported nothing yet."""
    with tempfile.TemporaryDirectory() as folder, running() as product:
        path = Path(folder) / "collection.csv"
        write(path, 0, rows, pad=NOTES)
        time.sleep(2)
        resting = resident_mb(product.worker.pid)
        with Beside(product) as busy:
            product.wait(product.hand_in(path))
        return {
            "large_file_megabytes": round(path.stat().st_size / 1e6, 1),
            "large_file_worker_mb_idle": round(resting),
            "large_file_worker_mb_above_idle": round(max(busy.memory) - resting),
        }


def _measure_time(rows: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, running() as product:
        base, path = Path(folder) / "base.csv", Path(folder) / "collection.csv"
        # Half of the rows match works that are here, each in an edition that is not.
        write(base, 0, rows // 2, edition="First pressing")
        write(path, 0, rows)
        first = product.wait(product.hand_in(base))
        print("before:", first["summary"])
        with Beside(product) as idle:
            time.sleep(6)
        resting = resident_mb(product.worker.pid)
        with Beside(product) as busy:
            started = time.perf_counter()
            done = product.wait(product.hand_in(path))
            took = time.perf_counter() - started
        parsing, copying, count = floor(product, path, done["id"])
        return {
            "rows": rows,
            "summary": done["summary"],
            "seconds": round(took, 2),
            "rows_per_second": round(rows / took),
            "floor_parse_seconds": round(parsing, 2),
            "floor_copy_seconds": round(copying, 2),
            "floor_rows": count,
            "ratio": round(took / (parsing + copying), 2),
            "worker_mb_idle": round(resting),
            "worker_mb_peak": round(max(busy.memory)),
            "titles_p95_idle_ms": round(idle.p95, 1),
            "titles_p95_busy_ms": round(busy.p95, 1),
        }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    for name, value in measure(parser.parse_args().rows).items():
        print(f"{name:24} {value}")


if __name__ == "__main__":
    main()
