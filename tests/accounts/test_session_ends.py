"""A session ends unused, and in any case after so many days (ASVS 5.0, 7.3.2)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import text

from mediatheque.areas.accounts.actions.credentials import bound_sessions
from mediatheque.areas.spaces.routes.sightings import SIGHTINGS
from mediatheque.core.edge import write_context
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_sign_in import SESSION, run, sign_in

if TYPE_CHECKING:
    from httpx import AsyncClient

    from mediatheque.areas.accounts.schemas import UserRead
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House

SESSIONS = "/api/v1/auth/sessions"


async def ends(database: Database, user_id: UUID) -> list[dict[str, Any]]:
    return await database.across().rows(
        text(
            "SELECT kind, audience, ends_at - created_at AS life FROM accounts_credentials "
            "WHERE user_id = :id ORDER BY id"
        ).bindparams(id=user_id)
    )


async def test_who_signs_in_does_so_for_so_many_days(
    anonymous: AsyncClient, user: UserRead, database: Database, settings: Settings
) -> None:
    await sign_in(anonymous, user.email)
    (made,) = await ends(database, user.id)
    assert made["life"] == timedelta(days=settings.session_at_most_days) == timedelta(days=90)


async def test_who_comes_by_an_invitation_too(
    house: House, anonymous: AsyncClient, database: Database
) -> None:
    member = await house.member()
    made = await member.client.post("/api/v1/invitations", json={"role": "member"})
    email = f"{member.user_id.hex[:8]}@new.example"
    body = {"token": made.json()["token"], "name": "Grace", "email": email, "password": PASSWORD}
    joined = await anonymous.post("/api/v1/invitations/claim", json=body)
    assert joined.status_code == 200, joined.text
    (session,) = await ends(database, UUID(joined.json()["user"]["id"]))
    assert session["life"] == timedelta(days=90)


async def test_use_does_not_move_the_last_end(
    anonymous: AsyncClient, user: UserRead, database: Database
) -> None:
    await sign_in(anonymous, user.email)
    await run(
        database,
        "UPDATE accounts_credentials SET created_at = now() - interval '89 days', "
        "ends_at = now() + interval '1 day', last_seen_at = now() - interval '2 hours' "
        "WHERE user_id = :id",
        id=user.id,
    )
    assert (await anonymous.get(SESSION)).status_code == 200
    await SIGHTINGS.settle()
    row = await database.across().row(
        text(
            "SELECT expires_at, ends_at, last_seen_at > now() - interval '1 minute' AS is_seen "
            "FROM accounts_credentials WHERE user_id = :id"
        ).bindparams(id=user.id)
    )
    assert row is not None
    assert row["is_seen"]
    assert row["expires_at"] == row["ends_at"], "seen again, and no longer good than it was"
    (told,) = (await anonymous.get(SESSIONS)).json()["items"]
    assert datetime.fromisoformat(told["expires_at"]) == row["ends_at"]
    await run(
        database,
        "UPDATE accounts_credentials SET ends_at = now(), expires_at = now() + interval '9 days' "
        "WHERE user_id = :id",
        id=user.id,
    )
    assert (await anonymous.get(SESSION)).status_code == 401


@pytest.mark.parametrize(
    ("kind", "ends_at", "left"),
    [
        (("session", "app"), "NULL", 7),
        (("session", "app"), "now() + interval '90 days'", 7),
        (("session", "app"), "now() + interval '5 days'", 5),
        (("session", "admin"), "now() + interval '20 days'", 20),
        (("device", "app"), "NULL", None),
        (("api_key", "app"), "NULL", None),
    ],
)
async def test_sessions_begun_on_other_terms_are_bound_by_those_of_now(
    house: House, database: Database, kind: tuple[str, str], ends_at: str, left: int | None
) -> None:
    member = await house.member()
    await run(
        database,
        f"UPDATE accounts_credentials SET kind = :kind, audience = :audience, "  # noqa: S608  (of the test)
        f"created_at = now(), ends_at = {ends_at} WHERE user_id = :id",
        id=member.user_id,
        kind=kind[0],
        audience=kind[1],
    )
    async with write_context(database, across=True) as ctx:
        await bound_sessions(ctx, timedelta(days=7))
    (row,) = await ends(database, member.user_id)
    assert row["life"] == (None if left is None else timedelta(days=left))
