"""The reference tables of docs/, made from the code they describe.

``python -m tests.architecture.reference`` writes them anew, between the two marks of each page;
a test holds them against the code.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mediatheque.cli.app import COMMANDS, app
from mediatheque.core.module import House
from mediatheque.core.permissions import ROLES, Permission
from mediatheque.core.settings import Settings
from mediatheque.registry import MODULES
from tests.architecture.sources import ROOT, events, functions

if TYPE_CHECKING:
    from collections.abc import Iterable

ORDERED = sorted(Permission)
BEGIN, END = "<!-- made from the code: begin -->", "<!-- made from the code: end -->"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(_cell(one) for one in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _first_sentence(found: object) -> str:
    text = " ".join((inspect.getdoc(found) or "").split("\n\n")[0].split())
    return re.sub(r"``([^`]*)``", r"`\1`", text)


def settings() -> str:
    """Every setting: its variable, its default, its meaning."""
    return table(
        ("Variable", "Default", "Meaning"),
        (
            (f"`{variable(name)}`", _default(name), field.description or "")
            for name, field in Settings.model_fields.items()
        ),
    )


def variable(name: str) -> str:
    """A setting's name in the environment."""
    return "DATABASE_URL" if name == "database_url" else f"MEDIATHEQUE_{name.upper()}"


def _default(name: str) -> str:
    value: Any = Settings.model_fields[name].default
    if isinstance(value, Path) and value.is_absolute():
        value = f"./{value.relative_to(ROOT)}"
    elif isinstance(value, Path):
        value = f"./{value}"
    return f"`{int(value) if isinstance(value, bool) else value}`" if value != "" else ""


def permissions() -> str:
    """Every permission and the roles that hold it."""
    roles = [*reversed(ROLES)]
    return table(
        ("Permission", *roles),
        ((f"`{one}`", *("●" if one in ROLES[role] else "" for role in roles)) for one in ORDERED),
    )


def guards() -> str:
    """Every permission and the queries and actions that declare it."""
    guarded: dict[str, list[str]] = defaultdict(list)
    for module, name, found in functions("queries", "actions"):
        guarded[str(getattr(found, "__permission__", ""))].append(
            f"`{module.split('.')[2]}:{name}`"
        )
    return table(
        ("Permission", "Queries and actions"),
        ((f"`{one}`", ", ".join(sorted(guarded[one])) or "widens another") for one in ORDERED),
    )


def everybody() -> str:
    """What needs no permission of a space."""
    rows = defaultdict(list)
    for module, name, found in functions("queries", "actions"):
        declared = str(getattr(found, "__permission__", ""))
        if declared in {"public", "signed_in"}:
            rows[declared].append(f"`{module.split('.')[2]}:{name}`")
    return table(
        ("Declared", "Queries and actions"),
        ((f"`{one}`", ", ".join(sorted(rows[one]))) for one in ("public", "signed_in")),
    )


def all_events() -> str:
    """Every event: its kind, what it says, its words in the activity, the jobs that hear it."""
    words = House(MODULES).labels
    hearers = defaultdict(list)
    for module in MODULES:
        for kind, job in module.jobs.hears if module.jobs else ():
            hearers[kind].append(f"`{job}`")
    return table(
        ("Kind", "What happened", "Words", "Heard by"),
        (
            (
                f"`{kind}`",
                _first_sentence(_load(found)),
                words.get(kind, ""),
                ", ".join(dict.fromkeys(hearers[kind])),
            )
            for kind, found in sorted(events().items())
        ),
    )


def _load(dotted: str) -> object:
    module, name = dotted.rsplit(".", 1)
    return getattr(importlib.import_module(module), name)


def jobs() -> str:
    """Every job: its queue, its schedule, what it does."""
    return table(
        ("Job", "Queue", "Schedule", "What it does"),
        (
            (
                f"`{job.name}`",
                job.queue,
                f"`{job.cron}`" if job.cron else "",
                _first_sentence(job.run),
            )
            for module in MODULES
            for job in (module.jobs.jobs if module.jobs else ())
        ),
    )


def commands() -> str:
    """Every command with its arguments and options."""
    return "\n\n".join(_command(name) for name in COMMANDS)


def _command(name: str) -> str:
    found: click.Command = app
    context = click.Context(app, info_name="mediatheque")
    for word in name.split():
        assert isinstance(found, click.Group)
        below = found.get_command(context, word)
        assert below is not None, name
        found = below
    parts = [f"### `mediatheque {name}`", " ".join((found.help or "").replace("\b", "").split())]
    shown = [one for one in found.params if not getattr(one, "hidden", False)]
    rows = [_parameter(one, context) for one in shown]
    if rows:
        parts.append(table(("Option", "Meaning"), rows))
    return "\n\n".join(parts)


def _parameter(one: click.Parameter, context: click.Context) -> tuple[str, str]:
    if isinstance(one, click.Option):
        record = one.get_help_record(context)
        assert record is not None, one.name
        return f"`{record[0]}`", record[1]
    return f"`{one.make_metavar(context)}`", "Argument."


PAGES = {
    "settings.md": (settings,),
    "permissions.md": (permissions, guards, everybody),
    "events.md": (all_events, jobs),
    "commands.md": (commands,),
}


def render(page: str, text: str) -> str:
    """A page's text with its tables as the code has them now."""
    parts = re.split(f"{re.escape(BEGIN)}.*?{re.escape(END)}", text, flags=re.DOTALL)
    made = PAGES[page]
    if len(parts) != len(made) + 1:
        raise ValueError(f"docs/{page} needs {len(made)} pairs of marks.")
    tables = [f"{BEGIN}\n\n{one()}\n\n{END}" for one in made]
    return "".join(part for pair in zip(parts, [*tables, ""], strict=True) for part in pair)


def write() -> None:
    """Write every page anew."""
    for page in PAGES:
        path = ROOT / "docs" / page
        path.write_text(render(page, path.read_text()))


if __name__ == "__main__":
    write()
