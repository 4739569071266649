"""Settings, quotas, archiving, provisioning, where a session is, and a member's drawer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.exchange.support import bring_in
from tests.files.pictures import png

if TYPE_CHECKING:
    from httpx import Response

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member

SPACE = "/api/v1/space"
SPACES = "/api/v1/spaces"
TITLES = "/api/v1/titles"


def code_of(answer: Response) -> str:
    return str(answer.json()["error"]["code"])


async def house_owner(house: House) -> Member:
    """The owner of the house: at home in a space of their own."""
    member = await house.member()
    async with house.write(member) as ctx:
        await ctx.db.execute(
            "UPDATE accounts_users SET instance_role = 'owner' WHERE id = :id",
            {"id": member.user_id},
        )
    return member


async def quota(house: House, member: Member, **limits: int) -> None:
    boss = await house_owner(house)
    answer = await boss.client.put(f"{SPACES}/{member.space.slug}/quotas", json=limits)
    assert answer.status_code == 200, answer.text


async def newest(member: Member, kind: str) -> dict[str, Any]:
    items = (await member.client.get("/api/v1/activity")).json()["items"]
    found: dict[str, Any] = next(one for one in items if one["kind"] == kind)
    return found


async def test_settings_are_changed_and_told(house: House) -> None:
    owner = await house.member()
    viewer = await house.member(owner.space, "viewer")
    changed = await owner.client.patch(SPACE, json={"name": "Ciné", "locale": "fr"})
    assert changed.status_code == 200, changed.text
    shown = (await viewer.client.get(SPACE)).json()
    assert (shown["name"], shown["locale"], shown["support_role"]) == ("Ciné", "fr", "support")
    entry = await newest(owner, "spaces.space_updated")
    assert entry["before"] == {"name": "Test space", "locale": "en"}
    assert entry["after"] == {"name": "Ciné", "locale": "fr"}
    for role in ("manager", "viewer"):
        member = await house.member(owner.space, role)
        assert (await member.client.patch(SPACE, json={"name": "X"})).status_code == 403
    assert (await owner.client.patch(SPACE, json={"locale": "no such"})).status_code == 422


async def test_a_space_has_a_time_zone(house: House) -> None:
    owner = await house.member()
    assert (await owner.client.get(SPACE)).json()["time_zone"] == "UTC"
    changed = await owner.client.patch(SPACE, json={"time_zone": "Europe/Vienna"})
    assert changed.json()["time_zone"] == "Europe/Vienna", changed.text
    (mine,) = (await owner.client.get(SPACES)).json()["items"]
    assert mine["time_zone"] == "Europe/Vienna"
    renamed = await owner.client.patch(f"{SPACES}/current", json={"name": "Ciné"})
    assert renamed.json()["time_zone"] == "Europe/Vienna"
    for wrong in ("Mars/Olympus", "+01:00", "../etc/passwd", ""):
        refused = await owner.client.patch(SPACE, json={"time_zone": wrong})
        assert (refused.status_code, refused.json()["error"]["field"]) == (422, "time_zone"), wrong
    made = await owner.client.post(SPACES, json={"name": "Isle", "time_zone": "Asia/Kathmandu"})
    assert made.json()["time_zone"] == "Asia/Kathmandu", made.text
    refused = await owner.client.post(SPACES, json={"name": "Isle", "time_zone": "CET+1"})
    assert refused.status_code == 422


async def test_quota_of_titles(house: House) -> None:
    owner = await house.member()
    await quota(house, owner, titles=1)
    body = {"kind": "movie", "title": "One"}
    assert (await owner.client.post(TITLES, json=body)).status_code == 201
    full = await owner.client.post(TITLES, json={**body, "title": "Two"})
    assert (full.status_code, code_of(full)) == (409, "quota_reached")
    assert full.json()["error"]["details"] == {
        "quota": "titles",
        "limit": 1,
        "used": 1,
        "adding": 1,
    }
    used = {
        one["name"]: (one["used"], one["limit"])
        for one in (await owner.client.get(f"{SPACE}/quotas")).json()["items"]
    }
    assert used == {"members": (1, None), "titles": (1, 1), "storage": (0, None)}
    await quota(house, owner, titles=2)
    assert (await owner.client.post(TITLES, json={**body, "title": "Two"})).status_code == 201


async def test_an_import_stays_within_the_quota_of_titles(
    house: House, database: Database, settings: Settings
) -> None:
    """Rows that fit are taken, the others say why not; room that is made is used by the next."""
    owner = await house.member()
    await quota(house, owner, titles=3)
    rows = "title,year,kind\n" + "".join(f"Work {n},{1950 + n},movie\n" for n in range(10))
    done = await bring_in(database, settings, owner, rows.encode())
    kept = await house.count("catalog_titles", owner.space)
    assert kept <= 3
    assert done["summary"]["created"] == kept
    assert done["summary"]["failed"] == 10 - kept
    failed = await owner.client.get(f"/api/v1/imports/{done['id']}/rows", params={"limit": 50})
    told = [one for one in failed.json()["items"] if one["outcome"] == "failed"]
    assert len(told) == 10 - kept
    assert all("may have 3 titles" in one["message"] for one in told), told
    await quota(house, owner, titles=10)
    again = await bring_in(database, settings, owner, rows.encode())
    assert (again["summary"]["failed"], await house.count("catalog_titles", owner.space)) == (0, 10)


async def test_quota_of_members(house: House) -> None:
    owner, guest = await house.member(), await house.member()
    invited = await owner.client.post("/api/v1/invitations", json={"role": "viewer"})
    await quota(house, owner, members=1)
    full = await owner.client.post("/api/v1/invitations", json={"role": "viewer"})
    assert (full.status_code, code_of(full)) == (409, "quota_reached")
    claim = {"token": invited.json()["token"]}
    late = await guest.client.post("/api/v1/invitations/claim", json=claim)
    assert (late.status_code, code_of(late)) == (409, "quota_reached")
    await quota(house, owner, members=2)
    assert (await guest.client.post("/api/v1/invitations/claim", json=claim)).status_code == 200


async def test_quota_of_storage(house: House) -> None:
    owner = await house.member()
    made = await owner.client.post(TITLES, json={"kind": "movie", "title": "One"})
    poster = f"{TITLES}/{made.json()['id']}/poster"
    await quota(house, owner, storage=10)
    full = await owner.client.put(poster, files={"file": ("a.png", png(64, 64), "image/png")})
    if full.status_code == 405:
        full = await owner.client.post(poster, files={"file": ("a.png", png(64, 64), "image/png")})
    assert (full.status_code, code_of(full)) == (409, "quota_reached"), full.text
    assert await house.count("files_files", owner.space) == 0


async def test_only_the_owner_of_the_house_sets_quotas(house: House) -> None:
    owner, stranger = await house.member(), await house.member()
    path = f"{SPACES}/{owner.space.slug}/quotas"
    mine = await owner.client.put(path, json={"titles": 1})
    assert (mine.status_code, code_of(mine)) == (403, "instance_owner_only")
    theirs = await stranger.client.put(path, json={"titles": 1})
    assert (theirs.status_code, code_of(theirs)) == (404, "no_such_space")
    await quota(house, owner, titles=5)
    entry = await newest(owner, "spaces.quotas_set")
    assert (entry["before"], entry["after"]) == ({"titles": None}, {"titles": 5})


async def test_archived_spaces_are_hidden_and_come_back_whole(house: House) -> None:
    owner = await house.member()
    manager = await house.member(owner.space, "manager")
    stranger = await house.member()
    made = await owner.client.post(TITLES, json={"kind": "movie", "title": "Kept"})
    path = f"{SPACES}/{owner.space.slug}"
    assert (await manager.client.post(f"{path}/archive")).status_code == 403
    assert (await stranger.client.post(f"{path}/archive")).status_code == 404
    assert (await owner.client.post(f"{path}/archive")).status_code == 204
    for member in (owner, manager):
        assert (await member.client.get(TITLES)).status_code == 404
        assert (await member.client.get(SPACES)).json()["items"] == []
    archived = (await owner.client.get(f"{SPACES}/archived")).json()["items"]
    assert [one["slug"] for one in archived] == [owner.space.slug]
    assert (await manager.client.get(f"{SPACES}/archived")).json()["items"] == []
    assert (await manager.client.post(f"{path}/restore")).status_code == 403
    assert (await owner.client.post(f"{path}/restore")).status_code == 204
    assert (await manager.client.get(f"{TITLES}/{made.json()['id']}")).status_code == 200
    assert await newest(owner, "spaces.space_restored")


async def test_provisioned_space_belongs_to_who_it_is_for(house: House) -> None:
    boss, person = await house_owner(house), await house.member()
    slug = f"made-{uuid4().hex[:8]}"
    body = {
        "name": "Made",
        "slug": slug,
        "owner_email": person.email.upper(),
        "quotas": {"titles": 0},
    }
    made = await boss.client.post(f"{SPACES}/provision", json=body)
    assert made.status_code == 201, made.text
    mine = (await person.client.get(SPACES)).json()["items"]
    assert {one["slug"]: one["role"] for one in mine}[slug] == "owner"
    here = {"x-space": slug}
    full = await person.client.post(TITLES, json={"kind": "movie", "title": "A"}, headers=here)
    assert code_of(full) == "quota_reached"
    assert (await boss.client.get(TITLES, headers=here)).status_code == 404
    listed = (await boss.client.get(f"{SPACES}/all")).json()["items"]
    found = next(one for one in listed if one["slug"] == slug)
    assert (found["owners"], found["limits"]) == ([person.name], {"titles": 0})
    refused = await person.client.post(f"{SPACES}/provision", json=body)
    assert (refused.status_code, code_of(refused)) == (403, "instance_owner_only")
    assert (await person.client.get(f"{SPACES}/all")).status_code == 403
    nobody = {**body, "slug": f"{slug}-2", "owner_email": "nobody@test.example"}
    unknown = await boss.client.post(f"{SPACES}/provision", json=nobody)
    assert (unknown.status_code, code_of(unknown)) == (400, "no_such_user")


async def test_a_session_is_in_the_space_it_chose(house: House) -> None:
    member = await house.member()
    second = await house.space("Second")
    async with house.write(member) as ctx:
        await ctx.db.execute("SET LOCAL ROLE mediatheque_across")
        await ctx.db.execute(
            "INSERT INTO spaces_memberships (space_id, user_id, role) VALUES (:s, :u, 'viewer')",
            {"s": second.id, "u": member.user_id},
        )
    del member.client.headers["x-space"]
    nowhere = await member.client.get(SPACE)
    assert (nowhere.status_code, code_of(nowhere)) == (400, "no_space")
    chosen = await member.client.post(f"{SPACES}/active", json={"slug": second.slug})
    assert chosen.status_code == 200, chosen.text
    assert (await member.client.get(SPACE)).json()["slug"] == second.slug
    named = await member.client.get(SPACE, headers={"x-space": member.space.slug})
    assert named.json()["slug"] == member.space.slug
    back = await member.client.post(f"{SPACES}/active", json={"slug": member.space.slug})
    assert back.status_code == 200
    assert (await member.client.get(SPACE)).json()["slug"] == member.space.slug
    stranger = await house.member()
    foreign = await member.client.post(f"{SPACES}/active", json={"slug": stranger.space.slug})
    assert (foreign.status_code, code_of(foreign)) == (404, "no_such_space")


async def test_drawer_of_a_member(house: House) -> None:
    owner = await house.member()
    member = await house.member(owner.space, "member")
    for name in ("One", "Two"):
        await member.client.post(TITLES, json={"kind": "movie", "title": name})
    found = await owner.client.get(f"/api/v1/members/{member.user_id}")
    assert found.status_code == 200, found.text
    drawer = found.json()
    team = (await owner.client.post("/api/v1/teams", json={"name": "Crew"})).json()
    await owner.client.put(f"/api/v1/teams/{team['id']}/members", json={"members": [drawer["id"]]})
    drawer = (await owner.client.get(f"/api/v1/members/{drawer['id']}")).json()
    assert (drawer["role"], drawer["contributions"], drawer["grants"]) == ("member", 2, 0)
    assert [one["name"] for one in drawer["teams"]] == ["Crew"]
    assert (drawer["is_active"], drawer["has_second_factor"]) == (True, False)
    assert drawer["last_contribution_at"] is not None
    viewer = await house.member(owner.space, "viewer")
    assert (await viewer.client.get(f"/api/v1/members/{drawer['id']}")).status_code == 403
