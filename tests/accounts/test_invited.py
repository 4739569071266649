"""An invitation to an address arrives there, and who comes by it confirms their own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import text

from mediatheque.core.edge import write_context
from tests.accounts.conftest import PASSWORD
from tests.accounts.households import KIDS, make, select
from tests.accounts.post import run_jobs
from tests.postbox import open_postbox

if TYPE_CHECKING:
    from httpx import AsyncClient

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House

INVITATIONS = "/api/v1/invitations"


async def test_invitation_arrives_and_opens_the_space(
    house: House, anonymous: AsyncClient, database: Database, settings: Settings
) -> None:
    member = await house.member()
    async with write_context(database, across=True) as context:
        await context.db.execute(
            "UPDATE accounts_users SET locale = 'de', name = 'Ada <b>' WHERE id = :id",
            {"id": member.user_id},
        )
    email = f"{uuid4().hex[:8]}@new.example"
    made = await member.client.post(INVITATIONS, json={"email": email, "role": "member"})
    assert made.status_code == 201, made.text
    with open_postbox() as box:
        await run_jobs(database, settings, smtp_url=box.url)
    (letter,) = box.to(email)
    assert letter.message["subject"].endswith(f"lädt Sie zu {member.space.name} ein")
    assert letter.link == f"{settings.base_url}/invite?token={letter.token}"
    assert letter.token == made.json()["token"]

    body = {"token": letter.token, "name": "Grace", "password": PASSWORD}
    joined = await anonymous.post(f"{INVITATIONS}/claim", json=body)
    assert joined.status_code == 200, joined.text
    assert joined.json()["user"]["is_verified"] is False, "whoever invited them had the link too"
    with open_postbox() as box:
        await run_jobs(database, settings, smtp_url=box.url)
    (letter,) = box.to(email)
    answer = await anonymous.post("/api/v1/auth/verify-email", json={"token": letter.token})
    assert answer.status_code == 204
    session = await anonymous.get("/api/v1/auth/session")
    assert session.json()["user"]["is_verified"] is True


async def test_link_without_an_address_is_no_letter(house: House, database: Database) -> None:
    member = await house.member()
    assert (await member.client.post(INVITATIONS, json={"role": "member"})).status_code == 201
    count = await database.across().scalar(
        text(
            "SELECT count(*) FROM core_journal WHERE space_id = :space "
            "AND kind = 'accounts.letter_written'"
        ).bindparams(space=member.space.id)
    )
    assert count == 0


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/account/links", None),
        ("GET", "/account/export", None),
        ("POST", "/account/export", None),
        ("POST", "/account/erasure", {"password": PASSWORD}),
        ("POST", "/account/email", {"email": "eve@new.example", "password": PASSWORD}),
        ("POST", "/account/verify-email", None),
        ("DELETE", "/account/links/01900000-0000-7000-8000-000000000000", None),
        ("GET", "/letters", None),
    ],
)
async def test_child_of_the_house_has_no_say_over_the_account(  # noqa: PLR0917  (fixtures)
    house: House,
    database: Database,
    password_hash: str,
    method: str,
    path: str,
    body: dict[str, str] | None,
) -> None:
    member = await house.member()
    await house.member(member.space)
    async with write_context(database, across=True) as context:
        await context.db.execute(
            "UPDATE accounts_users SET password_hash = :hash WHERE id = :id",
            {"id": member.user_id, "hash": password_hash},
        )
    profile = await make(member.client, "Kim", **KIDS)
    await select(member.client, profile)
    answer = await member.client.request(method, f"/api/v1{path}", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "limited_profile")
