"""The product as separate processes on a throw-away database, for measuring."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import psycopg

from mediatheque.core.migrate import upgrade
from mediatheque.core.queue import AFTER
from mediatheque.kit import crypto
from mediatheque.kit.postgres import EmbeddedPostgres
from mediatheque.kit.postgres.place import find_home

if TYPE_CHECKING:
    from collections.abc import Iterator

READY_SECONDS = 60
LIMITED = ("REQUESTS", "READS", "WRITES", "SEARCHES", "UPLOADS", "EXPORTS")
"""Counted as always, but one client asks more than any person does."""


@dataclass(slots=True)
class Product:
    """A running product with one space and one signed-in owner."""

    url: str
    database: str
    space: str
    space_id: str
    client: httpx.Client
    web: subprocess.Popen[bytes]
    worker: subprocess.Popen[bytes]
    environment: dict[str, str]
    token: str

    def restart_worker(self) -> None:
        """Start a new worker (after one was killed)."""
        self.worker = _start("mediatheque.worker", self.environment)

    def get(self, path: str) -> Any:
        """A JSON answer of the API."""
        answer = self.client.get(f"{self.url}/api/v1{path}")
        answer.raise_for_status()
        return answer.json()

    def hand_in(self, path: Path, **fields: str) -> str:
        """Post a file; answers the import's id."""
        with path.open("rb") as content:
            answer = self.client.post(
                f"{self.url}/api/v1/imports",
                files={"file": (path.name, content, "text/csv")},
                data={"source": "csv", **fields},
            )
        answer.raise_for_status()
        return str(answer.json()["id"])

    def reindex(self, slug: str, timeout: float = 900) -> None:
        """Have the worker index a space for search, and wait until it has."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            connection.execute(
                "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(%s, 'search.reindex_space', 0, "
                "NULL, NULL, jsonb_build_object('space_id', id::text), NULL)"
                "::procrastinate_job_to_defer_v1]) FROM spaces_spaces WHERE slug = %s",
                (AFTER, slug),
            )
            until = time.monotonic() + timeout
            while time.monotonic() < until:
                row = connection.execute(
                    "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') "
                    "AND task_name = 'search.reindex_space'"
                ).fetchone()
                if row and row[0] == 0:
                    connection.execute("VACUUM ANALYZE")
                    return
                time.sleep(0.5)
        raise TimeoutError("indexing")

    def wait(self, import_id: str, timeout: float = 1_800) -> dict[str, Any]:
        """Wait until an import is over."""
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            found: dict[str, Any] = self.get(f"/imports/{import_id}")
            if found["status"] in {"succeeded", "failed", "cancelled", "undone"}:
                return found
            time.sleep(0.2)
        raise TimeoutError(import_id)


def _start(module: str, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    # As the product's supervisor does: the worker gives way to people's requests.
    nice = ["nice", "-n", "5"] if module.endswith("worker") else []
    return subprocess.Popen([*nice, sys.executable, "-m", module], env=environment)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def people(url: str, slug: str) -> tuple[str, str]:
    """Make a space with an owner; answers the space's id and the session's token."""
    token = crypto.new_token("s")
    with psycopg.connect(url) as connection:
        space = connection.execute(
            "INSERT INTO spaces_spaces (slug, name) VALUES (%s, %s) RETURNING id", (slug, slug)
        ).fetchone()
        user = connection.execute(
            "INSERT INTO accounts_users (email, name) VALUES (%s, 'Bench') RETURNING id",
            (f"{slug}@bench.example",),
        ).fetchone()
        assert space is not None
        assert user is not None
        connection.execute(
            "INSERT INTO spaces_memberships (space_id, user_id, role) VALUES (%s, %s, 'owner')",
            (space[0], user[0]),
        )
        connection.execute(
            "INSERT INTO accounts_credentials (user_id, kind, token_hash, expires_at) "
            "VALUES (%s, 'session', %s, now() + interval '1 day')",
            (user[0], crypto.hash_token(token)),
        )
    return str(space[0]), token


def remove_database(folder: Path) -> None:
    """Remove a database that nobody will start again, wherever it had to be."""
    shutil.rmtree(find_home(folder), ignore_errors=True)


@contextmanager
def running(slug: str = "bench") -> Iterator[Product]:
    """Start PostgreSQL, web and worker in a temporary folder; all end with the block."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mediatheque-bench-"))
        stack.callback(remove_database, Path(folder) / "postgres")
        server = stack.enter_context(EmbeddedPostgres(Path(folder) / "postgres"))
        url = server.url()
        upgrade(url)
        space_id, token = people(url, slug)
        port = free_port()
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "MEDIATHEQUE_DATA": folder,
            "MEDIATHEQUE_PORT": str(port),
            "MEDIATHEQUE_LOG_LEVEL": "WARNING",
            **{f"MEDIATHEQUE_{name}_PER_MINUTE": "10000000" for name in LIMITED},
        }
        web = _start("mediatheque.main", environment)
        worker = _start("mediatheque.worker", environment)
        client = httpx.Client(
            timeout=120,
            cookies={"mediatheque_session": token},
            headers={"x-space": slug, "x-csrf-token": crypto.csrf_token(token)},
        )
        address = f"http://127.0.0.1:{port}"
        product = Product(address, url, slug, space_id, client, web, worker, environment, token)
        try:
            _until_ready(address)
            yield product
        finally:
            for process in (product.web, product.worker):
                process.terminate()
                process.wait(15)
            client.close()


def _until_ready(address: str) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        try:
            if httpx.get(f"{address}/health/ready").status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise TimeoutError("the product did not get ready")


def resident_mb(pid: int) -> float:
    """Resident memory of a process in MB (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def proportional_mb(pid: int) -> float:
    """Memory of a process in MB with shared pages divided among who shares them (PSS)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
