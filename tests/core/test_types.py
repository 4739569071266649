"""The way of a read and of a write is held by types: what reads cannot call what writes."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.architecture.sources import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ROUTES = """
from __future__ import annotations

from fastapi import APIRouter

from mediatheque.core.context import Context, ReadContext, requires
from mediatheque.core.http.contexts import Read, Write
from mediatheque.core.permissions import Permission

router = APIRouter()


@requires(Permission.CATALOG_READ)
async def count_shelves(ctx: ReadContext) -> int:
    return len(ctx.grants)


@requires(Permission.CATALOG_EDIT)
async def paint_shelf(ctx: Context, colour: str) -> str:
    return colour


@router.get("/shelves")
async def read(ctx: Read) -> int:
    return await count_shelves(ctx)


@router.post("/shelves")
async def write(ctx: Write) -> str:
    await count_shelves(ctx)
    return await paint_shelf(ctx, "red")
"""

GET_THAT_WRITES = """
@router.get("/wrong")
async def wrong(ctx: Read) -> str:
    return await paint_shelf(ctx, "red")
"""

WRONG = {
    "an action called from a GET route": (
        GET_THAT_WRITES,
        'Argument 1 to "paint_shelf" has incompatible type "ReadContext"; expected "Context"',
    ),
    "news from a query": (
        "async def wrong(ctx: ReadContext) -> None:\n    ctx.emit(None)\n",
        '"ReadContext" has no attribute "emit"',
    ),
    "a write through a query's reader": (
        'async def wrong(ctx: ReadContext) -> None:\n    await ctx.db.execute("DELETE FROM x")\n',
        '"Reader" has no attribute "execute"',
    ),
    "a wrong argument behind a permission": (
        "async def wrong(ctx: Context) -> None:\n    await paint_shelf(ctx, 7)\n",
        'Argument 2 to "paint_shelf" has incompatible type "int"; expected "str"',
    ),
}


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the type checker says of each snippet: one run for all."""
    folder: Path = tmp_path_factory.mktemp("snippets")
    names = {"sound": ROUTES} | {
        f"wrong_{number}": f"{ROUTES}\n\n{text}" for number, (text, _) in enumerate(WRONG.values())
    }
    for name, text in names.items():
        (folder / f"{name}.py").write_text(text)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--config-file", "pyproject.toml"),
            *("--no-error-summary", "--hide-error-context", "--no-pretty", "--no-color-output"),
            *(str(folder / f"{name}.py") for name in names),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    told: dict[str, list[str]] = {name: [] for name in names}
    for line in done.stdout.splitlines():
        for name in names:
            if f"{name}.py:" in line and ": error: " in line:
                told[name].append(line.partition(": error: ")[2])
    return told


def test_the_right_way_passes_the_type_check(complaints: dict[str, list[str]]) -> None:
    assert complaints["sound"] == []


@pytest.mark.parametrize("what", WRONG)
def test_the_wrong_way_fails_the_type_check(complaints: dict[str, list[str]], what: str) -> None:
    number = list(WRONG).index(what)
    told = complaints[f"wrong_{number}"]
    assert len(told) == 1, told
    assert told[0].startswith(WRONG[what][1])
