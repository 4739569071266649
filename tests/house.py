"""Factories: a space with members, and clients who act as them over HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from httpx import ASGITransport, AsyncClient
from sqlalchemy import text

from mediatheque.core.context import Actor, Space
from mediatheque.core.edge import read_context, write_context
from mediatheque.kit import crypto

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from fastapi import FastAPI

    from mediatheque.core.context import Context, ReadContext
    from mediatheque.kit.db import Database


@dataclass(slots=True)
class Member:
    """A user with a role in a space, and a client signed in as them."""

    user_id: UUID
    email: str
    name: str
    space: Space
    client: AsyncClient
    actor: Actor


@dataclass(slots=True)
class House:
    """Makes what tests need; rows go straight to the tables, requests through the app."""

    app: FastAPI
    database: Database
    clients: list[AsyncClient] = field(default_factory=list)

    async def space(self, name: str = "Test space") -> Space:
        """A new space."""
        slug = f"s{uuid4().hex[:12]}"
        async with write_context(self.database, across=True) as context:
            result = await context.db.execute(
                "INSERT INTO spaces_spaces (slug, name) VALUES (:slug, :name) RETURNING id",
                {"slug": slug, "name": name},
            )
            return Space(result.scalar_one(), slug, name, "owner")

    async def member(self, space: Space | None = None, role: str = "owner") -> Member:
        """A new user with a role in a (new) space, holding a session cookie."""
        where = space or await self.space()
        email = f"{uuid4().hex[:12]}@test.example"
        name = f"{role.title()} {email[:4]}"
        token = crypto.new_token("s")
        async with write_context(self.database, across=True) as context:
            result = await context.db.execute(
                "INSERT INTO accounts_users (email, name) VALUES (:email, :name) RETURNING id",
                {"email": email, "name": name},
            )
            user_id = result.scalar_one()
            await context.db.execute(
                "INSERT INTO spaces_memberships (space_id, user_id, role) "
                "VALUES (:space, :user, :role)",
                {"space": where.id, "user": user_id, "role": role},
            )
            await context.db.execute(
                "INSERT INTO accounts_credentials (user_id, kind, token_hash, expires_at) "
                "VALUES (:user, 'session', :hash, now() + interval '1 day')",
                {"user": user_id, "hash": crypto.hash_token(token)},
            )
        client = AsyncClient(
            transport=ASGITransport(app=self.app, raise_app_exceptions=False),
            base_url="http://test",
            cookies={"mediatheque_session": token},
            headers={"x-space": where.slug, "x-csrf-token": crypto.csrf_token(token)},
        )
        self.clients.append(client)
        actor = Actor("user", id=user_id, name=name)
        return Member(user_id, email, name, where, client, actor)

    def write(self, member: Member) -> AbstractAsyncContextManager[Context]:
        """A writing context as a member, with every permission."""
        return write_context(self.database, actor=member.actor, space=member.space)

    def read(self, member: Member) -> ReadContext:
        """A reading context as a member, with every permission."""
        return read_context(self.database, actor=member.actor, space=member.space)

    async def count(self, table: str, space: Space) -> int:
        """How many rows of a table a space has; of the journal, without notes of requests."""
        context = read_context(self.database, space=space)
        where = " WHERE ref_kind <> 'request'" if table == "core_journal" else ""
        found: Any = await context.db.scalar(text(f"SELECT count(*) FROM {table}{where}"))  # noqa: S608  (our own names)
        return int(found)

    async def close(self) -> None:
        """Close the clients."""
        for client in self.clients:
            await client.aclose()
