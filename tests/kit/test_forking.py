"""Forked parts: what they keep of their parent, and what they must not."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from mediatheque.kit.processes import CAN_FORK

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="parts are programs of their own here")


def run(body: str, *arguments: str, seconds: float = 30) -> subprocess.CompletedProcess[str]:
    """Run a program of its own: a fork of the tests' process would take their threads along."""
    program = "from mediatheque.kit.processes.forking import fork\n" + textwrap.dedent(body)
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("return None", 0),
        ("return 3", 3),
        ("raise SystemExit", 0),
        ("raise SystemExit(4)", 4),
        ("raise SystemExit('no')", 1),
        ("raise ValueError", 1),
        ("import os; os.abort()", -signal.SIGABRT),
    ],
)
def test_the_exit_code_is_what_a_program_of_its_own_would_have(body: str, code: int) -> None:
    done = run(f"def work():\n    {body}\nprint(fork('x', work, {{}}).wait())")
    assert done.stdout.split()[-1] == str(code)
    if "ValueError" in body:
        assert "Traceback" in done.stderr
    if "'no'" in body:
        assert done.stderr.strip() == "no"


def test_it_has_a_name_and_an_environment_of_its_own() -> None:
    done = run(
        """
        import os, pathlib
        def work():
            print(pathlib.Path("/proc/self/comm").read_text().strip(), os.environ["SAID"])
        fork("worker", work, {"SAID": "yes"}).wait()
        print(os.environ.get("SAID"))
        """
    )
    assert done.stdout.split() == ["worker", "yes", "None"]


def test_files_and_signal_handlers_of_the_parent_are_left() -> None:
    done = run(
        """
        import os, pathlib, signal, socket
        left, right = socket.socketpair()
        signal.signal(signal.SIGTERM, lambda *_: print("the parent's"))
        signal.set_wakeup_fd(left.setblocking(False) or left.fileno())
        def work():
            opened = {os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")
                      if os.path.exists(f"/proc/self/fd/{fd}")}
            print([one for one in opened if one.startswith("socket")])
            print(os.readlink("/proc/self/fd/0"), flush=True)
            os.kill(os.getpid(), signal.SIGTERM)
        print(fork("x", work, {}).wait())
        """
    )
    assert done.stdout.split() == ["[]", "/dev/null", str(-signal.SIGTERM)]


def test_it_ends_with_its_parent() -> None:
    done = run(
        """
        import os, signal, time
        print(fork("x", lambda: time.sleep(60), {}).pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    child = Path(f"/proc/{done.stdout.strip()}/stat")
    deadline = time.monotonic() + 5
    while child.exists() and child.read_text().split()[2] != "Z":
        assert time.monotonic() < deadline, "it lives on"
        time.sleep(0.02)


def test_loading_the_parts_starts_no_thread_and_opens_nothing() -> None:
    done = run(
        """
        import os
        before = set(os.listdir("/proc/self/fd"))
        import mediatheque.main, mediatheque.worker
        from mediatheque.core.settings import settings
        print(len(os.listdir("/proc/self/task")))
        print(len(set(os.listdir("/proc/self/fd")) - before))
        print(settings.cache_info().currsize)
        """
    )
    assert done.stdout.split() == ["1", "0", "0"], done.stderr


def test_killing_one_that_ended_harms_nobody() -> None:
    done = run(
        """
        one = fork("x", lambda: 5, {})
        assert one.wait() == 5
        one.kill(); one.terminate()
        print(one.poll())
        """
    )
    assert done.stdout.strip() == "5"
