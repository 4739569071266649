"""Signing in by others, against a real issuer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from mediatheque.core.edge import write_context
from tests.accounts.outside.abroad import (
    AUTH,
    COOKIE,
    LINKS,
    browser,
    confirm,
    person,
    through_real,
    told,
)
from tests.accounts.outside.issuer import SECRET
from tests.accounts.post import run_jobs
from tests.postbox import open_postbox

if TYPE_CHECKING:
    from fastapi import FastAPI
    from httpx import AsyncClient

    from mediatheque.areas.accounts.schemas import UserRead
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database


async def run(database: Database, sql: str, **values: object) -> None:
    async with write_context(database, across=True) as context:
        await context.db.execute(sql, values)


async def test_who_vouches_is_shown(visitor: AsyncClient) -> None:
    answer = await visitor.get(f"{AUTH}/providers")
    assert [(one["name"], one["label"], one["kind"]) for one in answer.json()["items"]] == [
        ("real", "Real", "openid"),
        ("open", "Open", "openid"),
        ("liar", "Liar", "openid"),
        ("github", "GitHub", "github"),
        ("closed", "Closed", "openid"),
    ]
    assert SECRET not in answer.text


async def test_same_address_is_linked_by_its_password_only(
    world: FastAPI,
    visitor: AsyncClient,
    user: UserRead,
    database: Database,
    settings: Settings,
) -> None:
    await run(database, "DELETE FROM procrastinate_jobs WHERE task_name LIKE 'accounts.%'")
    claims = person(user.email.upper())
    page, says = told(await through_real(visitor, "real", claims))
    assert page == "/sign-in"
    assert COOKIE not in visitor.cookies, "an address alone opens nothing"
    offer = await visitor.get(f"{LINKS}/offer", params={"token": says["link"]})
    assert offer.json() == {
        "provider": "real",
        "label": "Real",
        "account": user.email.upper(),
        "email": user.email,
        "needs_password": True,
    }
    assert (await confirm(visitor, says["link"], "wrong")).json()["error"]["code"] == (
        "wrong_password"
    )
    assert (await confirm(visitor, says["link"], None)).status_code == 400
    assert (await confirm(visitor, says["link"])).status_code == 204
    assert (await confirm(visitor, says["link"])).status_code == 404
    with open_postbox() as box:
        await run_jobs(database, settings, smtp_url=box.url)
    (letter,) = box.to(user.email)
    assert letter.message["subject"] == "You can sign in with Real now"

    async with browser(world) as again:
        answer = await through_real(again, "real", claims, next="/titles?q=1")
        assert told(answer) == ("/titles?q=1", {})
        cookie = next(one for one in answer.headers.get_list("set-cookie") if COOKIE in one)
        assert {"HttpOnly", "SameSite=lax"} <= {part.strip() for part in cookie.split(";")}
        session = await again.get(f"{AUTH}/session")
        assert session.json()["user"]["id"] == str(user.id)


async def test_unverified_address_matches_nobody(visitor: AsyncClient, user: UserRead) -> None:
    answer = await through_real(visitor, "real", person(user.email, verified=False))
    assert told(answer) == ("/sign-in", {"problem": "no_account"})


async def test_stranger_needs_an_account_first(visitor: AsyncClient) -> None:
    answer = await through_real(visitor, "real", person())
    assert told(answer) == ("/sign-in", {"problem": "no_account"})
    assert (await visitor.get(f"{AUTH}/session")).status_code == 401


async def test_issuer_that_may_makes_an_account(
    world: FastAPI, visitor: AsyncClient, database: Database
) -> None:
    claims = person()
    assert told(await through_real(visitor, "open", claims)) == ("/", {})
    session = (await visitor.get(f"{AUTH}/session")).json()
    assert session["user"]["email"] == claims["email"]
    assert (session["user"]["is_verified"], session["user"]["has_password"]) == (True, False)
    assert session["spaces"] == []
    visitor.headers["x-csrf-token"] = session["csrf_token"]
    (link,) = (await visitor.get(LINKS)).json()["items"]
    assert (link["provider"], link["account"]) == ("open", claims["email"])
    last = await visitor.delete(f"{LINKS}/{link['id']}")
    assert (last.status_code, last.json()["error"]["code"]) == (409, "last_way_in")
    async with browser(world) as again:
        await through_real(again, "open", claims)
        assert (await again.get(f"{AUTH}/session")).json()["user"]["id"] == session["user"]["id"]


async def test_who_is_signed_in_links_and_unlinks(
    world: FastAPI, member: AsyncClient, user: UserRead
) -> None:
    claims = person()
    page, says = told(await through_real(member, "real", claims, link=True))
    assert page == "/account/security"
    assert (await confirm(member, says["link"])).status_code == 204
    assert told(await through_real(member, "real", claims, link=True)) == (page, {})
    (link,) = (await member.get(LINKS)).json()["items"]
    async with browser(world) as elsewhere:
        await through_real(elsewhere, "real", claims)
        assert (await elsewhere.get(f"{AUTH}/session")).json()["user"]["id"] == str(user.id)
    assert (await member.delete(f"{LINKS}/{link['id']}")).status_code == 204
    assert (await member.delete(f"{LINKS}/{link['id']}")).status_code == 404
    async with browser(world) as elsewhere:
        answer = await through_real(elsewhere, "real", claims)
        assert told(answer)[1] == {"problem": "no_account"}


async def test_identity_of_another_account_is_not_taken_over(
    world: FastAPI, member: AsyncClient
) -> None:
    claims = person()
    async with browser(world) as other:
        await through_real(other, "open", claims)
    answer = await through_real(member, "open", claims, link=True)
    assert told(answer) == ("/account/security", {"problem": "linked_elsewhere"})


async def test_anothers_links_are_not_there(world: FastAPI, member: AsyncClient) -> None:
    async with browser(world) as other:
        await through_real(other, "open", person())
        (link,) = (await other.get(LINKS)).json()["items"]
    assert (await member.delete(f"{LINKS}/{link['id']}")).status_code == 404


async def test_suspended_account_stays_shut(
    visitor: AsyncClient, world: FastAPI, database: Database
) -> None:
    claims = person()
    async with browser(world) as other:
        await through_real(other, "open", claims)
    await run(
        database,
        "UPDATE accounts_users SET is_active = false WHERE email = :email",
        email=claims["email"],
    )
    answer = await through_real(visitor, "open", claims)
    assert told(answer) == ("/sign-in", {"problem": "suspended"})
    assert COOKIE not in visitor.cookies


async def test_journal_names_nobody(visitor: AsyncClient, database: Database) -> None:
    claims = person()
    await through_real(visitor, "open", claims)
    rows = await database.across().rows(
        text("SELECT to_jsonb(j)::text AS row FROM core_journal j WHERE kind LIKE 'accounts.link%'")
    )
    assert rows
    assert not any(claims["email"] in one["row"] or claims["sub"] in one["row"] for one in rows)
