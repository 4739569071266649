"""``make fuzz``: the whole API, asked at random by somebody signed in.

Schemathesis makes requests of the API's own description: right ones, wrong ones, and at the edges.
No answer may be a fault of ours (5xx), have a status or a type that is not documented, or a body
that is not as described.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

from tests.security.fuzzing.world import made_world
from tests.security.servers import ROOT, web_processes

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
UNLIMITED = {
    f"MEDIATHEQUE_{name}_PER_MINUTE": "0"
    for name in (
        "REQUESTS", "READS", "WRITES", "SEARCHES", "UPLOADS", "EXPORTS", "STREAMS",
        "SESSION_LISTS", "SIGN_OUTS", "SIGN_OUTS_EVERYWHERE",
    )
}  # fmt: skip
ROUND = 150  # seconds
PATIENCE = 60.0  # a first description takes a while on a busy machine


def never_ending(document: dict[str, Any]) -> list[str]:
    """Operations whose answers stay open."""
    return [
        one["operationId"]
        for methods in document["paths"].values()
        for one in methods.values()
        if "text/event-stream" in json.dumps(one.get("responses", {}))
    ]


def run(address: str, world: Path, folder: Path, given: argparse.Namespace, seed: int) -> int:
    """One round; the exit code of schemathesis."""
    streams = never_ending(httpx.get(f"{address}/openapi.json", timeout=PATIENCE).json())
    command = [
        str(Path(sys.executable).with_name("st")),
        "--no-color", "run", f"{address}/openapi.json",
        "--checks", ",".join(CHECKS),
        "--phases", given.phases,
        "--seed", str(seed),
        "--workers", str(given.workers),
        "--request-timeout", "20",
        "--generation-database", "none",
        "--continue-on-failure",
        "--suppress-health-check", "all",
        "--warnings", "off",
        "--max-redirects", "0",
        *(part for one in streams for part in ("--exclude-operation-id", one)),
        "--max-time", str(given.seconds or ROUND),
        *given.more,
    ]  # fmt: skip
    environment = {
        **os.environ,
        "FUZZ_WORLD": str(world),
        "SCHEMATHESIS_HOOKS": "tests.security.fuzzing.hooks",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.run(command, cwd=folder, env=environment, check=False).returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000, help="at least so many")
    parser.add_argument("--seconds", type=int, default=0, help="one round of so many seconds")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--phases", default="examples,coverage,fuzzing,stateful")
    parser.add_argument("more", nargs="*", help="further options of schemathesis")
    given = parser.parse_args()
    asked, worst, seed = 0, 0, given.seed
    with tempfile.TemporaryDirectory(prefix="mediatheque-fuzz-") as name:
        folder = Path(name)
        with (
            made_world(folder) as world,
            web_processes(1, world.database, folder, **UNLIMITED) as (address,),
        ):
            world.write(folder / "world.json")
            while True:
                worst = max(worst, run(address, folder / "world.json", folder, given, seed))
                counts = json.loads(Path(world.requests).read_text())
                asked += counts["all"]
                sys.stdout.write(_told(asked, counts, seed))
                sys.stdout.flush()
                if worst or given.seconds or asked >= given.requests:
                    return worst
                seed += 1


def _told(asked: int, counts: dict[str, int], seed: int) -> str:
    kinds = ", ".join(f"{name} {n}" for name, n in sorted(counts.items()) if name.endswith("xx"))
    operations = sum(" /" in name for name in counts)
    return f"Fuzz: {asked} requests so far, {operations} operations, seed {seed} ({kinds})\n"


if __name__ == "__main__":
    sys.exit(main())
