"""The house's master keys: from the environment, from a file, made once, never missing."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psycopg
import pytest
from click.testing import CliRunner, Result

from mediatheque.cli.app import app
from mediatheque.cli.checks import Level, check_keys
from mediatheque.core.keys import FILE, MasterKeyError, keyring, write_keys
from mediatheque.core.settings import Settings
from mediatheque.kit.envelope import key_id, new_key

if TYPE_CHECKING:
    from pathlib import Path

    from tests.house import House

ONE, TWO = "11" * 32, "22" * 32


def test_in_development_a_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    chosen = Settings(data=tmp_path / "new")
    with ThreadPoolExecutor(8) as threads:
        rings = list(threads.map(lambda _: keyring(chosen), range(16)))
    assert len({ring.current for ring in rings}) == 1, "all processes have the same"
    path = tmp_path / "new" / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(list(path.parent.iterdir())) == 1, "nothing is left lying about"


def test_in_production_a_missing_key_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    chosen = Settings(data=tmp_path, environment="production")
    with pytest.raises(MasterKeyError, match=r"MEDIATHEQUE_MASTER_KEY .*openssl rand -hex 32"):
        keyring(chosen)
    assert not (tmp_path / FILE).exists()


def test_keys_of_the_environment(tmp_path: Path) -> None:
    chosen = Settings(
        data=tmp_path, environment="production", master_key=ONE, previous_master_keys=f"{TWO}, "
    )
    assert keyring(chosen).ids == (key_id(bytes.fromhex(ONE)), key_id(bytes.fromhex(TWO)))
    for wrong in ("short", "zz" * 32):
        with pytest.raises(MasterKeyError, match="32 bytes") as refused:
            keyring(Settings(data=tmp_path, master_key=wrong))
        assert wrong not in str(refused.value)


def test_keys_of_a_file_are_read_anew_when_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    chosen = Settings(data=tmp_path, master_key_file=path)
    with pytest.raises(MasterKeyError, match="cannot be read"):
        keyring(chosen)
    write_keys(path, [bytes.fromhex(ONE)])
    assert keyring(chosen).ids == (key_id(bytes.fromhex(ONE)),)
    fresh = new_key()
    write_keys(path, [fresh, bytes.fromhex(ONE)])
    assert keyring(chosen).current == key_id(fresh)
    path.write_text("nonsense\n")
    with pytest.raises(MasterKeyError, match=str(path)):
        keyring(chosen)


@pytest.mark.parametrize("process", ["mediatheque.main", "mediatheque.worker"])
def test_a_production_house_does_not_start_without_a_key(
    process: str, tmp_path: Path, database_url: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", process],
        env={
            "PATH": os.environ["PATH"],
            "DATABASE_URL": database_url,
            "MEDIATHEQUE_DATA": str(tmp_path),
            "MEDIATHEQUE_ENVIRONMENT": "production",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert "There is no master key" in done.stderr
    assert "Traceback" not in done.stderr


async def test_rotating_puts_everything_under_a_new_key(
    house: House, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("MEDIATHEQUE_DATA", str(tmp_path))
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("DELETE FROM spaces_integrations")
        connection.execute("DELETE FROM accounts_totps")
        chosen = Settings(data=tmp_path)
        first = keyring(chosen)
        member = await house.member()
        sealed = first.seal("secret", f"integration {member.space.id} tmdb token")
        connection.execute(
            "INSERT INTO spaces_integrations (space_id, name, secrets) VALUES "
            "(%s, 'tmdb', jsonb_build_object('token', %s::text))",
            (member.space.id, sealed),
        )
        connection.execute(
            "INSERT INTO accounts_totps (user_id, secret) VALUES (%s, %s)",
            (member.user_id, first.seal("seed", f"accounts totp {member.user_id}")),
        )
        done = await called("keys", "rotate", "--forget")
        assert done.exit_code == 0, done.output
        second = keyring(chosen)
        assert second.current != first.current
        assert len(second.ids) == 1
        assert f"2 secrets are under the key {second.current}" in done.output
        (row,) = connection.execute(
            "SELECT i.secrets ->> 'token', t.secret FROM spaces_integrations i, accounts_totps t"
        ).fetchall()
        assert second.open(row[0], f"integration {member.space.id} tmdb token") == "secret"
        assert second.open(row[1], f"accounts totp {member.user_id}") == "seed"
        connection.execute("UPDATE accounts_totps SET secret = %s", (first.seal("x", "y"),))
        broken = await called("keys", "rotate", "--present", "--forget")
        assert broken.exit_code == 1
        assert f"the authenticator of user {member.user_id}" in broken.output
        assert first.current in broken.output
        connection.execute("DELETE FROM accounts_totps")
        connection.execute("DELETE FROM spaces_integrations")


async def called(*words: str) -> Result:
    """Call a command; in a thread, because it has a loop of its own."""
    return await asyncio.to_thread(CliRunner().invoke, app, list(words))


def test_the_doctor_looks_for_the_key_and_makes_none(tmp_path: Path) -> None:
    def level(**changed: object) -> Level:
        return check_keys(Settings.model_validate({"data": tmp_path, **changed})).level

    assert level() is Level.FINE
    assert level(environment="production") is Level.FAILURE
    assert list(tmp_path.iterdir()) == []
    assert level(environment="production", master_key=ONE) is Level.FINE
    assert level(master_key="short") is Level.FAILURE
    keyring(Settings(data=tmp_path))
    assert level(environment="production") is Level.WARNING, "it lies beside the data"
