from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import text

if TYPE_CHECKING:
    from uuid import UUID

    from tests.house import House, Member


async def note(member: Member, film: UUID, body: str, *, is_shared: bool) -> dict[str, Any]:
    answer = await member.client.post(
        f"/api/v1/titles/{film}/notes", json={"body": body, "is_shared": is_shared}
    )
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def bodies(member: Member, film: UUID) -> list[str]:
    listed = (await member.client.get(f"/api/v1/titles/{film}/notes")).json()["items"]
    page = (await member.client.get(f"/api/v1/titles/{film}")).json()["notes"]
    assert page == listed
    return [one["body"] for one in listed]


async def test_private_notes_are_private_even_to_the_owner(
    house: House, owner: Member, film: UUID
) -> None:
    viewer = await house.member(owner.space, role="viewer")
    private = await note(viewer, film, "I fell asleep", is_shared=False)
    shared = await note(viewer, film, "See it with live music", is_shared=True)
    path = f"/api/v1/notes/{private['id']}"

    assert await bodies(viewer, film) == ["I fell asleep", "See it with live music"]
    assert await bodies(owner, film) == ["See it with live music"]
    assert (await owner.client.patch(path, json={"is_shared": True})).status_code == 404
    assert (await owner.client.delete(path)).status_code == 404
    journal = await house.read(owner).db.rows(
        text(
            "SELECT kind, label, before, after FROM core_journal "
            "WHERE ref_kind <> 'request' ORDER BY position"
        )
    )
    assert "asleep" not in str(journal)
    assert [(one["kind"], one["label"]) for one in journal] == [
        ("library.private_note_kept", ""),
        ("library.note_added", "Nosferatu"),
    ]
    listed = (await owner.client.get(f"/api/v1/titles/{film}/notes")).json()["items"]
    assert listed[0]["id"] == shared["id"]
    assert (listed[0]["can_edit"], listed[0]["can_delete"]) == (False, True)


async def test_notes_are_changed_by_their_authors_only(
    house: House, owner: Member, film: UUID
) -> None:
    member = await house.member(owner.space, role="member")
    mine = await note(member, film, "First", is_shared=False)
    theirs = await note(owner, film, "Owner's", is_shared=True)
    path = f"/api/v1/notes/{mine['id']}"

    changed = await member.client.patch(path, json={"body": "Second", "is_shared": True})
    foreign = await member.client.patch(f"/api/v1/notes/{theirs['id']}", json={"body": "Mine"})

    assert changed.json()["body"] == "Second"
    assert changed.json()["edited_at"] is not None
    assert foreign.status_code == 403
    assert (await member.client.delete(f"/api/v1/notes/{theirs['id']}")).status_code == 403
    assert (await owner.client.patch(path, json={"body": "Third"})).status_code == 403
    assert (await owner.client.delete(path)).status_code == 204
    assert await bodies(member, film) == ["Owner's"]


async def test_ratings_are_halves_and_average(house: House, owner: Member, film: UUID) -> None:
    member = await house.member(owner.space, role="viewer")
    path = f"/api/v1/titles/{film}/rating"

    first = await owner.client.put(path, json={"rating": 8.5})
    await member.client.put(path, json={"rating": 6})
    changed = await member.client.put(path, json={"rating": 6.5})

    assert first.json() == {"my_rating": 8.5, "ratings": {"average": 8.5, "count": 1}}
    assert changed.json() == {"my_rating": 6.5, "ratings": {"average": 7.5, "count": 2}}
    page = (await owner.client.get(f"/api/v1/titles/{film}")).json()
    assert (page["my_rating"], page["ratings"]) == (8.5, {"average": 7.5, "count": 2})
    for wrong in (0, 0.25, 10.5, -1, "high", None):
        answer = await owner.client.put(path, json={"rating": wrong})
        assert answer.status_code == 422, wrong
    gone = await owner.client.delete(path)
    assert gone.json() == {"my_rating": None, "ratings": {"average": 6.5, "count": 1}}


async def test_marks_count_completions(owner: Member, film: UUID) -> None:
    path = f"/api/v1/titles/{film}/mark"

    async def put(**body: str) -> tuple[str, str | None, int]:
        answer = await owner.client.put(path, json=body)
        assert answer.status_code == 200, answer.text
        mark = answer.json()
        return mark["status"], mark["finished_on"], mark["times"]

    assert await put(status="wanted") == ("wanted", None, 0)
    assert await put(status="finished", finished_on="2024-01-02") == ("finished", "2024-01-02", 1)
    assert await put(status="finished", finished_on="2024-01-02") == ("finished", "2024-01-02", 1)
    assert await put(status="finished", finished_on="2025-01-02") == ("finished", "2025-01-02", 2)
    assert await put(status="started") == ("started", None, 2)
    page = (await owner.client.get(f"/api/v1/titles/{film}")).json()
    assert page["my_mark"] == {"status": "started", "finished_on": None, "times": 2}
    assert (await owner.client.delete(path)).status_code == 204
    assert (await owner.client.get(f"/api/v1/titles/{film}")).json()["my_mark"] is None


async def test_nothing_is_said_of_works_of_other_spaces(
    house: House, owner: Member, film: UUID
) -> None:
    stranger = await house.member()
    kept = await note(owner, film, "Ours", is_shared=True)
    base = f"/api/v1/titles/{film}"

    answers = [
        await stranger.client.get(f"{base}/notes"),
        await stranger.client.post(f"{base}/notes", json={"body": "Theirs"}),
        await stranger.client.put(f"{base}/rating", json={"rating": 5}),
        await stranger.client.put(f"{base}/mark", json={"status": "wanted"}),
        await stranger.client.delete(f"{base}/rating"),
        await stranger.client.delete(f"{base}/mark"),
        await stranger.client.patch(f"/api/v1/notes/{kept['id']}", json={"body": "Theirs"}),
        await stranger.client.delete(f"/api/v1/notes/{kept['id']}"),
    ]

    assert [one.status_code for one in answers] == [404] * len(answers)
    for table in ("library_notes", "library_ratings", "library_marks"):
        assert await house.count(table, stranger.space) == 0
