from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uuid import UUID

    from tests.house import House, Member


async def make(member: Member, name: str, **more: str) -> dict[str, Any]:
    answer = await member.client.post("/api/v1/libraries", json={"name": name, **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def add(member: Member, film: UUID, library: str | None = None) -> dict[str, Any]:
    body = {"title_id": str(film), "edition": {"format": "dvd"}, "library": library}
    answer = await member.client.post("/api/v1/copies", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def listed(member: Member) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await member.client.get("/api/v1/libraries")).json()["items"]
    return items


async def test_the_first_library_is_the_default_and_counts_what_it_holds(
    owner: Member, film: UUID
) -> None:
    first = await make(owner, "Living room", kind="movies", description="By the window")
    second = await make(owner, "Attic")
    for name in (None, None, "attic"):
        await add(owner, film, name)

    found = await listed(owner)

    assert [one["name"] for one in found] == ["Living room", "Attic"]
    assert [one["is_default"] for one in found] == [True, False]
    assert [(one["copies_count"], one["titles_count"]) for one in found] == [(2, 1), (1, 1)]
    assert first["slug"] == "living-room"
    assert first["description"] == "By the window"
    assert second["archived_at"] is None


async def test_a_household_never_has_to_think_of_libraries(owner: Member, film: UUID) -> None:
    assert await listed(owner) == []

    copy = await add(owner, film)

    assert copy["library"]["name"] == "Library"
    assert [one["is_default"] for one in await listed(owner)] == [True]


async def test_names_are_unique_without_case_and_slugs_are_made_so(owner: Member) -> None:
    await make(owner, "Cellar")

    taken = await owner.client.post("/api/v1/libraries", json={"name": "CELLAR"})
    sibling = await make(owner, "Cellar!")

    assert taken.status_code == 409
    assert taken.json()["error"]["code"] == "library_name_taken"
    assert sibling["slug"] == "cellar-2"


async def test_rename_and_choose_the_default(owner: Member) -> None:
    first = await make(owner, "One")
    second = await make(owner, "Two")
    path = f"/api/v1/libraries/{second['id']}"

    renamed = (await owner.client.patch(path, json={"name": "Zwei", "is_default": True})).json()
    taken = await owner.client.patch(path, json={"name": "one"})

    assert (renamed["name"], renamed["slug"], renamed["is_default"]) == ("Zwei", "two", True)
    assert taken.json()["error"]["code"] == "library_name_taken"
    assert [one["id"] for one in await listed(owner)] == [second["id"], first["id"]]


async def test_an_archived_library_takes_no_copies_and_passes_its_place_on(
    owner: Member, film: UUID
) -> None:
    first = await make(owner, "One")
    second = await make(owner, "Two")

    archived = await owner.client.post(f"/api/v1/libraries/{first['id']}/archive")
    body = {"title_id": str(film), "edition": {"format": "dvd"}, "library": "one"}
    refused = await owner.client.post("/api/v1/copies", json=body)
    copy = await add(owner, film)

    assert archived.json()["archived_at"] is not None
    assert refused.status_code == 409
    assert refused.json()["error"]["code"] == "library_archived"
    assert copy["library"]["id"] == second["id"]
    restored = await owner.client.post(f"/api/v1/libraries/{first['id']}/restore")
    assert restored.json()["archived_at"] is None
    assert restored.json()["is_default"] is False


async def test_copies_do_not_vanish_with_their_library_unasked(owner: Member, film: UUID) -> None:
    shelf = await make(owner, "Shelf")
    await add(owner, film)

    refused = await owner.client.delete(f"/api/v1/libraries/{shelf['id']}")

    assert refused.status_code == 409
    error = refused.json()["error"]
    assert (error["code"], error["details"]) == ("library_not_empty", {"copies": 1})


async def test_copies_move_out_of_a_deleted_library(
    owner: Member, film: UUID, house: House
) -> None:
    shelf = await make(owner, "Shelf")
    attic = await make(owner, "Attic")
    copy = await add(owner, film)
    path = f"/api/v1/libraries/{shelf['id']}"

    itself = await owner.client.delete(path, params={"copies": "move", "to": shelf["id"]})
    moved = await owner.client.delete(path, params={"copies": "move", "to": attic["id"]})

    assert itself.json()["error"]["code"] == "same_library"
    assert moved.status_code == 204
    found = (await owner.client.get(f"/api/v1/copies/{copy['id']}")).json()
    assert found["library"]["id"] == attic["id"]
    assert [(one["name"], one["is_default"]) for one in await listed(owner)] == [("Attic", True)]
    assert await house.count("library_copies", owner.space) == 1


async def test_copies_go_with_a_library_when_asked(owner: Member, film: UUID, house: House) -> None:
    shelf = await make(owner, "Shelf")
    await add(owner, film)

    gone = await owner.client.delete(
        f"/api/v1/libraries/{shelf['id']}", params={"copies": "delete"}
    )

    assert gone.status_code == 204
    assert await listed(owner) == []
    assert await house.count("library_copies", owner.space) == 0


async def test_members_do_not_manage_libraries(house: House, owner: Member) -> None:
    member = await house.member(owner.space, role="member")
    shelf = await make(owner, "Shelf")

    for method, path in (
        ("POST", "/api/v1/libraries"),
        ("PATCH", f"/api/v1/libraries/{shelf['id']}"),
        ("DELETE", f"/api/v1/libraries/{shelf['id']}"),
        ("POST", f"/api/v1/libraries/{shelf['id']}/archive"),
    ):
        body = {"name": "Mine"} if method in {"POST", "PATCH"} else None
        answer = await member.client.request(method, path, json=body)
        assert answer.status_code == 403, (method, path)


async def test_another_spaces_library_does_not_exist(house: House, owner: Member) -> None:
    stranger = await house.member()
    shelf = await make(owner, "Shelf")
    path = f"/api/v1/libraries/{shelf['id']}"

    answers = [
        await stranger.client.get(path),
        await stranger.client.patch(path, json={"name": "Mine"}),
        await stranger.client.post(f"{path}/archive"),
        await stranger.client.delete(path),
    ]

    assert [one.status_code for one in answers] == [404] * 4
    assert await listed(stranger) == []
