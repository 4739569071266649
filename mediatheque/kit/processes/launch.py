"""Start a program so that it cannot outlive us."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

TIED = Path(__file__).with_name("tied.py")


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the operating system."""

    name: str
    uid: int
    gid: int


def launch(  # noqa: PLR0913 - these are the properties of a process
    command: Sequence[str],
    *,
    on_parent_death: signal.Signals = signal.SIGTERM,
    account: Account | None = None,
    own_session: bool = False,
    environment: Mapping[str, str] | None = None,
    only: Mapping[str, str] | None = None,
    output: int | IO[bytes] | None = None,
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start ``command`` (an absolute path and arguments), tied to the calling *thread*.

    Linux sends ``on_parent_death`` when the thread that started it ends, so call this from a
    thread that lives as long as the program should. ``environment`` goes over ours; ``only`` is
    all that the program itself gets (never a secret: it passes through the arguments).
    """
    who = (account.uid, account.gid) if account else (-1, -1)
    words = [on_parent_death.value, os.getpid(), int(own_session), *who]
    variables = [] if only is None else [f"{name}={value}" for name, value in only.items()]
    words.append(-1 if only is None else len(variables))
    return subprocess.Popen(
        [sys.executable, "-I", "-S", str(TIED), *map(str, words), *variables, *command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        env={**os.environ, **environment} if environment else None,
        cwd=folder,
    )


def end_with_parent(number: signal.Signals = signal.SIGTERM) -> None:
    """Have ``number`` sent to this process when its parent ends (Linux; elsewhere nothing)."""
    if sys.platform.startswith("linux"):
        import ctypes  # noqa: PLC0415 - only a process that asks for it pays for it

        set_parent_death_signal = 1
        ctypes.CDLL(None, use_errno=True).prctl(set_parent_death_signal, number.value, 0, 0, 0)


def ending(code: int) -> str:
    """Say in words how a process ended: ``-9`` is "killed by SIGKILL"."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"killed by signal {-code}"
