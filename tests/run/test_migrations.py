"""The migrations, down and up again over the populated demonstration world."""

from __future__ import annotations

import os
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic.script import ScriptDirectory
from click.testing import CliRunner

from mediatheque.cli.app import app
from mediatheque.core.migrate import config, downgrade, upgrade
from mediatheque.kit.postgres.programs import installed
from tests.conftest import named


@pytest.fixture(scope="module")
def told_url(server_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with the demonstration world, told by the command."""
    name = f"rehearsal_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    url = named(server_url, name)
    folder = tmp_path_factory.mktemp("rehearsal")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        patch.setenv("MEDIATHEQUE_DATA", str(folder))
        for command in ("migrate", "demo"):
            result = CliRunner().invoke(app, [command])
            assert result.exit_code == 0, result.output
    yield url
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def schema_of(url: str) -> str:
    """Everything but rows, as SQL; without the token that pg_dump draws for each dump."""
    program = installed().package / "pginstall" / "bin" / "pg_dump"
    dumped = subprocess.run(
        [str(program), "--schema-only", "--no-owner", url],
        check=True,
        capture_output=True,
        text=True,
        env={"PATH": os.defpath},
        cwd=Path("/"),
    ).stdout
    return "\n".join(line for line in dumped.splitlines() if not line.startswith("\\"))


def test_down_and_up_again_on_a_populated_database(told_url: str) -> None:
    with psycopg.connect(told_url) as connection:
        row = connection.execute("SELECT count(*) FROM catalog_titles").fetchone()
    assert row is not None
    assert row[0] >= 150
    before = schema_of(told_url)
    assert "CREATE TABLE public.catalog_titles" in before
    steps = list(ScriptDirectory.from_config(config(told_url)).walk_revisions())
    assert steps
    for step in steps:  # from the newest: each takes back what is there, with its rows
        downgrade(told_url, step.down_revision or "base")  # type: ignore[arg-type]  # revisions here have one parent
    assert "CREATE TABLE public.catalog_titles" not in schema_of(told_url)
    upgrade(told_url)
    assert schema_of(told_url) == before
