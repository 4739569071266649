"""Everybody who may come to the door, with what each of them shows."""

from __future__ import annotations

from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from httpx import ASGITransport, AsyncClient

from mediatheque.core.edge import write_context
from mediatheque.core.permissions import INSTANCE_ROLES, ROLES
from mediatheque.kit import crypto
from mediatheque.kit.db import Database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from uuid import UUID

    from fastapi import FastAPI

    from mediatheque.kit.db import Writer
    from tests.isolation.rows import LivedIn


class _UndoneError(Exception):
    """A transaction that went well, and is not kept."""


class Rehearsal(Database):
    """A database whose transactions can be undone at their end, so that order does not matter."""

    keeps = True

    @asynccontextmanager
    async def transaction(
        self, space_id: UUID | None, *, across: bool = False
    ) -> AsyncIterator[Writer]:
        with suppress(_UndoneError):
            async with super().transaction(space_id, across=across) as writer:
                yield writer
                if not self.keeps:
                    raise _UndoneError


@dataclass(frozen=True)
class Caller:
    """Somebody: who they are (a kind), and a client that shows it."""

    name: str
    kind: str  # nobody, invalid, role, stranger, keyless, key, admin
    client: AsyncClient
    grants: frozenset[str] = frozenset()


class Door:
    """Makes callers for a home."""

    def __init__(self, app: FastAPI, database: Database, home: LivedIn) -> None:
        self._app = app
        self._database = database
        self._home = home
        self.callers: list[Caller] = []

    async def everybody(self) -> list[Caller]:
        """One caller of each kind, and of each role."""
        owner = ROLES["owner"]
        self._add("anonymous", "nobody")
        for role, granted in ROLES.items():
            token = await self._person(role)
            self._add(role, "role", cookie=token, grants=frozenset(map(str, granted)))
        stranger = await self._person(None)
        self._add("member of another space", "stranger", cookie=stranger)
        suspended = await self._person("owner", is_active=False)
        self._add("suspended owner", "nobody", cookie=suspended)
        self._add("suspended owner's key", "invalid", bearer=await self._key(suspended, None))
        key = await self._key(await self._person("owner"), [])
        self._add("owner's key without a scope", "keyless", bearer=key)
        keyed = await self._key(await self._person("owner"), None)
        self._add("owner's key", "key", bearer=keyed, grants=frozenset(map(str, owner)))
        for role, granted in INSTANCE_ROLES.items():
            token = await self._person("owner", instance_role=role, audience="admin")
            self._add(f"house {role}", "admin", admin=token, grants=frozenset(map(str, granted)))
        token = await self._person("owner", instance_role="owner", audience="admin")
        self._add("admin token as a cookie of the app", "nobody", cookie=token)
        self._add("admin token as a bearer", "invalid", bearer=token)
        token = await self._person("owner", instance_role="owner")
        self._add("app token as a cookie of the administration", "nobody", admin=token)
        return self.callers

    def _add(
        self,
        name: str,
        kind: str,
        *,
        cookie: str = "",
        bearer: str = "",
        admin: str = "",
        grants: frozenset[str] = frozenset(),
    ) -> None:
        headers = {"x-space": self._home.member.space.slug}
        cookies = {}
        if shown := cookie or admin:
            headers["x-csrf-token"] = crypto.csrf_token(shown)
        if cookie:
            cookies["mediatheque_session"] = cookie
        if admin:
            cookies["mediatheque_admin"] = admin
        if bearer:
            headers["authorization"] = f"Bearer {bearer}"
        client = AsyncClient(
            transport=ASGITransport(app=self._app, raise_app_exceptions=False),
            base_url="http://test",
            cookies=cookies,
            headers=headers,
        )
        self.callers.append(Caller(name, kind, client, grants))

    async def _person(
        self,
        role: str | None,
        *,
        is_active: bool = True,
        instance_role: str | None = None,
        audience: str = "app",
    ) -> str:
        """A new user with a role in the home (or a space of their own); their session's token."""
        token = crypto.new_token("s")
        mark = uuid4().hex[:12]
        async with write_context(self._database, across=True) as ctx:
            user = (
                await ctx.db.execute(
                    "INSERT INTO accounts_users (email, name, is_active, instance_role) "
                    "VALUES (:email, :name, :active, :role) RETURNING id",
                    {
                        "email": f"{mark}@test.example",
                        "name": mark,
                        "active": is_active,
                        "role": instance_role,
                    },
                )
            ).scalar_one()
            space = self._home.member.space.id
            if role is None:
                space = (
                    await ctx.db.execute(
                        "INSERT INTO spaces_spaces (slug, name) VALUES (:slug, 'x') RETURNING id",
                        {"slug": f"s{mark}"},
                    )
                ).scalar_one()
            await ctx.db.execute(
                "INSERT INTO spaces_memberships (space_id, user_id, role) "
                "VALUES (:space, :user, :role)",
                {"space": space, "user": user, "role": role or "owner"},
            )
            await ctx.db.execute(
                "INSERT INTO accounts_credentials "
                "(user_id, audience, kind, token_hash, expires_at, ends_at) VALUES "
                "(:user, :audience, 'session', :hash, now() + interval '1 day', "
                " now() + interval '1 day')",
                {"user": user, "audience": audience, "hash": crypto.hash_token(token)},
            )
        return token

    async def _key(self, session: str, scopes: list[str] | None) -> str:
        """A key of the person who has a session."""
        token = crypto.new_token("k")
        async with write_context(self._database, across=True) as ctx:
            await ctx.db.execute(
                "INSERT INTO accounts_credentials (user_id, kind, token_hash, scopes) "
                "SELECT user_id, 'api_key', :hash, cast(:scopes AS text[]) "
                "FROM accounts_credentials WHERE token_hash = :session",
                {
                    "hash": crypto.hash_token(token),
                    "scopes": scopes,
                    "session": crypto.hash_token(session),
                },
            )
        return token
