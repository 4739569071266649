"""The demonstration world as it is told: whole, once, and each space for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest_asyncio
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text

from mediatheque.core.edge import read_context
from mediatheque.core.stores import storage
from mediatheque.demo.story import tell
from mediatheque.demo.world import world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.demo.conftest import Telling

CINEMATHEQUE, FAMILY = (room.slug for room in world().spaces)


class Visitor:
    """Somebody of the world, signed in."""

    def __init__(self, telling: Telling, email: str) -> None:
        self.email = email
        self.client = AsyncClient(
            transport=ASGITransport(app=telling.app, raise_app_exceptions=False),
            base_url="http://test",
        )

    async def sign_in(self) -> dict[str, Any]:
        answer = await self.client.post(
            "/api/v1/auth/login", json={"email": self.email, "password": world().password}
        )
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def get(self, path: str, space: str = CINEMATHEQUE) -> Any:  # noqa: ANN401  (JSON)
        answer = await self.client.get(f"/api/v1/{path}", headers={"x-space": space})
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest_asyncio.fixture
async def owner(telling: Telling) -> AsyncIterator[Visitor]:
    visitor = Visitor(telling, "owner@demo.example")
    await visitor.sign_in()
    yield visitor
    await visitor.client.aclose()


async def fingerprint(telling: Telling) -> dict[str, Any]:
    """How many rows every table has, the journal's end, and every object of the store."""
    db = read_context(telling.database, across=True).db
    tables = await db.rows(
        text(
            "SELECT relname FROM pg_class WHERE relkind = 'r' "
            "AND relname ~ '^(accounts|spaces|catalog|library|files|core)_'"
        )
    )
    found: dict[str, Any] = {
        row["relname"]: await db.scalar(text(f"SELECT count(*) FROM {row['relname']}"))  # noqa: S608  (our own names)
        for row in tables
        if row["relname"] != "accounts_credentials"  # sign-ins of the other tests
    }
    found["objects"] = sorted([one.key async for one in storage(telling.settings).walk()])
    found["changed"] = await db.scalar(text("SELECT max(updated_at) FROM catalog_titles"))
    return found


async def test_a_second_telling_changes_nothing(telling: Telling) -> None:
    before = await fingerprint(telling)
    again = await tell(telling.database, telling.settings)
    assert not again.is_news
    assert await fingerprint(telling) == before
    assert again.seconds < 3


async def test_the_telling_is_quick(telling: Telling) -> None:
    assert telling.told.is_news
    assert telling.seconds < 60  # 20 on an idle machine; tests run beside each other


async def test_as_much_as_promised(owner: Visitor) -> None:
    spaces = (await owner.get("spaces"))["items"]
    assert {one["slug"]: one["role"] for one in spaces} == {CINEMATHEQUE: "owner", FAMILY: "owner"}
    titles = await owner.get("titles?facets=true&limit=200")
    assert titles["total"] >= 150
    assert len(titles["facets"]["kind"]) >= 6
    libraries = (await owner.get("libraries"))["items"]
    assert len(libraries) == 3
    assert sum(one["copies_count"] for one in libraries) >= 250
    members = (await owner.get("members"))["items"]
    assert len({one["role"] for one in members}) == len(members) == 4


async def test_every_work_has_a_poster_that_can_be_fetched(owner: Visitor) -> None:
    titles = (await owner.get("titles?limit=200&sort=title"))["items"]
    without = [one["title"] for one in titles if one["poster"] is None]
    seconds = {card.title for card in next(iter(world().spaces)).second_cards}
    assert set(without) <= seconds
    sources = next(one for one in titles if one["poster"])["poster"]["sources"]
    for size, width in (("small", 150), ("medium", 480), ("large", 480)):
        answer = await owner.client.get(sources[size])
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "image/webp"
        assert (await images_of(answer.content)) == width


async def images_of(data: bytes) -> int:
    import pyvips  # noqa: PLC0415  (only here)

    return int(pyvips.Image.new_from_buffer(data, "").width)


async def test_a_works_page_has_all_that_hangs_on_it(owner: Visitor) -> None:
    page = await owner.get("titles/metropolis")
    assert (page["title"], page["year"]) == ("Metropolis", 1927)
    assert page["credits"]
    assert page["editions"]
    assert page["notes"]
    assert page["ratings"]["count"] >= 1
    lent = [copy for edition in page["editions"] for copy in edition["copies"] if copy["loan"]]
    assert [copy["loan"]["borrower"] for copy in lent] == ["Jeanne Arnaud"]
    series = await owner.get("titles?kind=series")
    assert series["items"]


async def test_loans_are_open_overdue_and_returned(owner: Visitor) -> None:
    told = world().spaces[0].loans
    for state, least in (("open", 5), ("overdue", 3), ("returned", 5), ("all", len(told))):
        assert len((await owner.get(f"loans?state={state}&limit=100"))["items"]) >= least


async def test_second_cards_wait_as_duplicates(owner: Visitor) -> None:
    pairs = (await owner.get("duplicates"))["items"]
    assert len(pairs) >= 3


async def test_the_journal_names_who_did_what(owner: Visitor) -> None:
    names = set()
    cursor = ""
    for _ in range(40):
        feed = await owner.get(f"activity?limit=100{cursor}")
        names |= {entry["actor"]["name"] for entry in feed["items"]}
        if not feed["next_cursor"]:
            break
        cursor = f"&cursor={feed['next_cursor']}"
    assert {"Ada Lumière", "Basile Moreau", "Chiyo Tanaka", "Dov Adler"} <= names
    assert "Mediatheque" not in names


async def test_the_family_shelf_is_for_the_family(telling: Telling, owner: Visitor) -> None:
    own = (await owner.get("titles?limit=200", FAMILY))["items"]
    assert 15 <= len(own) <= 25
    picture = own[0]["poster"]["sources"]["small"]
    dov = Visitor(telling, "viewer@demo.example")
    session = await dov.sign_in()
    assert [one["slug"] for one in session["spaces"]] == [CINEMATHEQUE]
    for path in ("titles", f"titles/{own[0]['id']}", "copies", "activity", "loans"):
        answer = await dov.client.get(f"/api/v1/{path}", headers={"x-space": FAMILY})
        assert answer.status_code == 404, path
    foreign = await dov.client.get(f"/api/v1/titles/{own[0]['id']}")
    assert foreign.status_code == 404
    assert (await dov.client.get(picture)).status_code == 404
    assert (await owner.client.get(picture)).status_code == 200
    seen = (await dov.get("titles?limit=200"))["items"]
    assert not {one["id"] for one in seen} & {one["id"] for one in own}
    emil = Visitor(telling, "emil@demo.example")
    assert [one["slug"] for one in (await emil.sign_in())["spaces"]] == [FAMILY]
    await dov.client.aclose()
    await emil.client.aclose()
