"""Parts that share our memory: forked from a process that has loaded their code once.

What a fork does not write stays one copy for all (copy on write), so several processes of the
same code cost little more than one. ``gc.freeze`` keeps the collector from writing to what was
loaded before. Nothing but the calling thread lives on in a fork: load code, start no thread.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress

from mediatheque.kit.processes.launch import end_with_parent

CAN_FORK = sys.platform.startswith("linux")
"""Elsewhere the system's own libraries may not survive a fork without a new program."""

SET_NAME = 15  # prctl(2), PR_SET_NAME
ARENAS_MAX = -8  # mallopt(3), M_ARENA_MAX
ARENAS = 2


class Forked:
    """A forked process, asked the way `subprocess.Popen` is."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._code: int | None = None

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        return self._reap(os.WNOHANG)

    def wait(self) -> int:
        """Wait for the end; answer the exit code."""
        code = self._reap(0)
        return 0 if code is None else code

    def _reap(self, options: int) -> int | None:
        if self._code is None:
            pid, status = os.waitpid(self.pid, options)
            if pid:
                self._code = os.waitstatus_to_exitcode(status)
        return self._code

    def terminate(self) -> None:
        """Ask it to end (SIGTERM)."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End it (SIGKILL)."""
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)


def fork(name: str, work: Callable[[], object], environment: Mapping[str, str]) -> Forked:
    """Run ``work`` in a fork that ends with us; an integer it answers is the exit code.

    ``name`` is what `ps -o comm` and `top` show (15 characters). ``environment`` goes over ours.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    gc.collect()
    gc.freeze()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return Forked(pid)
    code = 1
    try:
        _become(name, parent, environment)
        code = _run(work)
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _become(name: str, parent: int, environment: Mapping[str, str]) -> None:
    """Leave everything of the parent that is not memory: signals, files, environment."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    # With us dead nobody is left to wait for a graceful end, nor a database to write it to.
    end_with_parent(signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(128 + signal.SIGKILL)
    os.closerange(3, min(1 << 16, os.sysconf("SC_OPEN_MAX")))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.environ.update(environment)
    if CAN_FORK:
        library = ctypes.CDLL(None)
        library.prctl(SET_NAME, name.encode()[:15], 0, 0, 0)
        with suppress(AttributeError):  # another C library
            library.mallopt(ARENAS_MAX, ARENAS)


def _run(work: Callable[[], object]) -> int:
    try:
        found = work()
    except SystemExit as end:
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
            return 1
        return end.code or 0
    except KeyboardInterrupt:
        return 130
    except BaseException:  # noqa: BLE001  (the last frame of this process)
        traceback.print_exc()
        return 1
    return found if isinstance(found, int) else 0
