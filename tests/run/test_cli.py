"""The commands, called in this process on databases of their own."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from mediatheque.cli.app import COMMANDS, app
from mediatheque.cli.options import BadSettingError, Options, read_options
from mediatheque.cli.port import PortError, ensure_free
from mediatheque.cli.serve import LIVED_IN
from mediatheque.core.schema import head
from mediatheque.core.settings import Settings
from tests.conftest import named
from tests.run.product import free_port

Call = Callable[..., Result]
PASSWORD = "a long password"


@pytest.fixture
def fresh_url(server_url: str) -> Iterator[str]:
    """An empty database."""
    name = f"cli_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    yield named(server_url, name)
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture
def call(fresh_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call a command on the empty database."""
    monkeypatch.setenv("DATABASE_URL", fresh_url)
    monkeypatch.setenv("MEDIATHEQUE_DATA", str(tmp_path))
    runner = CliRunner()

    def run(*words: str, typed: str = "") -> Result:
        return runner.invoke(app, list(words), input=typed)

    return run


def test_help_lists_every_command() -> None:
    text = CliRunner().invoke(app, ["--help"]).output
    wanted = ["serve", "web", "worker", "migrate", "demo", "import", "export", "doctor"]
    for name in [*wanted, "user create", "api-key create"]:
        assert f"\n  {name} " in text
        assert name in COMMANDS


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_loads_and_explains_itself(name: str) -> None:
    result = CliRunner().invoke(app, [*name.split(), "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage:" in result.output


def test_defaults_are_those_of_the_settings() -> None:
    light, full = read_options({}), Settings()
    assert light.port == full.port
    assert light.host == full.host
    assert light.demo == full.demo
    assert light.data == full.data.resolve()
    assert light.database_url == full.database_url


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("0", False), ("false", False), ("no", False), ("off", False), ("1", True), ("true", True)],
)
def test_yes_and_no_mean_the_same_everywhere(
    text: str, wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDIATHEQUE_DEMO", text)
    assert read_options().demo is Settings().demo is wanted


@pytest.mark.parametrize(
    "wrong",
    [
        {"MEDIATHEQUE_PORT": "x"},
        {"MEDIATHEQUE_PORT": "0"},
        {"MEDIATHEQUE_PORT": "65536"},
        {"MEDIATHEQUE_POSTGRES": "shared_buffers"},
    ],
)
def test_wrong_settings_are_named(wrong: dict[str, str]) -> None:
    with pytest.raises(BadSettingError, match=next(iter(wrong))):
        read_options(wrong)


def test_addresses_people_can_use() -> None:
    def address(**settings: str) -> str:
        options: Options = read_options({f"MEDIATHEQUE_{k}": v for k, v in settings.items()})
        return options.address

    assert address(HOST="0.0.0.0") == "http://localhost:8000"  # noqa: S104  (nothing listens)
    assert address(HOST="::1", PORT="81") == "http://localhost:81"
    assert address(HOST="fe80::2") == "http://[fe80::2]:8000"
    assert address(PUBLIC_URL="https://films.example/") == "https://films.example"


def test_a_port_nobody_may_use_is_told() -> None:
    with pytest.raises(PortError, match=r"Cannot listen on 192\.0\.2\.1"):
        ensure_free("192.0.2.1", free_port())


def test_migrate_up_and_down(call: Call, fresh_url: str) -> None:
    assert call("migrate").exit_code == 0
    assert call("migrate").output == ""  # nothing to do, nothing to say
    with psycopg.connect(fresh_url) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (head(),)
    assert "at revision base" in call("migrate", "--down-to", "base").output
    with psycopg.connect(fresh_url) as connection:
        left = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
            "AND relname NOT LIKE 'alembic%'"
        ).fetchall()
    assert left == []
    assert call("migrate").exit_code == 0


def test_the_doctor_says_what_to_do(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = call("doctor")
    assert empty.exit_code == 1
    assert "Run `mediatheque migrate`" in empty.output
    call("migrate")
    healthy = call("doctor")
    assert healthy.exit_code == 0, healthy.output
    for part in ("settings", "database", "extensions", "roles", "migration", "storage", "queue"):
        assert f"{part}: " in healthy.output
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/none")
    silent = call("doctor")
    assert silent.exit_code == 1
    assert "does not answer" in silent.output
    assert "storage: " in silent.output  # the rest is still looked at


def test_the_doctor_sees_a_sick_queue(call: Call, fresh_url: str) -> None:
    call("migrate")
    with psycopg.connect(fresh_url) as connection:
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES "
            "('default', 'catalog.reindex', 'failed'), ('default', 'catalog.reindex', 'doing'), "
            "('default', 'catalog.reindex', 'todo')"
        )
    result = call("doctor")
    assert result.exit_code == 1
    assert "1 jobs catalog.reindex failed" in result.output
    assert "1 jobs belong to workers that died" in result.output
    assert "1 jobs wait and no worker runs" in result.output


def test_the_doctor_sees_missing_parts(
    call: Call, fresh_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("migrate")
    with psycopg.connect(fresh_url) as connection:
        connection.execute("DROP EXTENSION ltree CASCADE")
    monkeypatch.setenv("MEDIATHEQUE_STORAGE_URL", "ftp://nowhere")
    monkeypatch.setenv("MEDIATHEQUE_REDIS_URL", "redis://127.0.0.1:1/0")
    result = call("doctor")
    assert result.exit_code == 1
    assert "ltree is missing" in result.output
    assert "storage: ftp://nowhere cannot be used" in result.output
    assert "redis: it does not answer" in result.output


def test_wrong_settings_do_not_stop_the_doctor(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIATHEQUE_SESSION_DAYS", "soon")
    result = call("doctor")
    assert result.exit_code == 1
    assert "SESSION_DAYS: Input should be a valid integer" in result.output
    assert "database: PostgreSQL 18" in result.output


def test_people_and_their_keys(call: Call) -> None:
    call("migrate")

    def make(email: str, *more: str) -> Result:
        words = ("user", "create", "--email", email, "--password-stdin", *more)
        return call(*words, typed=f"{PASSWORD}\n")

    first = make("ann@house.example", "--name", "Ann")
    assert "the owner, in my-space" in first.output
    assert "in no space yet" in make("bob@house.example").output
    assert "in my-space" in make("cy@house.example", "--space", "my-space").output
    assert "is here already" in make("ANN@house.example").output
    assert "no space 'nowhere'" in make("dan@house.example", "--space", "nowhere").output
    assert "not an e-mail address" in make("dan").output

    key = call("api-key", "create", "--email", "cy@house.example", "--name", "player")
    assert key.exit_code == 0
    assert key.output.startswith("mk_")
    refused = call(
        "api-key",
        "create",
        "--email",
        "cy@house.example",
        "--name",
        "x",
        "--scope",
        "spaces.member.manage",
    )
    assert refused.exit_code == 1
    assert "only permissions that you have" in refused.output


def test_a_first_start_leaves_a_lived_in_house_alone(call: Call, fresh_url: str) -> None:
    call("migrate")
    words = ("user", "create", "--email", "ann@house.example", "--password-stdin")
    call(*words, typed=f"{PASSWORD}\n")
    result = call("demo", "--first-start")
    assert result.exit_code == LIVED_IN, result.output
    assert "no demonstration world" in result.output
    with psycopg.connect(fresh_url) as connection:
        assert connection.execute("SELECT count(*) FROM accounts_users").fetchone() == (1,)


def test_a_collection_in_and_out_again(call: Call, tmp_path: Path) -> None:
    call("migrate")
    words = ("user", "create", "--email", "ann@house.example", "--password-stdin")
    call(*words, typed=f"{PASSWORD}\n")
    shelf = tmp_path / "shelf.csv"
    shelf.write_text(
        "kind,title,year,format\nmovie,Metropolis,1927,dvd\nbook,Faust,1808,hardcover\n"
    )

    first = call("import", str(shelf), "--space", "my-space")  # no worker runs: it works itself
    assert first.exit_code == 0, first.output
    assert "csv: 2 created, 0 updated, 0 skipped" in first.output
    out = tmp_path / "out.csv"
    assert call("export", "--space", "my-space", "--output", str(out)).exit_code == 0
    assert "Metropolis" in out.read_text()
    again = call("import", str(out), "--space", "my-space")
    assert "csv: 0 created, 0 updated, 2 skipped" in again.output
    told = json.loads(call("export", "--space", "my-space", "--format", "json").stdout)
    assert {one["title"] for one in told["titles"]} == {"Metropolis", "Faust"}


def test_imports_and_exports_refuse_with_a_reason(call: Call, tmp_path: Path) -> None:
    call("migrate")
    words = ("user", "create", "--email", "ann@house.example", "--password-stdin")
    call(*words, typed=f"{PASSWORD}\n")
    call(
        *("user", "create", "--email", "bob@house.example", "--password-stdin"),
        typed=f"{PASSWORD}\n",
    )
    empty = tmp_path / "empty.csv"
    empty.write_text("")

    shelf = tmp_path / "shelf.csv"
    shelf.write_text("kind,title\nmovie,Metropolis\n")

    def refused(*more: str, file: Path = shelf) -> str:
        result = call("import", str(file), "--space", "my-space", *more)
        assert result.exit_code == 1, result.output
        return result.output

    assert "no space 'nowhere'" in call("export", "--space", "nowhere").output
    assert "no member of 'my-space'" in refused("--as", "bob@house.example")
    assert "no user with the address" in refused("--as", "cy@house.example")
    assert "no such library" in refused("--library", "nowhere")
    assert "Error: The file is empty." in refused(file=empty)


def test_before_the_migration_commands_say_so(call: Call) -> None:
    result = call("api-key", "create", "--email", "a@b.example", "--name", "x")
    assert result.exit_code == 1
    assert "Run `mediatheque migrate` first" in result.output
