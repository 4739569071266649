"""What an issuer may not get away with, and what the setting may say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from asgi_lifespan import LifespanManager

from mediatheque.areas.accounts.adapters.issuers import Flow, read_issuers
from mediatheque.areas.accounts.rules.links import is_domain_allowed, local_path
from mediatheque.kit.db import Database
from mediatheque.main import create_app
from tests.accounts.outside.abroad import (
    AUTH,
    COOKIE,
    LINKS,
    back,
    browser,
    confirm,
    person,
    start,
    through_liar,
    through_real,
    told,
)
from tests.accounts.outside.issuer import CLIENT, way_back

if TYPE_CHECKING:
    from fastapi import FastAPI
    from httpx import AsyncClient

    from mediatheque.areas.accounts.schemas import UserRead
    from mediatheque.core.settings import Settings
    from tests.accounts.outside.issuer import Liar


TWICE = '{"name": "a", "kind": "google", "client_id": "x"}'


async def linked(member: AsyncClient, liar: Liar, sub: str) -> None:
    liar.claims = {"sub": sub}
    _, says = told(await through_liar(member, liar, link=True))
    assert (await confirm(member, says["link"])).status_code == 204
    liar.claims = {}


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://other.example"},
        {"aud": "somebody-else"},
        {"aud": [CLIENT, "somebody-else"]},
        {"azp": "somebody-else"},
        {"exp": 1},
        {"exp": None},
        {"iat": None},
        {"iat": 4_000_000_000},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 5},
        {"at_hash": "bm90IHRoZSBoYXNo"},
    ],
    ids=str,
)
async def test_id_token_that_does_not_hold(
    visitor: AsyncClient, member: AsyncClient, liar: Liar, lie: dict[str, Any]
) -> None:
    sub = uuid4().hex
    await linked(member, liar, sub)
    liar.claims = {"sub": sub, **lie}
    answer = await through_liar(visitor, liar)
    assert told(answer) == ("/sign-in", {"problem": "not_trusted"})
    assert COOKIE not in visitor.cookies
    liar.claims = {"sub": sub}
    assert told(await through_liar(visitor, liar)) == ("/", {}), "the same without the lie"


@pytest.mark.parametrize("signed", ["none", "hmac", "other"])
async def test_signature_that_is_not_the_issuers(
    visitor: AsyncClient, member: AsyncClient, liar: Liar, signed: str
) -> None:
    sub = uuid4().hex
    await linked(member, liar, sub)
    liar.claims, liar.signed = {"sub": sub}, signed
    answer = await through_liar(visitor, liar)
    assert told(answer) == ("/sign-in", {"problem": "not_trusted"})


async def test_answer_without_an_id_token(visitor: AsyncClient, liar: Liar) -> None:
    liar.token = {"id_token": None}
    answer = await through_liar(visitor, liar)
    assert told(answer)[1] == {"problem": "not_trusted"}


async def test_answer_of_another_issuer(visitor: AsyncClient, liar: Liar) -> None:
    """RFC 9207: the issuer is named in the answer."""
    liar.answers = {"iss": "https://other.example"}
    assert told(await through_liar(visitor, liar))[1] == {"problem": "not_trusted"}


async def test_person_says_no(visitor: AsyncClient, liar: Liar) -> None:
    liar.answers = {"error": "access_denied"}
    assert told(await through_liar(visitor, liar))[1] == {"problem": "cancelled"}


async def test_answer_belongs_to_the_browser_that_asked(
    world: FastAPI, visitor: AsyncClient, liar: Liar
) -> None:
    """Somebody else's code, slipped to a browser, signs nobody in (login CSRF)."""
    theirs = liar.authorize(await start(visitor, "liar"))
    async with browser(world) as victim:
        assert told(await back(victim, "liar", way_back(theirs)))[1] == {"problem": "expired"}
        await start(victim, "liar")
        assert told(await back(victim, "liar", way_back(theirs)))[1] == {"problem": "expired"}
        assert COOKIE not in victim.cookies


async def test_code_is_worth_nothing_without_the_verifier(visitor: AsyncClient, liar: Liar) -> None:
    """PKCE: a code that was caught is redeemed by the browser that asked for it only."""
    caught = liar.authorize(await start(visitor, "liar"))
    address = await start(visitor, "liar")
    state = parse_qs(urlsplit(address).query)["state"][0]
    query = way_back({"code": caught["code"], "state": state})
    assert told(await back(visitor, "liar", query))[1] == {"problem": "not_trusted"}


async def test_answer_is_taken_once(visitor: AsyncClient, liar: Liar) -> None:
    answer = liar.authorize(await start(visitor, "liar"))
    await back(visitor, "liar", way_back(answer))
    assert told(await back(visitor, "liar", way_back(answer)))[1] == {"problem": "expired"}


async def test_flow_of_one_issuer_is_none_of_another(visitor: AsyncClient, liar: Liar) -> None:
    answer = liar.authorize(await start(visitor, "liar"))
    assert told(await back(visitor, "real", way_back(answer)))[1] == {"problem": "expired"}


async def test_keys_may_change(visitor: AsyncClient, liar: Liar) -> None:
    """A new key is fetched, though not more often than once a minute."""
    await through_liar(visitor, liar)
    before = liar.asked.count("/keys")
    for _ in range(5):
        liar.signed = "other"
        assert told(await through_liar(visitor, liar))[1] == {"problem": "not_trusted"}
    assert liar.asked.count("/keys") - before <= 1


async def test_github(
    world: FastAPI, visitor: AsyncClient, member: AsyncClient, user: UserRead, liar: Liar
) -> None:
    liar.user = {"id": 4711, "login": "ada", "name": None}
    liar.emails = [
        {"email": "old@test.example", "primary": False, "verified": True},
        {"email": user.email, "primary": True, "verified": True},
    ]
    page, says = told(await through_liar(visitor, liar, "github"))
    offer = (await visitor.get(f"{LINKS}/offer", params={"token": says["link"]})).json()
    assert (offer["label"], offer["email"]) == ("GitHub", user.email)
    assert (await confirm(visitor, says["link"])).status_code == 204
    liar.user["login"] = "renamed"
    assert told(await through_liar(visitor, liar, "github")) == ("/", {})
    session = (await visitor.get(f"{AUTH}/session")).json()
    assert session["user"]["id"] == str(user.id)

    liar.user = {"id": 4712, "login": "ada"}
    liar.emails = [{"email": user.email, "primary": True, "verified": False}]
    async with browser(world) as other:
        answer = await through_liar(other, liar, "github")
        assert told(answer) == ("/sign-in", {"problem": "not_allowed"}), "no verified address"
    assert page == "/sign-in"


async def test_private_address_is_not_asked_unless_configured(
    visitor: AsyncClient, liar: Liar
) -> None:
    answer = await visitor.get(f"{AUTH}/oidc/closed/start")
    assert told(answer) == ("/sign-in", {"problem": "not_trusted"})
    liar.about = {}


async def test_unknown_issuer(visitor: AsyncClient) -> None:
    for path in ("start", "callback"):
        answer = await visitor.get(f"{AUTH}/oidc/nobody/{path}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "no_such_provider")


@pytest.mark.parametrize(
    "path",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "/a\nb", "x"],
)
async def test_way_on_stays_in_the_house(path: str, visitor: AsyncClient) -> None:
    assert local_path(path) == "/"
    assert local_path("/titles?kind=movie") == "/titles?kind=movie"
    assert told(await through_real(visitor, "open", person(), next=path))[0] == "/"


@pytest.mark.parametrize("cookie", [None, "", "x", "e30", "bnVsbA", "W10", "é"])
def test_cookie_that_is_none_of_ours(cookie: str | None) -> None:
    assert Flow.read(cookie) is None


def test_domains() -> None:
    assert is_domain_allowed("a@Test.example", ["test.example"])
    assert not is_domain_allowed("a@evil.test.example", ["test.example"])
    assert not is_domain_allowed(None, ["test.example"])
    assert is_domain_allowed(None, [])


@pytest.mark.parametrize(
    "setting",
    [
        "nonsense",
        '[{"name": "a", "client_id": "x"}]',
        '[{"name": "a", "client_id": "x", "issuer": "http://a.example"}]',
        '[{"name": "A b", "client_id": "x", "issuer": "https://a.example"}]',
        '[{"name": "a", "client_id": "x", "issuer": "https://a.example", "more": 1}]',
        '[{"name": "a", "client_secret": "s3cret", "issuer": "https://a.example"}]',
        f"[{TWICE}, {TWICE}]",
    ],
)
def test_setting_that_makes_no_sense_is_explained(setting: str) -> None:
    with pytest.raises(ValueError, match="MEDIATHEQUE_ISSUERS") as refused:
        read_issuers(setting)
    assert "s3cret" not in str(refused.value)


def test_google_and_github_need_no_address() -> None:
    google, github = read_issuers(
        '[{"name": "google", "kind": "google", "client_id": "x"},'
        ' {"name": "github", "kind": "github", "client_id": "y"}]'
    )
    assert (google.home, google.called) == ("https://accounts.google.com", "Google")
    assert (github.home, github.called) == ("https://github.com", "GitHub")


@pytest.mark.parametrize(
    "wrong", [{"issuers": "nonsense"}, {"smtp_url": "mail.example"}, {"mail_from": "nobody"}]
)
async def test_house_does_not_start_with_settings_that_make_no_sense(
    settings: Settings, database_url: str, wrong: dict[str, str]
) -> None:
    app = create_app(settings.model_copy(update=wrong), Database(database_url))
    with pytest.raises(ValueError, match=r"MEDIATHEQUE_(ISSUERS|SMTP_URL|MAIL_FROM): "):
        async with LifespanManager(app):
            pass
