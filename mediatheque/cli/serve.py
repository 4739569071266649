"""``mediatheque serve``: database, web and worker under one roof.

This process starts the others, starts them again when they die, and ends them in order. Web and
worker are forks of it: it loads their code once, while the database starts, and all three share
that memory (ADR 11). Itself it uses the standard library and ``kit`` only.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from mediatheque.cli.options import PACKAGE_HOME, BadSettingError, Options, read_options
from mediatheque.cli.port import PortError, answers, ensure_free
from mediatheque.kit import memory
from mediatheque.kit.postgres import EmbeddedPostgres, PostgresError
from mediatheque.kit.processes import CAN_FORK, Child, Program, Supervisor, end_with_parent, ending

WITH_PARENT = "--with-parent"
QUICK_DEATHS = 3
STOP_SECONDS = 10.0
DATABASE_DEATHS = 3
DATABASE_DEATHS_SECONDS = 60.0
Commands = Mapping[str, tuple[str, ...]]
COMMANDS: Commands = {
    "migrate": ("-m", "mediatheque.cli", "migrate"),
    "demo": ("-m", "mediatheque.cli", "demo", "--first-start"),
    "web": ("-m", "mediatheque.main"),
    "worker": ("-m", "mediatheque.worker"),
}
LIVED_IN = 3  # what `demo --first-start` answers in a house that is not empty
LASTING = frozenset({"web", "worker"})
NICE = {"worker": 5}  # an import shall not slow the pages down, nor the start


class StartError(RuntimeError):
    """The product cannot run; the message is for people."""


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, flush=True)


def run(*, with_parent: bool = False, commands: Commands = COMMANDS) -> int:
    """Serve until SIGINT or SIGTERM; answer the exit code.

    ``with_parent`` also ends it with its parent: ``make`` may be killed without a chance to
    tell. ``commands`` are the arguments to this Python for each part.
    """
    if with_parent:
        end_with_parent()
    try:
        options = read_options()
        options.data.mkdir(parents=True, exist_ok=True)
        with Supervisor(say, stop_seconds=STOP_SECONDS) as supervisor:
            return _serve(options, supervisor, commands)
    except (BadSettingError, PostgresError, PortError, StartError) as error:
        print(f"\n{error}", file=sys.stderr, flush=True)
    except OSError as error:
        print(f"\nCannot start: {error}", file=sys.stderr, flush=True)
    return 1


def _serve(options: Options, supervisor: Supervisor, commands: Commands) -> int:
    postgres = None
    if not options.database_url:
        postgres = EmbeddedPostgres(options.cluster, settings=options.postgres, say=say)
    try:
        if postgres is not None:
            postgres.prepare()
        ensure_free(options.host, options.port)
        if postgres is not None:
            postgres.start()
        Product(options, supervisor, postgres, commands).live()
        return 0
    finally:
        if supervisor.told_to_stop is not None:
            say("\nStopping …")
        supervisor.stop()
        if postgres is not None:
            postgres.stop()
        if supervisor.told_to_stop is not None:
            say("Stopped.")


class Product:
    """All parts of a running product, from the first to the last moment."""

    def __init__(
        self,
        options: Options,
        supervisor: Supervisor,
        postgres: EmbeddedPostgres | None,
        commands: Commands,
    ) -> None:
        self._options = options
        self._supervisor = supervisor
        self._postgres = postgres
        self._commands = commands
        self._url = postgres.url() if postgres else options.database_url
        self._database_answered = False
        self._database_deaths: list[float] = []
        self._began = time.monotonic()

    def live(self) -> None:
        """Bring everything up and keep it up until we are told to stop.

        Web and worker load while the database starts; they wait for its schema themselves. On
        the very first start the web process waits for the demonstration world, so that whoever
        finds the product ready also finds its contents.
        """
        first = self._options.demo and not self._demo_note.exists()
        if first:
            say("First start: the database and a demonstration world are made, once.")
        migrate = self._start("migrate")
        lasting = [self._start("worker")]
        if not first:
            lasting.append(self._start("web"))
        if not self._until(lambda: migrate.code is not None, lasting):
            return
        if migrate.code:
            raise StartError(
                f"The database could not be brought to this version ({ending(migrate.code)}); "
                "the reason stands above. `mediatheque doctor` says more."
            )
        if first:
            if not self._tell_demo(lasting):
                return
            lasting.append(self._start("web"))
        if self._until(self._is_ready, lasting):
            self._announce()
            self._until(lambda: False, [], every=3600)

    @property
    def _demo_note(self) -> Path:
        """A file that says what became of the demonstration world in this very database."""
        if self._postgres is not None:
            return self._postgres.home / "demo-made"
        digest = hashlib.sha256(self._url.encode()).hexdigest()[:12]
        return self._options.data / f"demo-made-{digest}"

    def _start(self, name: str) -> Child:
        paths = [str(PACKAGE_HOME), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {
            # Threads share two heaps instead of eight each core: idle memory counts.
            "MALLOC_ARENA_MAX": "2",
            "DATABASE_URL": self._url,
            "MEDIATHEQUE_DATA": str(self._options.data),
            "PYTHONPATH": os.pathsep.join(paths),
        }
        return self._supervisor.start(
            Program(name, self._command(name), environment, name in LASTING, NICE.get(name, 0))
        )

    def _command(self, name: str) -> tuple[str, ...] | Callable[[], object]:
        """A part of our own that lasts is loaded here and forked; the rest are programs."""
        command = self._commands[name]
        if not (CAN_FORK and name in LASTING and command == COMMANDS[name]):
            return sys.executable, *command
        with memory.loading():
            parts = {part: import_module(COMMANDS[part][-1]) for part in sorted(LASTING)}
        memory.settle()
        work: Callable[[], object] = parts[name].run
        return work

    def _until(self, done: Callable[[], bool], lasting: list[Child], every: float = 0.05) -> bool:
        """Look after all until ``done``; False if we were told to stop before."""
        while self._supervisor.told_to_stop is None:
            self._watch_database()
            for child in lasting:
                if child.quick_deaths >= QUICK_DEATHS:
                    raise StartError(
                        f"The {child.program.name} process ends again and again; "
                        "the reason stands above. `mediatheque doctor` says more."
                    )
            if done():
                return True
            self._supervisor.wait(every)
        return False

    def _is_ready(self) -> bool:
        return answers(self._options.host, self._options.port, "/health/ready")

    def _watch_database(self) -> None:
        if self._postgres is None:
            return
        if not self._database_answered:
            self._database_answered = self._postgres.is_ready()
            return
        code = self._postgres.poll()
        if code is None:
            return
        now = time.monotonic()
        recent = [at for at in self._database_deaths if now - at < DATABASE_DEATHS_SECONDS]
        self._database_deaths = [*recent, now]
        if len(self._database_deaths) > DATABASE_DEATHS:
            raise StartError(f"PostgreSQL ends again and again; see {self._postgres.log}.")
        say(f"PostgreSQL ended ({ending(code)}); starting it again.")
        self._postgres.start()

    def _tell_demo(self, lasting: list[Child]) -> bool:
        demo = self._start("demo")
        if not self._until(lambda: demo.code is not None, lasting):
            return False
        if demo.code in {0, LIVED_IN}:
            self._demo_note.write_text("made\n" if demo.code == 0 else "not needed\n")
        else:
            say(
                f"The demonstration world could not be made ({ending(demo.code or 0)}); the "
                "reason stands above. The next start tries again; MEDIATHEQUE_DEMO=0 leaves it."
            )
        return True

    def _is_demo_made(self) -> bool:
        return self._demo_note.exists() and self._demo_note.read_text().startswith("made")

    def _announce(self) -> None:
        lines = [f"Mediatheque is ready: {self._options.address}"]
        if self._options.demo and self._is_demo_made():
            lines.append("Sign in as owner@demo.example with the password mediatheque-demo")
        lines.append("Stop it with Ctrl-C.")
        say("\n" + "\n".join(f"  {line}" for line in lines))
        say(f"\n(ready after {time.monotonic() - self._began:.1f} s)")
