"""The commands. Each is loaded only when it is called, so that help is instant."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("serve_command:serve", "Run everything: database, web and worker."),
    "web": ("parts:web", "Run a web process alone."),
    "worker": ("parts:worker", "Run a worker process alone."),
    "migrate": ("schema:migrate", "Bring the database to this version."),
    "demo": ("demonstration:demo", "Create the demonstration world."),
    "import": ("exchange:import_", "Import a file into a library."),
    "export": ("exchange:export", "Write a space's collection to a file."),
    "user create": ("people:create_user", "Create a user, or the first owner."),
    "user role": ("administrators:change_role", "Give a user a role in the house."),
    "user reset-second-factor": (
        "administrators:reset_second_factor",
        "Let a user in who has lost the second factor.",
    ),
    "api-key create": ("people:create_api_key", "Create an API key for a user."),
    "audit verify": ("audit:verify", "Find out whether the journal was tampered with."),
    "audit seal": ("audit:seal_", "Seal the journal up to now."),
    "keys rotate": ("keys:rotate", "Put all secrets under a new master key."),
    "doctor": ("doctor:doctor", "Check the installation and say what to do."),
    "openapi": ("openapi:openapi", "Write docs/openapi.json (for developers)."),
}


class LazyGroup(click.Group):
    """A group that knows the names of its commands before it knows their code.

    ``prefix`` is the group's own name; a command ``user create`` belongs to group ``user``.
    """

    def __init__(self, *arguments: Any, prefix: str = "", **options: Any) -> None:  # noqa: ANN401  (click's signature)
        super().__init__(*arguments, **options)
        self._prefix = prefix

    def _own(self) -> dict[str, tuple[str, str]]:
        return {
            name.removeprefix(self._prefix): found
            for name, found in COMMANDS.items()
            if name.startswith(self._prefix)
        }

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the next words of all commands."""
        return list(dict.fromkeys(name.split()[0] for name in self._own()))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command that is called."""
        if cmd_name in self._own():
            module, attribute = self._own()[cmd_name][0].split(":")
            command = getattr(import_module(f"mediatheque.cli.{module}"), attribute)
            return command if isinstance(command, click.Command) else None
        if cmd_name in self.list_commands(ctx):
            return LazyGroup(cmd_name, prefix=f"{self._prefix}{cmd_name} ", no_args_is_help=True)
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  (click's signature)
        """List the commands with their help, loading none."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in self._own().items()])


def _tell_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from mediatheque.core.http.health import version  # noqa: PLC0415 - loads slowly

        click.echo(f"mediatheque {version()}")
        ctx.exit()


@click.group(cls=LazyGroup, no_args_is_help=True)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Show the version and exit.",
)
def app() -> None:
    """Mediatheque, a self-hosted house for media.

    Settings come from the environment; README.md lists them.
    """
