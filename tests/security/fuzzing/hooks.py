"""Read by schemathesis: who asks, which ids it uses, and how often."""

from __future__ import annotations

import atexit
import json
import os
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from zlib import crc32

import schemathesis

from mediatheque.kit.crypto import csrf_token
from tests.security.fuzzing.world import World, heal

if TYPE_CHECKING:
    from schemathesis import Case, HookContext, Response

WORLD = World.read(Path(os.environ["FUZZ_WORLD"]))
COUNTS: Counter[str] = Counter()
LOCK = threading.Lock()
LONGEST = 60_000  # characters; the server takes 64 KiB with the path
IS_THERE, IS_DELETED = 8, 1  # of ten path parameters, those that name something


@schemathesis.hook
def map_path_parameters(
    context: HookContext, path_parameters: dict[str, Any] | None
) -> dict[str, Any] | None:
    """Most ids are those of things that are there."""
    if not path_parameters or context.operation is None:
        return path_parameters
    known = IS_DELETED if context.operation.method.lower() == "delete" else IS_THERE
    kind = context.operation.path.split("/")[3:4]
    found = {}
    for name, value in path_parameters.items():
        key = f"key of {kind[0]}" if name == "key" and kind else name
        use = crc32(repr(value).encode()) % 10 < known
        found[name] = WORLD.ids[key] if use and key in WORLD.ids else value
    return found


@schemathesis.hook
def filter_query(context: HookContext, query: dict[str, Any] | None) -> bool:
    """Addresses longer than a server reads are refused before they are ours, without a body."""
    del context
    return len(urlencode(query or {}, doseq=True, errors="replace")) < LONGEST


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
    """Eight of ten requests come from an owner, one from a viewer, one from nobody."""
    del context, kwargs
    with LOCK:
        COUNTS["all"] += 1
        turn = COUNTS["all"] % 10
    who = {8: "viewer", 9: "nobody"}.get(turn, "owner")
    shown = {"X-Space": WORLD.space}
    if who != "nobody":
        is_admin = "/admin/" in case.path and who == "owner"
        token = WORLD.tokens["admin" if is_admin else who]
        cookie = "mediatheque_admin" if is_admin else "mediatheque_session"
        # As a header: cookies of answers (a sign-out, say) shall not replace it.
        shown |= {"Cookie": f"{cookie}={token}", "X-CSRF-Token": csrf_token(token)}
    for name, value in shown.items():
        case.headers.setdefault(name, value)


@schemathesis.hook
def after_call(context: HookContext, case: Case[Any], response: Response) -> None:
    """Count, and heal what the request has taken away."""
    del context
    with LOCK:
        COUNTS[f"{response.status_code // 100}xx"] += 1
        COUNTS[f"{case.operation.method.upper()} {case.operation.path}"] += 1
        if response.status_code in {401, 404} and COUNTS["all"] % 10 < 8:
            COUNTS["strange"] += 1
        needs = COUNTS["strange"] % 25 == 24
    if needs or (response.status_code == 401 and COUNTS["all"] % 10 < 8):
        heal(WORLD)


@atexit.register
def _write() -> None:
    Path(WORLD.requests).write_text(json.dumps(COUNTS))
