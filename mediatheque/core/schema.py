"""The database's schema as the migrations leave it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
_REVISION = re.compile(r'^(revision|down_revision)[^=]*= *(?:"(\w+)"|None)', re.MULTILINE)


@cache
def head() -> str:
    """The newest revision, read from the files' text (importing Alembic costs start-up time)."""
    revisions: set[str] = set()
    parents: set[str] = set()
    for path in (MIGRATIONS / "versions").glob("*.py"):
        found = dict(_REVISION.findall(path.read_text()))
        revisions.add(found["revision"])
        if found.get("down_revision"):
            parents.add(found["down_revision"])
    (newest,) = revisions - parents
    return newest
