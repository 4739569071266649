"""``mediatheque user role`` and ``user reset-second-factor``: when the last owner is locked out."""

from __future__ import annotations

from dataclasses import replace

import click

from mediatheque.areas.accounts.actions import administrators
from mediatheque.cli.house import in_house, user_named
from mediatheque.core.edge import SYSTEM
from mediatheque.core.permissions import INSTANCE_ROLES
from mediatheque.core.work import Work

AT_THE_MACHINE = replace(SYSTEM, is_instance_owner=True)
"""Who may run commands here has the database: no less than an owner."""
NONE = "none"


@click.command("role")
@click.option("--email", required=True, help="Whose role.")
@click.option("--role", required=True, type=click.Choice([*INSTANCE_ROLES, NONE]), help="Which.")
def change_role(*, email: str, role: str) -> None:
    """Give a user a role in the house: owner, operator, auditor, or none."""

    async def act(work: Work) -> None:
        user = await user_named(work, email)
        assert user.id is not None  # noqa: S101  (found by address)
        async with work.write(None, AT_THE_MACHINE, across=True) as ctx:
            chosen = None if role == NONE else role
            await administrators.change_instance_role(ctx, user.id, chosen)

    in_house(act)
    click.echo(f"{email}: {role}.")


@click.command("reset-second-factor")
@click.option("--email", required=True, help="Who has lost it.")
def reset_second_factor(*, email: str) -> None:
    """Take a user's second factors away, and sign them out everywhere."""

    async def act(work: Work) -> None:
        user = await user_named(work, email)
        assert user.id is not None  # noqa: S101  (found by address)
        async with work.write(None, AT_THE_MACHINE, across=True) as ctx:
            await administrators.reset_second_factor(ctx, user.id)

    in_house(act)
    click.echo(f"{email} signs in with the password alone now.")
