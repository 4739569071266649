"""The first part of the story: people, their spaces, and the empty shelves in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.accounts.actions.users import create_user
from mediatheque.areas.accounts.queries import find_user_id, get_setup
from mediatheque.areas.library.actions.libraries import create_library
from mediatheque.areas.library.schemas.libraries import LibraryCreate
from mediatheque.areas.spaces.actions.members import add_member
from mediatheque.areas.spaces.actions.spaces import create_space
from mediatheque.areas.spaces.queries.spaces import find_space_id
from mediatheque.core.context import Actor, Space
from mediatheque.core.edge import read_context, write_context
from mediatheque.demo.story.stage import Stage
from mediatheque.demo.world import world
from mediatheque.kit.crypto import hash_password

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.core.context import Context
    from mediatheque.demo.world import Person, Room
    from mediatheque.kit.db import Database


async def invite_everybody(database: Database) -> dict[str, Actor]:
    """Give everybody an account who has none; answers who they are, by their keys.

    In a house without an owner, the first of them becomes it.
    """
    nobody = read_context(database, across=True)
    found = {one.key: await find_user_id(nobody, one.email) for one in world().people}
    missing = [one for one in world().people if found[one.key] is None]
    if missing:
        is_first = (await get_setup(nobody)).needed
        password_hash = await hash_password(world().password)
        async with write_context(database, across=True) as ctx:
            for one in missing:
                found[one.key] = await _account(ctx, one, password_hash, is_first=is_first)
                is_first = False
    return {one.key: Actor("user", id=found[one.key], name=one.name) for one in world().people}


async def _account(ctx: Context, one: Person, password_hash: str, *, is_first: bool) -> UUID:
    made = await create_user(
        ctx,
        email=one.email,
        name=one.name,
        password_hash=password_hash,
        is_instance_owner=is_first,
    )
    return made.id


async def open_room(database: Database, room: Room, actors: dict[str, Actor]) -> Stage:
    """Make a space with its members and libraries, unless there is one of its name."""
    found = await find_space_id(read_context(database, across=True), room.slug)
    if found is None:
        found = await _make(database, room, actors)
    return Stage(database, room, Space(found, room.slug, room.name), actors)


async def _make(database: Database, room: Room, actors: dict[str, Actor]) -> UUID:
    owner, *others = room.members
    async with write_context(database, actor=actors[owner.person], across=True) as ctx:
        made = await create_space(ctx, name=room.name, slug=room.slug)
        for member in others:
            user_id = actors[member.person].id
            assert user_id is not None  # noqa: S101  (everybody has an account by now)
            await add_member(ctx, user_id, member.role)
        for shelf in room.libraries:
            given = {"name": shelf.name, "kind": shelf.kind, "description": shelf.description}
            await create_library(ctx, LibraryCreate.model_validate(given))
    return made.id
