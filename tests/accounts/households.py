"""What tests of profiles do again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from httpx import ASGITransport, AsyncClient

from mediatheque.core.edge import write_context
from mediatheque.kit import crypto

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from httpx import Response

    from tests.house import House

PROFILES = "/api/v1/profiles"
KIDS: dict[str, Any] = {"is_kids": True, "maturity_limit": 6}


async def ok(asked: Awaitable[Response]) -> Any:  # noqa: ANN401  (whatever JSON it is)
    answer = await asked
    assert answer.is_success, f"{answer.request.url}: {answer.text}"
    return answer.json() if answer.content else None


async def make(client: AsyncClient, name: str, /, **fields: object) -> dict[str, Any]:
    found: dict[str, Any] = await ok(client.post(PROFILES, json={"name": name, **fields}))
    return found


async def select(
    client: AsyncClient,
    profile: dict[str, Any],
    /,
    **proof: str,
) -> Response:
    return await client.post(f"{PROFILES}/{profile['id']}/select", json=proof)


async def pin(client: AsyncClient, profile: dict[str, Any], digits: str, /, **proof: str) -> None:
    await ok(client.put(f"{PROFILES}/{profile['id']}/pin", json={"pin": digits, **proof}))


async def session(client: AsyncClient) -> dict[str, Any]:
    found: dict[str, Any] = await ok(client.get("/api/v1/auth/session"))
    return found


async def give_password(house: House, email: str, password: str) -> None:
    hashed = await crypto.hash_password(password)
    async with write_context(house.database, across=True) as ctx:
        await ctx.db.execute(
            "UPDATE accounts_users SET password_hash = :hash WHERE email = :email",
            {"hash": hashed, "email": email},
        )


async def another_session(house: House, email: str, space: str = "") -> AsyncClient:
    """A second browser of the same user."""
    token = crypto.new_token("s")
    async with write_context(house.database, across=True) as ctx:
        await ctx.db.execute(
            "INSERT INTO accounts_credentials (user_id, kind, token_hash, expires_at) "
            "SELECT id, 'session', :hash, now() + interval '1 day' FROM accounts_users "
            "WHERE email = :email",
            {"hash": crypto.hash_token(token), "email": email},
        )
    client = AsyncClient(
        transport=ASGITransport(app=house.app, raise_app_exceptions=False),
        base_url="http://test",
        cookies={"mediatheque_session": token},
        headers={
            "x-csrf-token": crypto.csrf_token(token),
            **({"x-space": space} if space else {}),
        },
    )
    house.clients.append(client)
    return client
