"""``mediatheque audit verify`` as somebody calls it."""

from __future__ import annotations

import asyncio
import re
import sys
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from click.testing import CliRunner

from mediatheque.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.house import House


@pytest.fixture
def thief(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


async def command(database_url: str, *words: str) -> tuple[int, str]:
    """Run a command in a process of its own: exit code and what it printed."""
    made = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "mediatheque.cli", *words),
        env={"DATABASE_URL": database_url, "PATH": "/usr/bin:/bin"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await made.communicate()
    assert made.returncode is not None
    return made.returncode, printed.decode()


async def test_verify_prints_heads_and_finds_a_changed_entry(
    house: House, database_url: str, thief: psycopg.Connection[Any]
) -> None:
    member = await house.member()
    for name in ("One", "Two"):
        await member.client.patch("/api/v1/spaces/current", json={"name": name})
    code, printed = await command(database_url, "audit", "seal")
    assert code == 0, printed
    slug = member.space.slug
    code, printed = await command(database_url, "audit", "verify", "--space", slug)
    assert code == 0, printed
    assert f"{slug}: whole; 2 entries sealed" in printed
    head = re.search(r"head (\S+)", printed)
    assert head is not None
    await member.client.patch("/api/v1/spaces/current", json={"name": "Three"})
    code, printed = await command(
        database_url, "audit", "verify", "--space", slug, "--head", head[1]
    )
    assert (code, "1 not sealed yet" in printed) == (0, True), printed
    thief.execute(
        "UPDATE core_journal SET label = 'Zwei' WHERE label = 'Two' AND space_id = %s",
        (member.space.id,),
    )
    code, printed = await command(database_url, "audit", "verify")
    assert code == 1
    assert f"{slug}: NOT WHOLE" in printed
    assert "It does not follow from the row before it" in printed
    assert "the house: whole" in printed
    thief.execute(
        "UPDATE core_journal SET label = 'Two' WHERE label = 'Zwei' AND space_id = %s",
        (member.space.id,),
    )
    assert (await command(database_url, "audit", "verify", "--space", slug))[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--head", "nonsense", "--house"), "A head is"),
        (("--head", f"1:{'0' * 64}"), "say --space or --house"),
        (("--space", "a", "--house"), "either"),
    ],
)
def test_what_makes_no_sense_is_said(words: tuple[str, ...], said: str) -> None:
    answer = CliRunner().invoke(app, ["audit", "verify", *words])
    assert answer.exit_code != 0
    assert said in answer.output
