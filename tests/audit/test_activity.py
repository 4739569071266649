"""The activity feed over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

import pytest

from mediatheque.areas.audit.rules import parts_of
from mediatheque.core.journal import Event, Ref
from tests.counting import counted

if TYPE_CHECKING:
    from httpx import AsyncClient

    from tests.house import House, Member

ACTIVITY = "/api/v1/activity"


class Kept(Event):
    """News of an area that has no words for it."""

    kind: ClassVar[str] = "cellar.bottle_kept"


async def feed(client: AsyncClient, **params: str | list[str]) -> list[dict[str, Any]]:
    answer = await client.get(ACTIVITY, params=params)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def rename(member: Member, *names: str) -> None:
    for name in names:
        answer = await member.client.patch("/api/v1/spaces/current", json={"name": name})
        assert answer.status_code == 200, answer.text


async def test_a_write_stands_in_the_feed_in_words(house: House) -> None:
    member = await house.member()
    await rename(member, "Attic")
    (entry,) = await feed(member.client)
    assert entry["actor"] == {"kind": "user", "id": str(member.user_id), "name": member.name}
    assert entry["kind"] == "spaces.space_renamed"
    assert entry["label"] == "renamed the space to Attic"
    assert entry["parts"] == [
        {"text": "renamed the space to ", "is_ref": False},
        {"text": "Attic", "is_ref": True},
    ]
    assert entry["ref"] == {"kind": "space", "id": str(member.space.id), "label": "Attic"}
    assert (entry["before"], entry["after"]) == ({"name": "Test space"}, {"name": "Attic"})
    age = datetime.now(UTC) - datetime.fromisoformat(entry["at"])
    assert timedelta(0) <= age < timedelta(minutes=1)


async def test_what_changes_nothing_leaves_no_entry(house: House) -> None:
    member = await house.member()
    await rename(member, "Test space")
    assert await feed(member.client) == []


async def test_pages_join_without_a_gap_or_a_double(house: House) -> None:
    member = await house.member()
    await rename(member, *(f"Name {number}" for number in range(7)))
    seen: list[str] = []
    cursor: str | None = None
    while True:
        params: dict[str, Any] = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        answer = (await member.client.get(ACTIVITY, params=params)).json()
        seen += [entry["after"]["name"] for entry in answer["items"]]
        await rename(member, f"Later {len(seen)}")
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert seen == [f"Name {number}" for number in reversed(range(7))]


async def test_filters(house: House) -> None:
    owner = await house.member()
    other = await house.member(owner.space, "owner")
    await rename(owner, "One")
    await rename(other, "Two")
    ref = Ref("bottle", uuid4(), "Claret")
    async with house.write(owner) as context:
        context.emit(Kept(ref=ref))
    everything = await feed(owner.client)
    assert [entry["kind"] for entry in everything] == [
        "cellar.bottle_kept",
        "spaces.space_renamed",
        "spaces.space_renamed",
    ]

    async def kept(**params: str | list[str]) -> list[str]:
        return [entry["label"] for entry in await feed(owner.client, **params)]

    bottle, two, one = (entry["label"] for entry in everything)
    assert bottle == "bottle kept Claret"
    assert await kept(actor=str(other.user_id)) == [two]
    assert await kept(kind="spaces.space_renamed") == [two, one]
    assert await kept(kind="cellar") == [bottle]
    assert await kept(kind=["cellar", "spaces.space_renamed"]) == [bottle, two, one]
    assert await kept(kind="spaces.space") == []
    assert await kept(ref="space") == [two, one]
    assert await kept(ref=f"bottle:{ref.id}") == [bottle]
    assert await kept(ref=f"bottle:{uuid4()}") == []
    at = everything[1]["at"]
    assert await kept(**{"from": at}) == [bottle, two]
    assert await kept(to=at) == [one]
    assert await kept(**{"from": at, "to": at}) == []


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"actor": "me"}, "malformed"),
        ({"kind": "a'b"}, "malformed"),
        ({"kind": "a\x00"}, "malformed"),
        ({"ref": "title:1"}, "malformed"),
        ({"from": "yesterday"}, "malformed"),
        ({"from": "2026-01-01T00:00:00"}, "malformed"),
        ({"limit": "0"}, "malformed"),
        ({"limit": "201"}, "malformed"),
        ({"cursor": "nonsense"}, "bad_cursor"),
        ({"cursor": "WyJhIl0"}, "bad_cursor"),
        ({"cursor": "W3RydWVd"}, "bad_cursor"),
        ({"cursor": "WzEwMDAwMDAwMDAwMDAwMDAwMDAwMDAwXQ"}, "bad_cursor"),
        ({"since": "2026-01-01T00:00:00Z"}, "unknown_parameter"),
        ({"sort": "at"}, "unknown_parameter"),
    ],
)
async def test_filter_that_makes_no_sense_is_refused(
    house: House, params: dict[str, str], code: str
) -> None:
    member = await house.member()
    answer = await member.client.get(ACTIVITY, params=params)
    assert answer.status_code in {400, 422}, answer.text
    assert answer.json()["error"]["code"] == code


async def test_feed_is_for_those_who_may_read_it(house: House, anonymous: AsyncClient) -> None:
    viewer = await house.member(role="viewer")
    assert (await viewer.client.get(ACTIVITY)).status_code == 403
    support = await house.member(role="support")
    assert (await support.client.get(ACTIVITY)).status_code == 200
    assert (await anonymous.get(ACTIVITY)).status_code == 401


async def test_another_space_shows_nothing_and_is_not_found(house: House) -> None:
    member, stranger = await house.member(), await house.member()
    await rename(stranger, "Secret")
    assert await feed(member.client) == []
    assert await feed(member.client, actor=str(stranger.user_id)) == []
    assert await feed(member.client, ref=f"space:{stranger.space.id}") == []
    foreign = await member.client.get(ACTIVITY, headers={"x-space": stranger.space.slug})
    assert foreign.status_code == 404


async def test_what_belongs_to_no_space_is_in_no_feed(house: House) -> None:
    member = await house.member()
    assert (await member.client.patch("/api/v1/auth/me", json={"name": "New"})).status_code == 200
    assert (await member.client.delete("/api/v1/auth/sessions")).status_code == 204
    assert await feed(member.client) == []


async def test_feed_is_one_statement_beside_identity(house: House) -> None:
    member = await house.member()
    await rename(member, "One", "Two")
    with counted(house.database) as seen:
        await feed(member.client, kind="spaces", actor=str(member.user_id))
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("added {label}", "added Metropolis"),
        ("made {label} {role}", "made Metropolis catalog editor"),
        ("from {was}", "from viewer"),
        ("lost {nothing}", "lost "),
        ("kept {{label}}", "kept {label}"),
        (None, "title seen Metropolis"),
    ],
)
def test_words(words: str | None, expected: str) -> None:
    entry = {
        "kind": "catalog.title_seen",
        "label": "Metropolis",
        "before": {"role": "viewer", "was": "viewer"},
        "after": {"role": "catalog_editor"},
    }
    assert "".join(text for text, _ in parts_of(words, entry)) == expected
