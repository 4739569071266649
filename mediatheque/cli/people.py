"""``mediatheque user create`` and ``mediatheque api-key create``."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import click
from pydantic import ValidationError

from mediatheque.areas.accounts.actions.users import create_user as create_account
from mediatheque.areas.accounts.queries import get_setup
from mediatheque.areas.accounts.rules import check_new_password, clean_email
from mediatheque.areas.accounts.schemas import ApiKeyCreate, ApiKeyCreated, UserRead
from mediatheque.areas.spaces.actions.keys import create_api_key as create_key
from mediatheque.areas.spaces.actions.members import add_member
from mediatheque.areas.spaces.actions.spaces import create_space
from mediatheque.areas.spaces.rules import FIRST_SPACE
from mediatheque.cli.house import in_house, space_named, user_named
from mediatheque.core.context import Actor
from mediatheque.core.permissions import ROLES
from mediatheque.core.work import Work
from mediatheque.kit.crypto import hash_password
from mediatheque.kit.errors import RefusalError


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to be made, and what they join."""

    email: str
    name: str
    password: str
    space: str | None
    role: str


@click.command("create")
@click.option("--email", prompt="E-mail address", help="The address to sign in with.")
@click.option("--name", default="", help="The name others see; else the part before the @.")
@click.option("--space", help="The slug of a space to join.")
@click.option("--role", default="member", type=click.Choice(list(ROLES)), help="Role in it.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def create_user(
    *, email: str, name: str, space: str | None, role: str, password_stdin: bool
) -> None:
    """Create a user; the first one becomes the owner and gets a space."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        address = clean_email(email)
        check_new_password(password, address)
    except (ValueError, RefusalError) as error:
        raise click.ClickException(getattr(error, "text", str(error))) from error
    wanted = Wanted(address, name or address.partition("@")[0], password, space, role)
    made, joined = in_house(lambda work: _create(work, wanted))
    owner = ", the owner" if made.is_instance_owner else ""
    click.echo(f"Created {made.email}{owner}, in {joined or 'no space yet'}.")


async def _create(work: Work, wanted: Wanted) -> tuple[UserRead, str | None]:
    password_hash = await hash_password(wanted.password)
    space = await space_named(work, wanted.space) if wanted.space else None
    is_first = (await get_setup(work.read(None, across=True))).needed
    async with work.write(None, across=True) as ctx:
        made = await create_account(
            ctx,
            email=wanted.email,
            name=wanted.name,
            password_hash=password_hash,
            is_instance_owner=is_first,
        )
        if is_first and space is None:
            ctx.actor = Actor("user", id=made.id, name=made.name, is_instance_owner=True)
            return made, (await create_space(ctx, name=FIRST_SPACE)).slug
    if space is not None:
        async with work.write(space) as ctx:
            await add_member(ctx, made.id, wanted.role)
    return made, space.slug if space else None


@click.command("create")
@click.option("--email", required=True, help="Whose key it is.")
@click.option("--name", required=True, help="What the key is for.")
@click.option("--scope", "scopes", multiple=True, help="A permission; without one, all of theirs.")
@click.option("--days", type=click.IntRange(min=1), help="It ends after so many days.")
def create_api_key(*, email: str, name: str, scopes: tuple[str, ...], days: int | None) -> None:
    """Create an API key for a user and print it, this once."""
    ends = datetime.now(UTC) + timedelta(days=days) if days else None
    try:
        wanted = ApiKeyCreate.model_validate(
            {"name": name, "scopes": list(scopes) or None, "expires_at": ends}
        )
    except ValidationError as error:
        raise click.ClickException(str(error.errors()[0]["msg"])) from error

    async def act(work: Work) -> ApiKeyCreated:
        async with work.write(None, await user_named(work, email), across=True) as ctx:
            return await create_key(ctx, wanted)

    click.echo(in_house(act).key)
