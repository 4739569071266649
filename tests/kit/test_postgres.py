"""Our own PostgreSQL on the wheel's real programs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from mediatheque.kit.postgres import (
    AlreadyRunningError,
    EmbeddedPostgres,
    PostgresError,
    leftovers,
    lock,
    place,
    programs,
    running_url,
    temporary_postgres,
)
from mediatheque.kit.postgres import server as postgres_server

ROOT = Path(__file__).parents[2]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")

HOLDER = """
import sys, time
from pathlib import Path
from mediatheque.kit.postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
server.start()
server.wait_ready()
print(server.pid, flush=True)
time.sleep(60)
"""


@contextmanager
def reachable() -> Iterator[Path]:
    """A data folder that anyone can reach; the one of pytest is closed to others."""
    made = Path(tempfile.mkdtemp(prefix="house-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def empty() -> Iterator[Path]:
    """Where no cluster was made yet."""
    with reachable() as made:
        yield made / "postgres"


@pytest.fixture(scope="module")
def made_once() -> Iterator[Path]:
    with reachable() as made:
        with EmbeddedPostgres(made / "postgres"):
            pass
        yield made / "postgres"


@pytest.fixture
def folder(made_once: Path) -> Iterator[Path]:
    """A cluster that was used before."""
    with reachable() as made:
        subprocess.run(["/bin/cp", "-a", str(made_once), str(made / "postgres")], check=True)
        yield made / "postgres"


def ask(url: str, statement: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(statement.encode()).fetchone()
        assert row is not None
        return row[0]


@contextmanager
def held(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server started by another process: that process and the server's id."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        yield process, int(process.stdout.readline())
        process.kill()


def wait_until_gone(pid: int, data: Path, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while leftovers.is_server(pid, data):
        assert time.monotonic() < deadline, "the server still runs"
        time.sleep(0.02)


def test_it_starts_serves_keeps_and_stops(empty: Path) -> None:
    with EmbeddedPostgres(empty) as server:
        assert server.is_new
        assert ask(server.url(), "SELECT current_database()") == "mediatheque"
        with psycopg.connect(server.url()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        assert running_url(empty) == server.url()
    assert running_url(empty) is None
    with EmbeddedPostgres(empty) as server:
        assert not server.is_new
        assert ask(server.url(), "SELECT answer FROM kept") == 42


def test_it_listens_on_a_private_socket_only(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        assert ask(server.url(), "SHOW listen_addresses") == ""
        sockets = Path(str(ask(server.url(), "SHOW unix_socket_directories")).strip('"'))
        assert sockets.stat().st_mode & 0o777 == 0o700
        assert (folder / "data").stat().st_mode & 0o777 == 0o700


def test_letters_of_all_scripts_count_as_letters(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server, psycopg.connect(server.url()) as connection:
        for name in ("pg_trgm", "unaccent", "btree_gist", "ltree", "vector"):
            connection.execute(f"CREATE EXTENSION {name}".encode())
        row = connection.execute(
            "SELECT cardinality(show_trgm('日本映画')), lower('ÄÉ'), to_tsvector('simple', '«Été»')"
        ).fetchone()
        assert row == (5, "äé", "'été':1")


def test_settings_go_over_the_defaults(folder: Path) -> None:
    with EmbeddedPostgres(folder, settings={"work_mem": "9MB", "jit": "on"}) as server:
        assert ask(server.url(), "SHOW work_mem") == "9MB"
        assert ask(server.url(), "SHOW jit") == "on"
        assert ask(server.url(), "SHOW max_connections") == "60"


def test_a_long_path_gets_its_socket_elsewhere_and_leaves_nothing(empty: Path) -> None:
    long = empty / ("x" * 60) / ("y" * 60) / "postgres"
    with EmbeddedPostgres(long) as server:
        sockets = Path(str(ask(server.url(), "SHOW unix_socket_directories")).strip('"'))
        assert sockets.parent == Path(tempfile.gettempdir())
        assert sockets.stat().st_mode & 0o777 == 0o700
        assert running_url(long) == server.url()
    assert not sockets.exists()


def test_a_foreign_socket_folder_is_not_trusted(folder: Path) -> None:
    long = folder / ("x" * 60) / ("y" * 60) / "postgres"
    with EmbeddedPostgres(long) as server:
        sockets = Path(str(ask(server.url(), "SHOW unix_socket_directories")).strip('"'))
    sockets.mkdir(mode=0o777)
    sockets.chmod(0o777)
    try:
        with EmbeddedPostgres(long) as server:
            other = Path(str(ask(server.url(), "SHOW unix_socket_directories")).strip('"'))
            assert other != sockets
            assert other.stat().st_mode & 0o777 == 0o700
    finally:
        sockets.rmdir()


def test_odd_characters_in_the_path(empty: Path) -> None:
    odd = empty / "médiathèque & 50% #1, two"
    with EmbeddedPostgres(odd) as server:
        assert ask(server.url(), "SELECT 1") == 1


@pytest.mark.parametrize(
    "pid", [1, 999_999_999, os.getppid(), os.getpid()], ids=["init", "nobody", "parent", "self"]
)
def test_a_stale_pid_file_does_not_block(folder: Path, pid: int) -> None:
    with EmbeddedPostgres(folder):
        left = (folder / "data" / "postmaster.pid").read_text()
    rest = left.split("\n", 1)[1]
    (folder / "data" / "postmaster.pid").write_text(f"{pid}\n{rest}")
    (folder / "socket" / ".s.PGSQL.5432").touch()
    (folder / "socket" / ".s.PGSQL.5432.lock").write_text(f"{pid}\n{rest}")
    assert running_url(folder) is None
    with EmbeddedPostgres(folder) as server:
        assert ask(server.url(), "SELECT 1") == 1


@pytest.mark.parametrize("text", ["", "not a number\n", "17"])
def test_a_torn_pid_file_does_not_block(folder: Path, text: str) -> None:
    (folder / "data" / "postmaster.pid").write_text(text)
    with EmbeddedPostgres(folder) as server:
        assert ask(server.url(), "SELECT 1") == 1


def test_half_a_cluster_does_not_block(folder: Path) -> None:
    (folder / "data").rename(folder / "data.new-12345")
    (folder / "data.new-12345" / "global" / "pg_control").unlink()
    with EmbeddedPostgres(folder) as server:
        assert server.is_new
        assert ask(server.url(), "SELECT 1") == 1
    assert not (folder / "data.new-12345").exists()


def test_a_second_start_says_that_it_is_running(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "RUNNING_PATIENCE", 0.2)
    with EmbeddedPostgres(folder) as server:
        with pytest.raises(AlreadyRunningError, match=f"process {os.getpid()}"):
            EmbeddedPostgres(folder).start()
        assert ask(server.url(), "SELECT 1") == 1


@linux
def test_the_server_ends_when_its_starter_is_killed(folder: Path) -> None:
    with held(folder) as (process, server):
        process.kill()
        process.wait()
        wait_until_gone(server, folder / "data")


@linux
def test_a_start_right_after_a_kill_works(folder: Path) -> None:
    with held(folder) as (process, _):
        process.kill()
        with EmbeddedPostgres(folder) as server:
            assert ask(server.url(), "SELECT 1") == 1


@linux
def test_a_server_left_behind_is_stopped(folder: Path) -> None:
    said: list[str] = []
    with held(folder) as (process, server):
        os.kill(server, signal.SIGSTOP)  # it cannot hear that its starter died
        process.kill()
        process.wait()
        assert running_url(folder) is not None
        with (
            subprocess.Popen(["/bin/sh", "-c", f"sleep 0.5; kill -CONT {server}"]),
            EmbeddedPostgres(folder, say=said.append) as own,
        ):
            assert ask(own.url(), "SELECT 1") == 1
            assert own.pid != server
    assert any("left behind" in line for line in said)


@linux
def test_a_killed_server_is_started_again(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        with psycopg.connect(server.url()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        assert server.pid is not None
        os.kill(server.pid, signal.SIGKILL)
        while server.poll() is None:
            time.sleep(0.01)
        server.start()
        server.wait_ready()
        assert ask(server.url(), "SELECT answer FROM kept") == 42


def test_a_wrong_setting_is_told_with_the_last_words(folder: Path) -> None:
    with (
        pytest.raises(PostgresError, match="unrecognized configuration parameter"),
        EmbeddedPostgres(folder, settings={"no_such_setting": "1"}),
    ):
        pass
    with EmbeddedPostgres(folder) as server:
        assert ask(server.url(), "SELECT 1") == 1


def test_another_major_version_is_refused(folder: Path) -> None:
    (folder / "data" / "PG_VERSION").write_text("17\n")
    with pytest.raises(PostgresError, match="made by PostgreSQL 17"):
        EmbeddedPostgres(folder).start()


@as_root
def test_root_steps_down(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        owner = Path(f"/proc/{server.pid}").stat().st_uid
        assert owner != 0
        assert (folder / "data").stat().st_uid == owner
        assert folder.stat().st_uid == 0


@as_root
def test_a_cluster_of_an_ordinary_user_keeps_its_owner(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 1, 1)
    with EmbeddedPostgres(folder) as server:
        assert Path(f"/proc/{server.pid}").stat().st_uid == 1
    assert {path.stat().st_uid for path in folder.rglob("*")} == {1}


@as_root
def test_what_cannot_be_reached_goes_under_var_lib(empty: Path) -> None:
    closed = empty.parent / "closed"
    closed.mkdir(mode=0o700)
    before = {path: path.stat().st_mode for path in (closed, *closed.parents)}
    said: list[str] = []
    server = EmbeddedPostgres(closed / "deep" / "postgres", say=said.append)
    with server:
        home = server.home
        assert home.parent == place.ELSEWHERE
        assert ask(server.url(), "SELECT 1") == 1
        with psycopg.connect(server.url()) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    try:
        assert str(home) in said[0]
        assert {path: path.stat().st_mode for path in before} == before
        with EmbeddedPostgres(closed / "deep" / "postgres") as again:
            assert again.home == home
            assert ask(again.url(), "SELECT answer FROM kept") == 42
    finally:
        shutil.rmtree(home)


@as_root
def test_programs_out_of_reach_are_copied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = folder.parent / "closed"
    closed.mkdir(mode=0o700)
    package = programs.installed().package
    shutil.copytree(package, closed / package.name, ignore=programs.UNUSED)
    shutil.copytree(f"{package}.libs", closed / f"{package.name}.libs")
    before = (closed / package.name).stat().st_mode
    out_of_reach = programs.Programs(closed / package.name)
    monkeypatch.setattr(postgres_server, "installed", lambda: out_of_reach)
    with EmbeddedPostgres(folder) as own:
        assert ask(own.url(), "SELECT 1") == 1
        binary = Path(f"/proc/{own.pid}/exe").readlink()
        assert binary.is_relative_to(folder)
    assert (closed / package.name).stat().st_mode == before


def test_a_temporary_one_leaves_nothing() -> None:
    before = set(place.ELSEWHERE.glob("mediatheque-*"))
    with temporary_postgres() as server:
        home = server.home
        assert ask(server.url(), "SELECT 1") == 1
    assert not home.exists()
    assert set(place.ELSEWHERE.glob("mediatheque-*")) == before
