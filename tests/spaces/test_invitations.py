"""Invitations over HTTP: made, looked at, claimed once, taken back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from mediatheque.core.edge import write_context
from tests.accounts.conftest import PASSWORD

if TYPE_CHECKING:
    from httpx import AsyncClient, Response

    from tests.house import House, Member

INVITATIONS = "/api/v1/invitations"
CLAIM = f"{INVITATIONS}/claim"


def address() -> str:
    return f"{uuid4().hex[:10]}@new.example"


async def invite(member: Member, **body: object) -> dict[str, Any]:
    answer = await member.client.post(INVITATIONS, json={"role": "viewer"} | body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def listed(member: Member, *, all_of_them: bool = False) -> list[dict[str, Any]]:
    params = {"include_closed": "true"} if all_of_them else {}
    answer = await member.client.get(INVITATIONS, params=params)
    assert answer.status_code == 200
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def claim(client: AsyncClient, **body: object) -> Response:
    return await client.post(CLAIM, json=body)


def code(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def run(house: House, sql: str, **values: object) -> None:
    async with write_context(house.database, across=True) as context:
        await context.db.execute(sql, values)


async def count_users(house: House, email: str) -> int:
    found: int = await house.database.across().scalar(
        text("SELECT count(*) FROM accounts_users WHERE lower(email) = lower(:e)").bindparams(
            e=email
        )
    )
    return found


async def test_link_is_shown_once_and_stored_as_a_hash(house: House) -> None:
    owner = await house.member()
    made = await invite(owner, role="editor")
    link = urlsplit(made["url"])
    assert (link.scheme, link.netloc, link.path) == ("http", "test", "/invite")
    assert parse_qs(link.query)["token"] == [made["token"]]
    (shown,) = await listed(owner)
    assert shown == {key: value for key, value in made.items() if key not in {"token", "url"}}
    assert (shown["state"], shown["invited_by"], shown["role"]) == ("open", owner.name, "editor")
    rows = await house.database.across().rows(
        text("SELECT * FROM spaces_invitations WHERE id = :id").bindparams(id=UUID(made["id"]))
    )
    assert made["token"] not in str(rows)
    activity = (await owner.client.get("/api/v1/activity")).text
    assert made["token"] not in activity
    assert "invited somebody as editor" in activity


async def test_newcomer_registers_and_is_in(house: House, anonymous: AsyncClient) -> None:
    owner = await house.member()
    made = await invite(owner, role="catalog_editor")
    email = address()
    offer = await anonymous.get(f"{INVITATIONS}/lookup", params={"token": made["token"]})
    assert offer.json() == {
        "space_name": "Test space",
        "role": "catalog_editor",
        "email": None,
        "needs_account": True,
    }
    answer = await claim(
        anonymous, token=made["token"], email=email, name="Newcomer", password=PASSWORD
    )
    assert answer.status_code == 200, answer.text
    session = answer.json()
    assert session["user"]["email"] == email
    assert [one["slug"] for one in session["spaces"]] == [owner.space.slug]
    assert session["spaces"][0]["role"] == "catalog_editor"
    assert (await anonymous.get("/api/v1/auth/session")).json() == session
    assert (await anonymous.get("/api/v1/members")).status_code == 200
    assert await listed(owner) == []
    (closed,) = await listed(owner, all_of_them=True)
    assert (closed["state"], closed["claimed_by"]) == ("claimed", "Newcomer")
    entry = (await owner.client.get("/api/v1/activity")).json()["items"][0]
    assert entry["kind"] == "spaces.invitation_claimed"
    assert (entry["actor"]["name"], entry["label"]) == ("Newcomer", "joined as catalog editor")
    kinds = {one["kind"] for one in (await owner.client.get("/api/v1/activity")).json()["items"]}
    assert kinds == {"spaces.invitation_claimed", "spaces.invitation_created"}
    again = await anonymous.post("/api/v1/auth/login", json={"email": email, "password": PASSWORD})
    assert again.status_code == 200


async def test_somebody_with_an_account_signs_in_by_claiming(
    house: House, anonymous: AsyncClient
) -> None:
    owner = await house.member()
    first, second = await invite(owner), await invite(await house.member())
    email = address()
    body = {"email": email, "name": "Ada", "password": PASSWORD}
    assert (await claim(anonymous, token=first["token"], **body)).status_code == 200
    anonymous.cookies.clear()
    wrong = await claim(anonymous, token=second["token"], email=email, password="wrong password")
    assert code(wrong) == (401, "wrong_credentials")
    right = await claim(anonymous, token=second["token"], email=email.upper(), password=PASSWORD)
    assert right.status_code == 200, right.text
    assert len(right.json()["spaces"]) == 2
    assert await count_users(house, email) == 1


async def test_somebody_signed_in_joins_with_the_token_alone(house: House) -> None:
    owner, guest = await house.member(), await house.member()
    made = await invite(owner)
    offer = await guest.client.get(f"{INVITATIONS}/lookup", params={"token": made["token"]})
    assert offer.json()["needs_account"] is False
    forged = await guest.client.post(
        CLAIM, json={"token": made["token"]}, headers={"x-csrf-token": ""}
    )
    assert code(forged) == (403, "bad_csrf_token")
    answer = await claim(guest.client, token=made["token"])
    assert answer.status_code == 200, answer.text
    assert {one["slug"] for one in answer.json()["spaces"]} == {guest.space.slug, owner.space.slug}
    assert answer.json()["csrf_token"] == guest.client.headers["x-csrf-token"]
    assert "set-cookie" not in answer.headers
    there = await guest.client.get("/api/v1/auth/sessions")
    assert len(there.json()["items"]) == 1, "no second session began"


async def test_invitation_works_once(house: House, anonymous: AsyncClient) -> None:
    owner = await house.member()
    made = await invite(owner)
    bodies = [{"email": address(), "name": "N", "password": PASSWORD} for _ in range(4)]
    answers = await asyncio.gather(
        *(claim(anonymous, token=made["token"], **body) for body in bodies)
    )
    assert sorted(one.status_code for one in answers) == [200, 404, 404, 404]
    assert sum([await count_users(house, body["email"]) for body in bodies]) == 1
    late = await claim(anonymous, token=made["token"], **bodies[0])
    assert late.status_code in {403, 404}


@pytest.mark.parametrize(
    "closing",
    [
        "UPDATE spaces_invitations SET revoked_at = now() WHERE id = :id",
        "UPDATE spaces_invitations SET expires_at = now() WHERE id = :id",
        "UPDATE spaces_invitations SET claimed_at = now() WHERE id = :id",
        "DELETE FROM spaces_invitations WHERE id = :id",
        """UPDATE spaces_spaces SET archived_at = now() WHERE id =
        (SELECT space_id FROM spaces_invitations WHERE id = :id)""",
    ],
)
async def test_every_closed_invitation_looks_the_same(
    house: House, anonymous: AsyncClient, closing: str
) -> None:
    owner = await house.member()
    made = await invite(owner)
    await run(house, closing, id=made["id"])
    email = address()
    answers = [
        await anonymous.get(f"{INVITATIONS}/lookup", params={"token": made["token"]}),
        await anonymous.get(f"{INVITATIONS}/lookup", params={"token": "made-up\x00"}),
        await claim(anonymous, token=made["token"], email=email, name="N", password=PASSWORD),
        await claim(anonymous, token="made-up", email=email, name="N", password=PASSWORD),
    ]
    assert {code(one) for one in answers} == {(404, "invitation_closed")}
    assert {one.json()["error"]["message"] for one in answers} == {
        answers[0].json()["error"]["message"]
    }
    assert await count_users(house, email) == 0


async def test_closed_ones_are_hidden_unless_asked_for(house: House) -> None:
    owner = await house.member()
    kept, revoked, expired = [await invite(owner) for _ in range(3)]
    assert (await owner.client.delete(f"{INVITATIONS}/{revoked['id']}")).status_code == 204
    await run(
        house, "UPDATE spaces_invitations SET expires_at = now() WHERE id = :id", id=expired["id"]
    )
    assert [one["id"] for one in await listed(owner)] == [kept["id"]]
    states = {one["id"]: one["state"] for one in await listed(owner, all_of_them=True)}
    assert states == {kept["id"]: "open", revoked["id"]: "revoked", expired["id"]: "expired"}
    for closed in (revoked, expired):
        assert (await owner.client.delete(f"{INVITATIONS}/{closed['id']}")).status_code == 404


async def test_invitation_for_an_address_is_for_it_alone(
    house: House, anonymous: AsyncClient
) -> None:
    owner, guest = await house.member(), await house.member()
    email = address()
    made = await invite(owner, email=email)
    assert code(await claim(guest.client, token=made["token"])) == (409, "invitation_for_another")
    other = {"token": made["token"], "name": "N", "password": PASSWORD}
    wrong = await claim(anonymous, **other, email=address())
    assert code(wrong) == (409, "invitation_for_another")
    offer = await anonymous.get(f"{INVITATIONS}/lookup", params={"token": made["token"]})
    assert offer.json()["email"] == email
    right = await claim(anonymous, **other)
    assert right.status_code == 200, right.text
    assert right.json()["user"]["email"] == email


async def test_member_cannot_join_again_and_the_invitation_stays(house: House) -> None:
    owner = await house.member()
    viewer = await house.member(owner.space, "viewer")
    made = await invite(owner, role="owner")
    assert code(await claim(viewer.client, token=made["token"])) == (409, "already_member")
    assert [one["id"] for one in await listed(owner)] == [made["id"]]
    session = (await viewer.client.get("/api/v1/auth/session")).json()
    assert session["spaces"][0]["role"] == "viewer"


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [
        ("email", (400, "account_needed")),
        ("password", (400, "account_needed")),
        ("name", (400, "account_needed")),
    ],
)
async def test_stranger_says_who_they_are(
    house: House, anonymous: AsyncClient, left_out: str, expected: tuple[int, str]
) -> None:
    made = await invite(await house.member())
    body = {"email": address(), "name": "N", "password": PASSWORD}
    email = body["email"]
    del body[left_out]
    answer = await claim(anonymous, token=made["token"], **body)
    assert code(answer) == expected
    assert answer.json()["error"]["field"] == left_out
    assert await count_users(house, email) == 0


async def test_weak_password_and_other_sites_are_refused(
    house: House, anonymous: AsyncClient
) -> None:
    owner = await house.member()
    made = await invite(owner)
    body: dict[str, str] = {"token": made["token"], "email": address(), "name": "N"}
    weak = await claim(anonymous, **body, password="short")
    assert code(weak) == (400, "weak_password")
    foreign = await anonymous.post(
        CLAIM, json=body | {"password": PASSWORD}, headers={"origin": "https://evil.example"}
    )
    assert code(foreign) == (403, "bad_csrf_token")
    assert len(await listed(owner)) == 1


async def test_only_who_may_invite_sees_and_makes_invitations(
    house: House, anonymous: AsyncClient
) -> None:
    owner = await house.member()
    made = await invite(owner)
    for role in ("catalog_editor", "member", "support", "viewer"):
        member = await house.member(owner.space, role)
        answers = [
            await member.client.get(INVITATIONS),
            await member.client.post(INVITATIONS, json={"role": "viewer"}),
            await member.client.delete(f"{INVITATIONS}/{made['id']}"),
        ]
        assert {one.status_code for one in answers} == {403}
    assert (await anonymous.get(INVITATIONS)).status_code == 401
    assert [one["id"] for one in await listed(owner, all_of_them=True)] == [made["id"]]


async def test_nobody_invites_above_their_own_role(house: House) -> None:
    owner = await house.member()
    manager = await house.member(owner.space, "manager")
    refused = await manager.client.post(INVITATIONS, json={"role": "owner"})
    assert code(refused) == (403, "role_above_own")
    assert (await invite(manager, role="manager"))["role"] == "manager"
    above = await invite(owner, role="owner")
    taken = await manager.client.delete(f"{INVITATIONS}/{above['id']}")
    assert code(taken) == (403, "role_above_own")
    assert len(await listed(owner)) == 2


async def test_invitations_of_other_spaces_are_not_found(house: House) -> None:
    owner, stranger = await house.member(), await house.member()
    made = await invite(stranger)
    assert await listed(owner, all_of_them=True) == []
    assert (await owner.client.delete(f"{INVITATIONS}/{made['id']}")).status_code == 404
    there = {"x-space": stranger.space.slug}
    assert (await owner.client.get(INVITATIONS, headers=there)).status_code == 404
    assert len(await listed(stranger)) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"role": ""},
        {"role": "viewer", "email": "nobody"},
        {"role": "viewer", "email": "a b@c.example"},
        {"role": "viewer", "email": "a@b..example"},
        {"role": "viewer", "expires_in_days": 0},
        {"role": "viewer", "expires_in_days": 91},
        {"role": "viewer", "space_id": str(uuid4())},
    ],
)
async def test_invitation_that_makes_no_sense_is_refused(
    house: House, body: dict[str, object]
) -> None:
    owner = await house.member()
    assert (await owner.client.post(INVITATIONS, json=body)).status_code == 422
    king = await owner.client.post(INVITATIONS, json={"role": "king"})
    assert (king.status_code, king.json()["error"]["code"]) == (400, "role_unknown")
    unknown = await owner.client.get(INVITATIONS, params={"state": "open"})
    assert unknown.json()["error"]["code"] == "unknown_parameter"
