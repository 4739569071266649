"""The guide, channels and the schedule by hand, over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.house import House, Member

EVENING = datetime(2031, 3, 29, 18, 0, tzinfo=UTC)


def at(minutes: int) -> str:
    return (EVENING + timedelta(minutes=minutes)).isoformat()


async def channel(
    member: Member,
    name: str = "Das Zweite",
    **more: Any,  # noqa: ANN401  (any field)
) -> dict[str, Any]:
    answer = await member.client.post("/api/v1/channels", json={"name": name, **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def entry(
    member: Member,
    of: dict[str, Any],
    start: int,
    stop: int,
    title: str,
    **more: Any,  # noqa: ANN401  (any field)
) -> dict[str, Any]:
    answer = await member.client.post(
        "/api/v1/schedule",
        json={
            "channel_id": of["id"],
            "start_at": at(start),
            "stop_at": at(stop),
            "title": title,
            **more,
        },
    )
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def guide(member: Member, start: int, stop: int, **more: str) -> dict[str, Any]:
    answer = await member.client.get(
        "/api/v1/guide", params={"from": at(start), "to": at(stop), **more}
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def titles(found: dict[str, Any]) -> list[list[str]]:
    return [[one["title"] for one in row["programmes"]] for row in found["channels"]]


async def test_what_runs_at_the_edges_is_in_the_guide(house: House) -> None:
    owner = await house.member(role="owner")
    one = await channel(owner)
    await entry(owner, one, 0, 60, "Before")
    await entry(owner, one, 60, 120, 'Runs into it: "quoted" \\ and ünïcode')
    await entry(owner, one, 120, 130, "Inside")
    await entry(owner, one, 170, 200, "Runs out of it")
    await entry(owner, one, 200, 210, "After")
    found = await guide(owner, 90, 200)
    assert titles(found) == [['Runs into it: "quoted" \\ and ünïcode', "Inside", "Runs out of it"]]
    assert found["channels"][0]["programmes"][1]["start"] == at(120)
    assert titles(await guide(owner, 130, 170)) == [[]]


async def test_the_guide_is_filtered(house: House) -> None:
    owner = await house.member(role="owner")
    news = await channel(owner, "News", genres=["News"], number="1")
    films = await channel(owner, "Films", genres=["Movies", "Art"], number="2")
    await entry(owner, news, 0, 30, "Weather", genres=["Weather"])
    await entry(owner, films, 0, 90, "Nosferatu", genres=["Horror"])
    await entry(owner, films, 90, 180, "Faust", genres=["Drama"])
    assert titles(await guide(owner, 0, 200, channel_genre="movies")) == [["Nosferatu", "Faust"]]
    assert titles(await guide(owner, 0, 200, genre="HORROR")) == [[], ["Nosferatu"]]
    assert titles(await guide(owner, 0, 200, channels=f"{news['id']}")) == [["Weather"]]
    one = (await guide(owner, 0, 10))["channels"][1]
    assert one["genres"] == ["art", "movies"]
    assert one["number"] == "2"
    refused = await owner.client.get("/api/v1/guide", params={"channels": "none"})
    assert refused.status_code == 400
    assert refused.json()["error"]["field"] == "channels"
    refused = await owner.client.get("/api/v1/guide", params={"from": at(10), "to": at(0)})
    assert refused.json()["error"]["code"] == "bad_guide_window"


async def test_now_and_next(house: House) -> None:
    owner = await house.member(role="owner")
    one = await channel(owner)
    await channel(owner, "Silent")
    now = datetime.now(UTC)
    for start, stop, title in ((-30, 30, "On"), (45, 60, "Next"), (60, 90, "Later")):
        answer = await owner.client.post(
            "/api/v1/schedule",
            json={
                "channel_id": one["id"],
                "start_at": (now + timedelta(minutes=start)).isoformat(),
                "stop_at": (now + timedelta(minutes=stop)).isoformat(),
                "title": title,
            },
        )
        assert answer.status_code == 201
    rows = (await owner.client.get("/api/v1/guide/now")).json()["channels"]
    assert [(row.get("now") or {}).get("title") for row in rows] == ["On", None]
    assert [(row.get("next") or {}).get("title") for row in rows] == ["Next", None]


async def test_the_guide_has_an_etag_that_a_change_moves(house: House) -> None:
    owner = await house.member(role="owner")
    one = await channel(owner)
    await entry(owner, one, 0, 60, "First")
    params = {"from": at(0), "to": at(100)}
    first = await owner.client.get("/api/v1/guide", params=params)
    headers = {"if-none-match": first.headers["etag"]}
    again = await owner.client.get("/api/v1/guide", params=params, headers=headers)
    assert (again.status_code, again.content) == (304, b"")
    await entry(owner, one, 60, 70, "Second")
    moved = await owner.client.get("/api/v1/guide", params=params, headers=headers)
    assert titles(moved.json()) == [["First", "Second"]]


async def test_a_conflict_names_what_is_in_the_way(house: House) -> None:
    owner = await house.member(role="owner")
    one = await channel(owner)
    film = await entry(owner, one, 0, 100, "Metropolis")
    body = {
        "channel_id": one["id"],
        "start_at": at(99),
        "stop_at": at(120),
        "title": "News",
    }
    refused = await owner.client.post("/api/v1/schedule", json=body)
    assert refused.status_code == 409
    error = refused.json()["error"]
    assert error["code"] == "schedule_conflict"
    assert error["message"] == "In the way: “Metropolis”."
    assert [found["id"] for found in error["details"]["entries"]] == [film["id"]]
    assert titles(await guide(owner, 0, 200)) == [["Metropolis"]]
    made = await owner.client.post("/api/v1/schedule", json={**body, "conflicts": "replace"})
    assert made.status_code == 201
    assert titles(await guide(owner, 0, 200)) == [["News"]]


async def test_an_entry_is_moved_into_a_gap_and_not_onto_another(house: House) -> None:
    owner = await house.member(role="owner")
    one, other = await channel(owner, "One"), await channel(owner, "Other")
    await entry(owner, one, 0, 60, "Stays")
    moved = await entry(owner, one, 60, 120, "Moves")
    path = f"/api/v1/schedule/{moved['id']}"
    refused = await owner.client.patch(path, json={"start_at": at(30), "stop_at": at(90)})
    assert refused.json()["error"]["details"]["entries"][0]["title"] == "Stays"
    shifted = await owner.client.patch(path, json={"start_at": at(90), "stop_at": at(150)})
    assert shifted.json()["start_at"] == at(90).replace("+00:00", "Z")
    across = await owner.client.patch(
        path, json={"channel_id": other["id"], "start_at": at(0), "stop_at": at(60)}
    )
    assert across.status_code == 200
    assert titles(await guide(owner, 0, 200)) == [["Stays"], ["Moves"]]
    wrong = await owner.client.patch(path, json={"stop_at": at(-1)})
    assert wrong.json()["error"]["code"] == "bad_times"


async def test_a_schedule_is_replaced_whole_and_what_stays_keeps_its_id(house: House) -> None:
    owner = await house.member(role="owner")
    one = await channel(owner)
    same = await entry(owner, one, 0, 60, "Same")
    await entry(owner, one, 60, 120, "Goes")
    path = f"/api/v1/channels/{one['id']}/schedule"
    params = {"from": at(0), "to": at(1000)}
    wanted = [
        {"start_at": at(0), "stop_at": at(60), "title": "Same"},
        {"start_at": at(60), "stop_at": at(90), "title": "Comes"},
    ]
    done = await owner.client.put(path, params=params, json={"entries": wanted})
    assert done.json() == {"removed": 1, "added": 1, "kept": 1}
    rows = (await guide(owner, 0, 1000))["channels"][0]["programmes"]
    assert [row["title"] for row in rows] == ["Same", "Comes"]
    assert rows[0]["id"] == same["id"]
    wanted.append({"start_at": at(80), "stop_at": at(95), "title": "Overlaps"})
    refused = await owner.client.put(path, params=params, json={"entries": wanted})
    assert refused.json()["error"]["field"] == "entries.2"
    assert titles(await guide(owner, 0, 1000)) == [["Same", "Comes"]]


@pytest.mark.parametrize("role", ["viewer", "member"])
async def test_members_see_and_do_not_change(house: House, role: str) -> None:
    owner = await house.member(role="owner")
    one = await channel(owner, stream_url="http://tuner.example/auto/v5?key=secret")
    made = await entry(owner, one, 0, 60, "Film")
    member = await house.member(role=role, space=owner.space)
    seen = (await member.client.get(f"/api/v1/channels/{one['id']}")).json()
    assert seen["stream_url"] is None
    assert seen["is_playable"] is True
    assert "secret" not in (await member.client.get("/api/v1/guide")).text
    path = f"/api/v1/schedule/{made['id']}"
    assert (await member.client.delete(path)).status_code == 403
    assert (await member.client.post("/api/v1/channels", json={"name": "x"})).status_code == 403
    assert (await member.client.get(f"/api/v1/programmes/{made['id']}")).json()["title"] == "Film"


async def test_a_package_is_for_those_who_have_it(house: House) -> None:
    owner = await house.member(role="owner")
    member = await house.member(role="member", space=owner.space)
    package = (await owner.client.post("/api/v1/packages", json={"name": "Sport"})).json()
    await channel(owner, "Free")
    await channel(owner, "Paid", package_id=package["id"])
    assert len((await guide(member, 0, 10, entitled="true"))["channels"]) == 1
    assert (await guide(member, 0, 10))["channels"][1]["is_entitled"] is False
    given = await owner.client.post(
        "/api/v1/entitlements", json={"user_id": str(member.user_id), "package_id": package["id"]}
    )
    assert given.status_code == 201, given.text
    assert len((await guide(member, 0, 10, entitled="true"))["channels"]) == 2
    await owner.client.delete(f"/api/v1/entitlements/{given.json()['id']}")
    assert len((await guide(member, 0, 10, entitled="true"))["channels"]) == 1


async def test_those_who_run_channels_share_answers_and_nobody_else_does(house: House) -> None:
    owner = await house.member(role="owner")
    second = await house.member(role="owner", space=owner.space)
    manager = await house.member(role="manager", space=owner.space)
    members = [await house.member(role="member", space=owner.space) for _ in range(2)]
    stranger = await house.member(role="owner")
    package = (await owner.client.post("/api/v1/packages", json={"name": "Sport"})).json()
    paid = await channel(owner, "Paid", package_id=package["id"])
    await entry(owner, paid, 0, 60, "Match")
    await channel(stranger, "Elsewhere")

    async def told(member: Member) -> tuple[str, Any]:
        answer = await member.client.get("/api/v1/guide", params={"from": at(0), "to": at(100)})
        return answer.headers["etag"], answer.json()["channels"]

    tag, seen = await told(owner)
    assert (tag, seen) == await told(second)
    assert "is_entitled" not in seen[0]
    everybody = [await told(one) for one in (owner, manager, *members, stranger)]
    assert len({one for one, _ in everybody}) == 5
    assert [one[0]["is_entitled"] for _, one in everybody[2:4]] == [False, False]
    assert [one["name"] for one in everybody[4][1]] == ["Elsewhere"]
    await entry(owner, paid, 60, 70, "Talk")
    changed, seen = await told(second)
    assert changed != tag
    assert [one["title"] for one in seen[0]["programmes"]] == ["Match", "Talk"]
    listed = (await owner.client.get("/api/v1/members")).json()["items"]
    theirs = next(one["id"] for one in listed if one["user_id"] == str(second.user_id))
    demoted = await owner.client.patch(f"/api/v1/members/{theirs}", json={"role": "member"})
    assert demoted.status_code == 200, demoted.text
    assert (await told(second))[1][0]["is_entitled"] is False


async def test_channels_are_put_in_order(house: House) -> None:
    owner = await house.member(role="owner")
    made = [await channel(owner, name, number=name) for name in ("1", "2", "3")]
    ids = [made[2]["id"], made[0]["id"]]
    assert (await owner.client.put("/api/v1/channels/order", json={"ids": ids})).status_code == 204
    listed = (await owner.client.get("/api/v1/channels")).json()["items"]
    assert [one["name"] for one in listed] == ["3", "1", "2"]
    for _ in ("from the database", "from what is kept"):
        rows = (await owner.client.get("/api/v1/guide/now")).json()["channels"]
        assert [one["name"] for one in rows] == ["3", "1", "2"]
        await owner.client.get("/api/v1/guide")
    taken = await owner.client.patch(f"/api/v1/channels/{ids[0]}", json={"number": "1"})
    assert taken.json()["error"]["code"] == "channel_number_taken"
