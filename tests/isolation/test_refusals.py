"""Who may do what: each operation asked by nobody and by a viewer.

The expected answers are not listed but follow from what the operation's calls declare and from
the table of roles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mediatheque.core.permissions import ROLES
from tests.isolation.declared import OPEN, declared, endpoints
from tests.isolation.operations import PERSONAL, Operation, operations
from tests.isolation.rows import snapshot

if TYPE_CHECKING:
    from httpx import AsyncClient, Response

    from tests.house import House
    from tests.isolation.rows import LivedIn

SAYS_NOTHING_OF_A_SPACE = {
    "accounts:list_avatars",
    "accounts:read_avatar",
    "exchange:list_sources",
    "exchange:read_template",
}
"""Call no query: what they answer stands in the program."""

STREAMS = {"audit:watch"}
"""Answers that never end for who may read them; refusals of theirs are in tests/audit."""

ASKS_FIRST_WHOSE_IT_IS = {"library:enrich"}
"""Refuse a viewer because the work is somebody else's, before a permission is missed."""

SIGNED_IN_AT_THE_DOOR = {
    "accounts:ask_new_passkey",
    "accounts:prove_again",
    "accounts:send_verification",
    "accounts:sign_out_admin",
}
"""Call what is public in other places too, and only for who is signed in."""

OPERATIONS = [
    one
    for one in operations()
    if one.id in endpoints() and one.id not in STREAMS and not PERSONAL & set(one.parameters)
]

SPACES = [one for one in OPERATIONS if not one.path.startswith("/api/v1/admin/")]
"""Without those of the admin audience, where no role of a space is looked at."""


def named(operation: Operation) -> str:
    return operation.id


def needed(operation: Operation) -> set[str]:
    return set(declared(operation.id)) - OPEN


def code_of(answer: Response) -> str:
    if answer.is_success:
        return ""
    error: dict[str, Any] | str = answer.json()["error"]
    return error if isinstance(error, str) else str(error["code"])  # RFC 6749 has texts


def test_every_operation_calls_what_has_declared() -> None:
    silent = {one.id for one in OPERATIONS if not declared(one.id)}
    assert silent == SAYS_NOTHING_OF_A_SPACE
    assert {one.id for one in operations()} - set(endpoints()) == {"system:read_version"}


@pytest.mark.parametrize("operation", OPERATIONS, ids=named)
async def test_nobody(
    house: House, settled: LivedIn, anonymous: AsyncClient, operation: Operation
) -> None:
    before = await snapshot(house, settled)
    answer = await operation.call(anonymous, settled)
    assert answer.status_code < 500, answer.text
    assert answer.status_code != 422, answer.text
    asks_who = declared(operation.id) == {"signed_in"} or operation.id in SIGNED_IN_AT_THE_DOOR
    if needed(operation) or asks_who:
        assert (answer.status_code, code_of(answer)) == (401, "not_signed_in"), answer.text
        assert await snapshot(house, settled) == before
    else:
        assert code_of(answer) not in {"not_signed_in", "not_allowed"}


@pytest.mark.parametrize("operation", SPACES, ids=named)
async def test_a_viewer(house: House, home: LivedIn, operation: Operation) -> None:
    viewer = await house.member(home.member.space, role="viewer")
    before = await snapshot(house, home)
    answer = await operation.call(viewer.client, home)
    assert answer.status_code < 500, answer.text
    lacking = needed(operation) - set(ROLES["viewer"])
    if lacking:
        assert answer.status_code == 403, answer.text
        if operation.id not in ASKS_FIRST_WHOSE_IT_IS:
            assert code_of(answer) == "not_allowed"
            assert answer.json()["error"]["details"]["permission"] not in ROLES["viewer"]
        assert await snapshot(house, home) == before
    else:
        assert code_of(answer) not in {"not_signed_in", "not_allowed"}


def test_viewers_are_refused_most_writes_and_few_reads() -> None:
    """The table above is not empty by mistake."""
    refused = {one.id for one in OPERATIONS if needed(one) - set(ROLES["viewer"])}
    assert {"catalog:create_title", "library:create_library", "exchange:start_import"} <= refused
    assert not {"library:browse_titles", "library:list_copies", "search:search"} & refused
    assert len(refused) > 30
