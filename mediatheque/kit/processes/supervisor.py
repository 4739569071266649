"""Keep a few programs running, and end them together."""

from __future__ import annotations

import os
import select
import signal
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType, TracebackType
from typing import Protocol, Self

from mediatheque.kit.processes.forking import fork
from mediatheque.kit.processes.launch import ending, launch

QUICK_SECONDS = 5.0
LONGEST_PAUSE = 10.0
PATIENCE_SECONDS = 0.5


class Process(Protocol):
    """What a supervisor needs of a process, started or forked."""

    pid: int

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""

    def wait(self) -> int:
        """Wait for the end; answer the exit code."""

    def terminate(self) -> None:
        """Ask it to end."""

    def kill(self) -> None:
        """End it."""


@dataclass(frozen=True, slots=True)
class Program:
    """What to run: an absolute path with arguments, or ``work`` of our own code in a fork of us.

    ``environment`` is added to ours. A program with ``restart`` is meant to run for ever, the
    others do one thing and end. ``nice`` (0 to 19) is how far it steps back when others need the
    processor.
    """

    name: str
    command: tuple[str, ...] | Callable[[], object]
    environment: Mapping[str, str] = field(default_factory=dict)
    restart: bool = True
    nice: int = 0


class Child:
    """A program that was started; ``code`` is None while it runs."""

    def __init__(self, program: Program, process: Process) -> None:
        self.program = program
        self.process = process
        self.started = time.monotonic()
        self.code: int | None = None
        self.quick_deaths = 0
        self.restart_at: float | None = None

    def note_death(self, code: int) -> None:
        """Keep the exit code and decide when to start again: at once, then ever later."""
        now = time.monotonic()
        self.code = code
        quick = now - self.started < QUICK_SECONDS
        self.quick_deaths = self.quick_deaths + 1 if quick else 0
        if self.program.restart:
            repeated = max(self.quick_deaths - 1, 0)
            self.restart_at = now + (min(0.25 * 2**repeated, LONGEST_PAUSE) if repeated else 0)


class Supervisor:
    """Start programs, start them again when they die, end them when we are told to end.

    Use it as a context manager in the main thread: inside, SIGINT, SIGTERM and SIGHUP set
    ``told_to_stop`` instead of raising. ``say`` receives sentences for people.
    """

    def __init__(self, say: Callable[[str], None], *, stop_seconds: float = 10.0) -> None:
        self.told_to_stop: signal.Signals | None = None
        self.told_twice = False
        self._told_at = 0.0
        self._say = say
        self._stop_seconds = stop_seconds
        self._children: list[Child] = []
        self._handlers: dict[signal.Signals, object] = {}

    def __enter__(self) -> Self:
        self._wake, self._woken = socket.socketpair()
        self._wake.setblocking(False)  # noqa: FBT003 - the standard library's own
        self._woken.setblocking(False)  # noqa: FBT003 - the standard library's own
        self._old_fd = signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
            before = signal.getsignal(number)
            if number is signal.SIGHUP and before is signal.SIG_IGN:
                continue  # nohup: the closing of the terminal shall not end us
            self._handlers[number] = before
            signal.signal(number, self._on_signal)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        signal.set_wakeup_fd(self._old_fd)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # what was there before is put back
        self._wake.close()
        self._woken.close()

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGCHLD:
            return
        now = time.monotonic()
        if self.told_to_stop is None:
            self.told_to_stop, self._told_at = signal.Signals(number), now
        elif number == signal.SIGINT and now - self._told_at > PATIENCE_SECONDS:
            self.told_twice = True  # a person; a group and its `make` both tell us at once

    def start(self, program: Program) -> Child:
        """Start a program and watch it from now on."""
        child = Child(program, self._launch(program))
        self._children.append(child)
        return child

    def _launch(self, program: Program) -> Process:
        process: Process
        if callable(program.command):
            process = fork(program.name, program.command, program.environment)
        else:
            process = launch(program.command, environment=program.environment)
        if program.nice:
            os.setpriority(os.PRIO_PROCESS, process.pid, program.nice)
        return process

    def wait(self, seconds: float) -> None:
        """Sleep until a signal comes, a child ends or ``seconds`` are over; then look after all.

        Children that ended are noted, and started again when their time has come.
        """
        due = [child.restart_at for child in self._children if child.restart_at is not None]
        if due:
            seconds = min(seconds, max(min(due) - time.monotonic(), 0))
        self._sleep(seconds)
        for child in self._children:
            self._look_after(child)

    def _sleep(self, seconds: float) -> None:
        readable, _, _ = select.select([self._woken], [], [], seconds)
        if readable:
            self._woken.recv(4096)

    def _look_after(self, child: Child) -> None:
        if child.code is None:
            code = child.process.poll()
            if code is None:
                return
            child.note_death(code)
            if child.program.restart and self.told_to_stop is None:
                self._say(f"{child.program.name} ended ({ending(code)}); starting it again.")
        if child.restart_at is None or self.told_to_stop is not None:
            return
        if time.monotonic() >= child.restart_at:
            child.process = self._launch(child.program)
            child.started, child.code, child.restart_at = time.monotonic(), None, None

    def stop(self) -> None:
        """End all children: SIGTERM, then SIGKILL after ``stop_seconds`` or a second Ctrl-C."""
        running = [child for child in self._children if child.process.poll() is None]
        for child in running:
            child.process.terminate()
        deadline = time.monotonic() + self._stop_seconds
        while running and time.monotonic() < deadline and not self.told_twice:
            self._sleep(min(0.1, max(deadline - time.monotonic(), 0)))
            running = [child for child in running if child.process.poll() is None]
        for child in running:
            self._say(f"{child.program.name} did not end in time and was killed.")
            child.process.kill()
            child.process.wait()
        self._children.clear()
