"""Every operation with an id, called by a member of another space with that space's real ids.

The answer is 404, never 403, and nothing changes. As a control the owner calls the same address
with the same body: if that were 404 too, the proof would prove nothing.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.isolation.operations import IDS, KEYS, PERSONAL, PLAIN, Operation, operations
from tests.isolation.rows import snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx import Response

    from tests.house import House, Member
    from tests.isolation.rows import LivedIn

NOT_FOUND = 404

ADMIN = [one for one in operations() if one.path.startswith("/api/v1/admin/")]
"""Of another audience: no session of the application opens them, whatever its space."""
SPACES = [one for one in operations() if one not in ADMIN]
WITH_IDS = [one for one in SPACES if {"key", *IDS} & set(one.parameters)]
LISTS = [one for one in SPACES if one.method == "get" and not one.parameters]
OPEN = {"login", "second-factor", "passkey", "options"}
"""Ends of paths by which one comes in to the administration."""

NO_SPACE = {
    "accounts:add_passkey",
    "accounts:ask_for_device",
    "accounts:ask_new_passkey",
    "accounts:ask_passkey",
    "accounts:change_email",
    "accounts:change_password",
    "accounts:confirm_email_change",
    "accounts:confirm_link",
    "accounts:confirm_password_reset",
    "accounts:confirm_totp",
    "accounts:create_api_key",
    "accounts:create_profile",
    "accounts:end_session",
    "accounts:end_sessions",
    "accounts:get_offer",
    "accounts:get_post",
    "accounts:get_second_factor",
    "accounts:get_session",
    "accounts:get_setup",
    "accounts:get_tokens",
    "accounts:leave_profile",
    "accounts:list_api_keys",
    "accounts:list_avatars",
    "accounts:list_exports",
    "accounts:list_letters",
    "accounts:list_links",
    "accounts:list_passkeys",
    "accounts:list_profiles",
    "accounts:list_providers",
    "accounts:list_sessions",
    "accounts:make_backup_codes",
    "accounts:offer_totp",
    "accounts:prove_again",
    "accounts:read_avatar",
    "accounts:remove_totp",
    "accounts:request_erasure",
    "accounts:request_export",
    "accounts:request_password_reset",
    "accounts:revoke_api_key",
    "accounts:revoke_token",
    "accounts:send_code",
    "accounts:send_verification",
    "accounts:set_up",
    "accounts:show_passkey",
    "accounts:show_second_factor",
    "accounts:sign_in",
    "accounts:sign_out",
    "accounts:update_me",
    "accounts:verify_email",
    "accounts:write_test_letter",
    "spaces:choose_space",
    "spaces:claim_invitation",
    "spaces:create_space",
    "spaces:find_invitation",
    "spaces:list_archived_spaces",
    "spaces:list_house_spaces",
    "spaces:list_spaces",
    "spaces:list_support_sessions",
    "spaces:provision_space",
    "spaces:start_support",
    "system:read_version",
}
"""Operations about people and about which spaces there are: no space's rows are in reach."""

HOUSE = {"accounts:get_post", "accounts:list_letters", "spaces:list_house_spaces"}
"""For who runs the house: anybody else is refused, whichever space they come from."""

SERVED_FROM_STORE = {"files:read_picture"}
"""Need bytes in the store besides the row; ``tests/files`` shows them to their members."""

STREAMS = {"audit:watch"}
"""Answers that never end."""


def named(operation: Operation) -> str:
    return operation.id


def test_every_path_parameter_is_known() -> None:
    known = {"key", *IDS, *PLAIN, *PERSONAL}
    unknown = {name for one in operations() for name in one.parameters} - known
    assert unknown == set(), "say in tests/isolation/operations.py what they name"
    prefixes = {one.path.split("/")[3] for one in operations() if "key" in one.parameters}
    assert prefixes == set(KEYS)


def test_every_operation_is_looked_at() -> None:
    """Each operation names a thing, is about people, or is asked for what it lists below."""
    assert len(WITH_IDS) > 40
    seen = {one.id for one in (*WITH_IDS, *LISTS, *ADMIN)}
    plain = {
        one.id for one in operations() if set(one.parameters) & {"avatar", "flag", "integration"}
    }
    personal = {one.id for one in operations() if PERSONAL & set(one.parameters)}
    written = {one.id for one in operations() if one.method != "get" and not one.parameters}
    assert {one.id for one in operations()} - seen - personal - plain - written == set()


@pytest.mark.parametrize("operation", WITH_IDS, ids=named)
async def test_another_spaces_thing_is_not_there(
    house: House, home: LivedIn, stranger: Member, operation: Operation
) -> None:
    before = await snapshot(house, home)
    addresses = [operation.address(home)]
    if "key" in operation.parameters:
        addresses.append(operation.address(home, by_slug=True))
    for address in addresses:
        answer = await operation.call(stranger.client, home, address)
        assert answer.status_code == NOT_FOUND, f"{address}: {answer.text}"
        assert "error" in answer.json()
    assert await snapshot(house, home) == before
    assert await house.count("core_journal", stranger.space) == 0

    if operation.id not in SERVED_FROM_STORE:
        for address in addresses[:1]:
            answer = await operation.call(home.member.client, home, address)
            assert answer.status_code < 500, answer.text
            assert answer.status_code != NOT_FOUND, f"no proof: {address}: {answer.text}"
            assert answer.status_code != 422, f"a body of the wrong shape: {answer.text}"


@pytest.mark.parametrize(
    "operation",
    [one for one in SPACES if one.id not in NO_SPACE and not PERSONAL & set(one.parameters)],
    ids=named,
)
async def test_a_space_one_is_no_member_of_is_not_there(
    house: House, settled: LivedIn, stranger: Member, operation: Operation
) -> None:
    before = await snapshot(house, settled)
    answer = await operation.call(
        stranger.client, settled, headers={"x-space": settled.member.space.slug}
    )
    assert answer.status_code == NOT_FOUND, answer.text
    assert await snapshot(house, settled) == before


@pytest.mark.parametrize(
    "operation", [one for one in ADMIN if not PERSONAL & set(one.parameters)], ids=named
)
async def test_a_spaces_owner_administers_no_house(
    house: House, home: LivedIn, operation: Operation
) -> None:
    if operation.path.rsplit("/", 1)[1] in OPEN:
        pytest.skip("is the door itself")
    before = await snapshot(house, home)
    answer = await operation.call(home.member.client, home)
    assert answer.status_code == 401, answer.text
    assert await snapshot(house, home) == before


@pytest.mark.parametrize("operation_id", sorted(NO_SPACE))
def test_what_has_no_space_exists(operation_id: str) -> None:
    assert operation_id in {one.id for one in operations()}


@pytest.mark.parametrize("operation", [one for one in LISTS if one.id not in STREAMS], ids=named)
async def test_a_list_shows_nothing_of_another_space(
    settled: LivedIn, stranger: Member, operation: Operation
) -> None:
    answer = await operation.call(stranger.client, settled)
    allowed = {200, NOT_FOUND, *([403] if operation.id in HOUSE else [])}
    assert answer.status_code in allowed, answer.text
    assert traces(settled, answer) == []


def traces(home: LivedIn, answer: Response) -> list[str]:
    """Ids and made-up texts of a space's rows that stand in an answer."""
    told = {
        f"{table}.{name}"
        for table, row in home.rows.items()
        for name, value in row.items()
        if (isinstance(value, UUID) or (isinstance(value, str) and len(value) > 32))
        and str(value) in answer.text
    }
    return sorted(told)


@pytest.mark.parametrize(
    ("path", "name", "table"),
    [
        ("/api/v1/titles", "library", "library_libraries"),
        ("/api/v1/titles", "person", "catalog_people"),
        ("/api/v1/copies", "library", "library_libraries"),
        ("/api/v1/review", "import", "exchange_imports"),
        ("/api/v1/activity", "actor", "spaces_memberships"),
    ],
)
async def test_a_filter_by_another_spaces_id_finds_nothing(
    settled: LivedIn, stranger: Member, path: str, name: str, table: str
) -> None:
    value = str(settled.id_of(table))
    answer = await stranger.client.get(path, params={name: value})
    assert answer.status_code in {200, NOT_FOUND}, answer.text
    if answer.status_code == 200:
        assert answer.json()["items"] == []


BODIES_WITH_FOREIGN_IDS: dict[str, Callable[[LivedIn], dict[str, Any]]] = {
    "/api/v1/copies": lambda home: {
        "edition_id": str(home.id_of("library_editions")),
        "library": str(home.id_of("library_libraries")),
    },
    "/api/v1/titles/bulk": lambda home: {
        "ids": [str(home.id_of("catalog_titles"))],
        "set": {"age_rating": "12"},
    },
}


@pytest.mark.parametrize("path", BODIES_WITH_FOREIGN_IDS)
async def test_another_spaces_ids_in_a_body_reach_nothing(
    house: House, home: LivedIn, stranger: Member, path: str
) -> None:
    before = await snapshot(house, home)
    body = BODIES_WITH_FOREIGN_IDS[path](home)
    answer = await stranger.client.post(path, json=body)
    assert answer.status_code < 500, answer.text
    assert answer.status_code != 422, answer.text
    assert await snapshot(house, home) == before
    assert await house.count("library_copies", stranger.space) == 0
    answer = await home.member.client.post(path, json=body)
    assert answer.is_success, answer.text


@pytest.mark.parametrize("path", ["/api/v1/auth/sessions/{id}", "/api/v1/api-keys/{id}"])
async def test_anothers_sessions_and_keys_are_not_there(
    house: House, stranger: Member, path: str
) -> None:
    member = await house.member()
    made = await member.client.post("/api/v1/api-keys", json={"name": "A program"})
    assert made.status_code == 201, made.text
    kind = "session" if "sessions" in path else "api_key"
    credential = await house.database.across().scalar(
        text(
            "SELECT id FROM accounts_credentials WHERE user_id = :user AND kind = :kind"
        ).bindparams(user=member.user_id, kind=kind)
    )
    address = path.format(id=credential)
    assert (await stranger.client.delete(address)).status_code == NOT_FOUND
    assert (await member.client.delete(address)).status_code == 204


async def test_the_live_news_of_another_space_are_not_there(
    settled: LivedIn, stranger: Member
) -> None:
    async with asyncio.timeout(5):
        answer = await stranger.client.get(
            "/api/v1/events", headers={"x-space": settled.member.space.slug}
        )
    assert answer.status_code == NOT_FOUND
