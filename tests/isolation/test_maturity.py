"""A profile with a limit, asked for every reading operation of the document.

In a space with a row in every table one work is for adults. Whatever an operation tells of it to
the account itself, it tells neither to a child nor to somebody sixteen: not its id, its title or
its address, nor its picture, its copies or its editions. The account is the control: the
operations that say something are listed, so that an empty answer is no proof.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from mediatheque.areas.search.jobs import reindex_space
from mediatheque.core.work import Work
from tests.accounts.households import another_session, make, ok, select
from tests.house import House
from tests.isolation.operations import IDS, PLAIN, Operation, operations
from tests.isolation.rows import LivedIn, live_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import FastAPI
    from httpx import AsyncClient, Response

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database

STREAMS = {"audit:watch", "exchange:watch_import"}
"""Answers that never end: ``tests/library/test_maturity.py`` listens to the live news."""

TELLING = {
    "audit:list_activity",
    "catalog:get_person",
    "catalog:list_duplicates",
    "catalog:list_history",
    "exchange:list_review",
    "exchange:list_rows",
    "exchange:read_report",
    "library:browse_titles",
    "library:export_csv",
    "library:export_json",
    "library:list_copies",
    "library:list_loans",
    "library:list_notes",
    "library:loan_statistics",
    "library:read_copy",
    "library:read_edition",
    "library:read_title",
    "search:search",
    "search:suggest",
}
"""What is known to tell the account something of a work; more may be found."""

PROFILES_ASKED: dict[str, dict[str, Any]] = {
    "child": {"is_kids": True, "maturity_limit": 12},
    "small child": {"is_kids": True, "maturity_limit": 6},
    "sixteen": {"maturity_limit": 16, "shows_unknown": True},
    "sixteen, nothing unknown": {"maturity_limit": 16, "shows_unknown": False},
}
ADULTS, TWELVE, UNKNOWN, ALL = 18, 12, None, 0


@dataclass
class Household:
    """A lived-in space, its owner, and sessions of theirs in limited profiles."""

    home: LivedIn
    sessions: dict[str, AsyncClient] = field(default_factory=dict)

    @property
    def title(self) -> dict[str, Any]:
        return self.home.rows["catalog_titles"]

    def secrets(self) -> dict[str, str]:
        """What must not be told, by what it is."""
        title = {name: str(self.title[name]) for name in ("id", "title", "slug", "sort_title")}
        ids = {
            table: str(self.home.rows[table]["id"])
            for table in (
                "files_files",
                "library_copies",
                "library_editions",
                "library_loans",
                "library_notes",
                "catalog_episodes",
            )
        }
        return title | ids


def named(operation: Operation) -> str:
    return operation.id


NAMED = {"key", *IDS, *PLAIN}
"""Parameters of which ``tests/isolation/operations.py`` knows what they name in a space."""

READS = [
    one
    for one in operations()
    if one.method == "get"
    and one.id not in STREAMS
    and NAMED.issuperset(one.parameters)
    and not one.path.startswith("/api/v1/admin/")
]
"""Without those of the admin audience, whose sessions have no profile."""


@pytest_asyncio.fixture(scope="session")
async def household(
    app: FastAPI, database: Database, settings: Settings
) -> AsyncIterator[Household]:
    house = House(app, database)
    home = await live_in(house)
    made = Household(home)
    client = home.member.client
    await _tell_more(house, made)
    await reindex_space.run(Work(database, settings), space_id=str(home.member.space.id))
    made.sessions["account"] = client
    for name, fields in PROFILES_ASKED.items():
        profile = await make(client, name, **fields)
        session = await another_session(house, home.member.email, home.member.space.slug)
        assert (await select(session, profile)).status_code == 200
        made.sessions[name] = session
    yield made
    await house.close()


async def _tell_more(house: House, made: Household) -> None:
    """Let the rows that name no work of themselves name it, and let things happen to it."""
    home, title = made.home, made.title
    file_id = home.id_of("files_files")
    for sql in (
        "UPDATE catalog_titles SET poster_id = :file, status = 'published' WHERE id = :title",
        "UPDATE library_editions SET cover_id = :file",
        "UPDATE exchange_rows SET ref_kind = 'title', ref_id = :title, label = :name",
        "UPDATE library_notes SET is_shared = true",
        (
            "UPDATE live_programmes SET title_id = :title, title = :name, "
            "start_at = now() - interval '1 hour', stop_at = now() + interval '1 day'"
        ),
        "UPDATE live_templates SET title_id = :title, title = :name",
    ):
        await _write(house, home, sql, file=file_id, title=title["id"], name=title["title"])
    client = home.member.client
    path = f"/api/v1/titles/{title['id']}"
    await ok(client.patch(path, json={"synopsis": "Told"}))
    await ok(client.put(f"{path}/rating", json={"rating": 9}))
    await ok(client.patch(f"/api/v1/copies/{home.id_of('library_copies')}", json={"notes": "Worn"}))
    await ok(
        client.post("/api/v1/titles/bulk", json={"ids": [str(title["id"])], "set": {"year": 1999}})
    )


async def _write(house: House, home: LivedIn, sql: str, **values: object) -> None:
    wanted = {name: value for name, value in values.items() if f":{name}" in sql}
    async with house.write(home.member) as ctx:
        await ctx.db.execute(sql, wanted)


async def _set_age(house: House, made: Household, age: int | None) -> None:
    """Set the age of the work over HTTP, so that every kept answer moves on."""
    path = f"/api/v1/titles/{made.title['id']}"
    await ok(made.home.member.client.patch(path, json={"minimum_age": age}))


@pytest_asyncio.fixture
async def of_age(request: pytest.FixtureRequest, house: House, household: Household) -> Household:
    await _set_age(house, household, request.param)
    return household


def asked(operation: Operation, made: Household) -> list[tuple[str, dict[str, Any]]]:
    """Addresses and queries under which an operation could tell of the work."""
    home = made.home
    addresses = [operation.address(home)]
    if "key" in operation.parameters:
        addresses.append(operation.address(home, by_slug=True))
    known = {one["name"] for one in dict(operation.described).get("parameters", ())}
    title = str(made.title["title"])
    queries: list[dict[str, Any]] = [operation.query()]
    if "q" in known:
        queries += [{**operation.query(), "q": word} for word in (title, title[:9])]
    for name, value in (
        ("facets", "true"),
        ("columns", "all"),
        ("state", "all"),
        ("sort", "-added"),
        ("title", str(made.title["id"])),
        ("ref", f"title:{made.title['id']}"),
        ("person", str(home.id_of("catalog_people"))),
        ("format", "dvd"),
    ):
        if name in known:
            queries.append({**operation.query(), name: value})
    return [(address, query) for address in addresses for query in queries]


def told(made: Household, answer: Response) -> list[str]:
    return sorted(name for name, secret in made.secrets().items() if secret in answer.text)


@pytest.mark.parametrize("of_age", [ADULTS, UNKNOWN], ids=["adults", "unknown"], indirect=True)
@pytest.mark.parametrize("operation", READS, ids=named)
async def test_a_limited_profile_learns_nothing(of_age: Household, operation: Operation) -> None:
    tells = False
    age = (await ok(of_age.sessions["account"].get(f"/api/v1/titles/{of_age.title['id']}")))[
        "minimum_age"
    ]
    for address, query in asked(operation, of_age):
        control = await of_age.sessions["account"].get(address, params=query)
        assert control.status_code < 500, f"{address} {query}: {control.text}"
        tells = tells or (control.is_success and bool(told(of_age, control)))
        for name in PROFILES_ASKED:
            if age is None and name == "sixteen":
                continue
            answer = await of_age.sessions[name].get(address, params=query)
            assert answer.status_code < 500, f"{address} {query}: {answer.text}"
            echo = {value for value in query.values() if isinstance(value, str)}
            found = [
                one
                for one in told(of_age, answer)
                if answer.is_success or of_age.secrets()[one] not in echo
            ]
            assert found == [], f"{name}: {address} {query}: {answer.text[:2000]}"
    assert tells or operation.id not in TELLING, "no proof: it tells nobody anything"


@pytest.mark.parametrize("of_age", [ALL], ids=["all"], indirect=True)
@pytest.mark.parametrize(
    "operation",
    [one for one in READS if one.id in TELLING and one.id.startswith(("library", "search"))],
    ids=named,
)
async def test_and_sees_what_is_for_everybody(of_age: Household, operation: Operation) -> None:
    """The opposite control: the rule hides no more than it should."""
    for name in ("child", "sixteen"):
        answers = [
            await of_age.sessions[name].get(address, params=query)
            for address, query in asked(operation, of_age)
        ]
        if operation.id.startswith("library:export") and name == "child":
            assert {one.status_code for one in answers} == {403}
        else:
            assert any(told(of_age, one) for one in answers), name


def test_the_list_of_what_tells_is_of_this_document() -> None:
    assert {one.id for one in READS} >= TELLING
    assert "avatar" in PLAIN


@pytest.mark.parametrize("of_age", [ADULTS], ids=["adults"], indirect=True)
@pytest.mark.parametrize("path", ["/titles", "/titles?facets=true", "/titles/{id}"])
async def test_an_answer_that_an_adult_keeps_is_none_of_a_childs(
    of_age: Household, path: str
) -> None:
    address = "/api/v1" + path.format(id=of_age.title["id"])
    adult, child = of_age.sessions["account"], of_age.sessions["child"]
    first = await adult.get(address)
    tag = first.headers["etag"]
    again = await adult.get(address, headers={"if-none-match": tag})
    assert again.status_code == 304
    answer = await child.get(address, headers={"if-none-match": tag})
    assert answer.status_code in {200, 404}
    assert answer.headers.get("etag") != tag
    assert told(of_age, answer) == []


@pytest.mark.parametrize("of_age", [TWELVE], ids=["twelve"], indirect=True)
@pytest.mark.parametrize("path", ["/titles", "/titles?facets=true", "/titles/{id}"])
async def test_nor_what_an_older_child_keeps(of_age: Household, path: str) -> None:
    """The two may the same; only their limits tell their answers apart."""
    address = "/api/v1" + path.format(id=of_age.title["id"])
    seen = await of_age.sessions["child"].get(address)
    assert told(of_age, seen) != []
    answer = await of_age.sessions["small child"].get(
        address, headers={"if-none-match": seen.headers["etag"]}
    )
    assert answer.status_code in {200, 404}
    assert told(of_age, answer) == []
    assert told(of_age, await of_age.sessions["child"].get(address)) != []


@pytest.mark.parametrize("of_age", [ADULTS], ids=["adults"], indirect=True)
async def test_counts_leave_the_work_out(of_age: Household) -> None:
    async def counts(name: str) -> tuple[int, int, int, int]:
        client = of_age.sessions[name]
        titles = await ok(client.get("/api/v1/titles", params={"facets": "true"}))
        library = (await ok(client.get("/api/v1/libraries")))["items"][0]
        loans = await ok(client.get("/api/v1/loans/statistics"))
        figures = await ok(client.get("/api/v1/library/statistics"))
        assert sum(one["count"] for one in titles["facets"]["kind"]) == titles["total"]
        assert figures["titles"] == titles["total"]
        return titles["total"], library["copies_count"], loans["total"], figures["copies"]

    account, child = await counts("account"), await counts("child")
    assert account[0] - 1 >= child[0]
    assert account[1:] == (1, 1, 1)
    assert child[1:] == (0, 0, 0)
