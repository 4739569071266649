"""A house to fuzz: a space with a row in every table, and people who stay whatever happens."""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import psycopg

from mediatheque.core.migrate import upgrade
from mediatheque.core.settings import Settings
from mediatheque.kit import crypto
from mediatheque.kit.db import Database
from mediatheque.kit.postgres import temporary_postgres
from mediatheque.main import create_app
from tests.house import House
from tests.isolation.operations import IDS, KEYS, PLAIN
from tests.isolation.rows import live_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "correct horse battery"


@dataclass
class World:
    """What the program that asks must know."""

    database: str
    space: str
    space_id: str
    people: dict[str, str]  # owner, viewer → user id
    tokens: dict[str, str]  # owner, viewer, admin → token
    ids: dict[str, str]  # path parameter → the id of something that is there
    requests: str = ""  # where the counts are written

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)))

    @classmethod
    def read(cls, path: Path) -> World:
        return cls(**json.loads(path.read_text()))


@contextmanager
def made_world(folder: Path) -> Iterator[World]:
    """PostgreSQL with a house in it."""
    with temporary_postgres() as server:
        url = server.url()
        upgrade(url)
        world = asyncio.run(_fill(url))
        world.requests = str(folder / "requests.json")
        heal(world)
        yield world


async def _fill(url: str) -> World:
    database = Database(url)
    await database.open()
    house = House(create_app(Settings(DATABASE_URL=url), database), database)
    home = await live_in(house)
    viewer = await house.member(home.member.space, role="viewer")
    ids = {name: str(find(home)) for name, find in IDS.items()}
    ids |= {name: str(value) for name, value in PLAIN.items()}
    ids |= {f"key of {name}": str(home.rows[table]["id"]) for name, table in KEYS.items()}
    ids["user_id"] = str(viewer.user_id)
    found = World(
        url,
        home.member.space.slug,
        str(home.member.space.id),
        {"owner": str(home.member.user_id), "viewer": str(viewer.user_id)},
        {name: crypto.new_token("s") for name in ("owner", "viewer", "admin")},
        ids,
    )
    hashed = await crypto.hash_password(PASSWORD)
    async with house.write(home.member) as ctx:
        await ctx.db.execute("SET LOCAL ROLE mediatheque_across")
        await ctx.db.execute(
            "UPDATE accounts_users SET password_hash = :hash, instance_role = 'owner' "
            "WHERE id = :id",
            {"hash": hashed, "id": home.member.user_id},
        )
    await house.close()
    await database.close()
    return found


MEMBERS = (
    "INSERT INTO spaces_memberships (space_id, user_id, role) "
    "VALUES (%(space)s, %(owner)s, 'owner'), (%(space)s, %(viewer)s, 'viewer') "
    "ON CONFLICT (space_id, user_id) DO UPDATE SET role = excluded.role"
)
HEAL = (
    "UPDATE accounts_users SET is_active = true WHERE id = ANY(%(people)s::uuid[])",
    "UPDATE accounts_users SET instance_role = 'owner' WHERE id = %(owner)s",
    "UPDATE spaces_spaces SET archived_at = NULL, slug = %(slug)s WHERE id = %(space)s",
    MEMBERS,
)
SESSION = (
    "INSERT INTO accounts_credentials (user_id, audience, kind, token_hash, expires_at, ends_at) "
    "VALUES (%s, %s, 'session', %s, now() + interval '1 day', now() + interval '1 day') "
    "ON CONFLICT (token_hash) DO UPDATE SET user_id = excluded.user_id, revoked_at = NULL, "
    "profile_id = NULL, expires_at = excluded.expires_at, ends_at = excluded.ends_at"
)


def heal(world: World) -> None:
    """Give everybody back what random requests took from them."""
    values = {
        **world.people,
        "people": list(world.people.values()),
        "slug": world.space,
        "space": world.space_id,
    }
    with psycopg.connect(world.database) as connection:
        for statement in HEAL:
            connection.execute(statement, values)
        for name, token in world.tokens.items():
            owner = world.people["viewer" if name == "viewer" else "owner"]
            audience = "admin" if name == "admin" else "app"
            connection.execute(SESSION, (owner, audience, crypto.hash_token(token)))
