"""The outbox: in the caller's transaction, tried again, emptied, and read by the owner alone."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from jinja2.ext import babel_extract
from sqlalchemy import text

from mediatheque.areas.accounts.actions.letters import Receiver, clean_letters, write_letter
from mediatheque.areas.accounts.adapters.letters.post import FOLDER, STATIONERY, TRANSLATIONS
from mediatheque.areas.accounts.rules.letters import (
    RETRY_AFTER,
    Template,
    device_name,
    is_known_device,
)
from mediatheque.core.edge import write_context
from tests.accounts.conftest import PASSWORD
from tests.accounts.post import run_jobs
from tests.postbox import open_postbox

if TYPE_CHECKING:
    from uuid import UUID

    from fastapi import FastAPI
    from httpx import AsyncClient

    from mediatheque.areas.accounts.schemas import UserRead
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database, Row
    from tests.house import House, Member

LETTERS = "/api/v1/letters"
TO = Receiver("ada@test.example", "Ada", "de-AT", "Europe/Vienna")
LATER = datetime.now(UTC) + timedelta(hours=1)
SECRET = "s3cret-of-the-link"


async def written(database: Database, to: Receiver = TO, *, expires_at: datetime = LATER) -> UUID:
    async with write_context(database, across=True) as context:
        return await write_letter(
            context,
            Template.PASSWORD_RESET,
            to,
            expires_at=expires_at,
            path=f"/password-reset?token={SECRET}",
        )


async def letter(database: Database, letter_id: UUID) -> Row:
    row = await database.across().row(
        text("SELECT * FROM accounts_letters WHERE id = :id").bindparams(id=letter_id)
    )
    assert row is not None
    return row


async def run(database: Database, sql: str, **values: object) -> None:
    async with write_context(database, across=True) as context:
        await context.db.execute(sql, values)


@pytest.fixture(autouse=True)
async def empty(app: FastAPI, database: Database) -> None:
    await run(database, "DELETE FROM procrastinate_jobs WHERE task_name LIKE 'accounts.%'")


@pytest.fixture
async def owner(house: House, database: Database) -> Member:
    member = await house.member()
    await run(
        database,
        "UPDATE accounts_users SET instance_role = 'owner' WHERE id = :id",
        id=member.user_id,
    )
    return member


async def test_letter_is_sent_in_the_readers_language_and_forgotten(
    database: Database, settings: Settings
) -> None:
    letter_id = await written(database)
    with open_postbox() as box:
        await run_jobs(database, settings, smtp_url=box.url, mail_from="House <house@test.example>")
        assert await run_jobs(database, settings, smtp_url=box.url) == []
    (found,) = box.letters
    assert found.receivers == [TO.email]
    assert found.sender == "house@test.example"
    assert found.message["subject"] == "Neues Passwort wählen"
    assert found.message["message-id"] == f"<{letter_id}@test.example>"
    assert "Europe/Vienna" in found.text
    link = f"{settings.base_url}/password-reset?token={SECRET}"
    assert found.link == link
    assert f'href="{link}"' in found.html
    row = await letter(database, letter_id)
    assert (row["state"], row["attempts"], row["data"], row["error"]) == ("sent", 1, {}, None)


async def test_no_letter_of_what_was_rolled_back(database: Database) -> None:
    with suppress(RuntimeError):
        async with write_context(database, across=True) as context:
            made = await write_letter(context, Template.TEST_LETTER, TO)
            raise RuntimeError
    count = await database.across().scalar(
        text("SELECT count(*) FROM accounts_letters WHERE id = :id").bindparams(id=made)
    )
    jobs = await database.across().scalar(
        text("SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'ref_id' = :id").bindparams(
            id=str(made)
        )
    )
    assert (count, jobs) == (0, 0)


async def test_server_that_says_later_is_asked_later(
    database: Database, settings: Settings
) -> None:
    letter_id = await written(database, expires_at=LATER + timedelta(days=2))
    with open_postbox() as box:
        box.reply = "451 4.7.1 Greylisted, try again"
        for number, wait in enumerate(RETRY_AFTER, 1):
            await run_jobs(database, settings, smtp_url=box.url)
            row = await letter(database, letter_id)
            assert (row["state"], row["attempts"]) == ("waiting", number)
            assert "Greylisted" in row["error"]
            assert abs(row["next_try_at"] - datetime.now(UTC) - wait) < timedelta(seconds=30)
            assert await run_jobs(database, settings, smtp_url=box.url) == []
            await run(
                database,
                "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE args ->> 'ref_id' = :id",
                id=str(letter_id),
            )
        box.reply = ""
        await run_jobs(database, settings, smtp_url=box.url)
    assert len(box.letters) == 1
    assert (await letter(database, letter_id))["state"] == "sent"


async def test_refusal_for_good_is_not_tried_again(
    database: Database, settings: Settings, owner: Member
) -> None:
    letter_id = await written(database)
    with open_postbox() as box:
        box.reply = "550 5.1.1 No such user"
        await run_jobs(database, settings, smtp_url=box.url)
        row = await letter(database, letter_id)
        assert (row["state"], row["attempts"]) == ("failed", 1)
        assert "No such user" in row["error"]
        box.reply = ""
        answer = await owner.client.post(f"{LETTERS}/{letter_id}/retry")
        assert answer.status_code == 204, answer.text
        await run_jobs(database, settings, smtp_url=box.url)
        assert len(box.letters) == 1
    again = await owner.client.post(f"{LETTERS}/{letter_id}/retry")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "letter_gone")


async def test_no_try_after_the_links_end(database: Database, settings: Settings) -> None:
    letter_id = await written(database, expires_at=datetime.now(UTC) + timedelta(seconds=30))
    with open_postbox() as box:
        box.reply = "450 later"
        await run_jobs(database, settings, smtp_url=box.url)
    assert (await letter(database, letter_id))["state"] == "failed"


@pytest.mark.parametrize("email", ["ada@test.example, eve@test.example", "a@b", "ü@test.example"])
async def test_address_that_is_strange_gets_one_letter_or_none(
    database: Database, settings: Settings, email: str
) -> None:
    await written(database, Receiver(email, "Ada\r\nBcc: eve@test.example"))
    with open_postbox() as box:
        await run_jobs(database, settings, smtp_url=box.url)
    assert all(one.receivers == [email] for one in box.letters)
    assert not any("Bcc" in one.message for one in box.letters)


async def test_without_a_mail_server_the_owner_reads_the_outbox(
    database: Database, settings: Settings, owner: Member
) -> None:
    letter_id = await written(database)
    await run_jobs(database, settings)
    listed = await owner.client.get(LETTERS, params={"state": "held"})
    assert listed.status_code == 200, listed.text
    assert str(letter_id) in {one["id"] for one in listed.json()["items"]}
    assert SECRET not in listed.text
    shown = await owner.client.get(f"{LETTERS}/{letter_id}")
    body = shown.json()
    assert (body["state"], body["subject"]) == ("held", "Neues Passwort wählen")
    assert SECRET in body["text"]
    assert SECRET in body["html"]
    post = (await owner.client.get(f"{LETTERS}/post")).json()
    assert post["is_sending"] is False
    assert post["held"] >= 1


async def test_pages_of_the_outbox(database: Database, owner: Member) -> None:
    made = [str(await written(database)) for _ in range(3)]
    first = (await owner.client.get(LETTERS, params={"limit": 2})).json()
    assert [one["id"] for one in first["items"]] == [made[2], made[1]]
    second = await owner.client.get(LETTERS, params={"limit": 2, "cursor": first["next_cursor"]})
    assert second.json()["items"][0]["id"] == made[0]
    wrong = await owner.client.get(LETTERS, params={"cursor": "WyJ4Il0"})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (400, "bad_cursor")


async def test_nobody_else_reads_letters(
    database: Database, house: House, anonymous: AsyncClient, owner: Member
) -> None:
    letter_id = await written(database)
    member = await house.member()
    key = await owner.client.post("/api/v1/api-keys", json={"name": "A program"})
    bearer = {"authorization": f"Bearer {key.json()['key']}"}
    for path in (LETTERS, f"{LETTERS}/post", f"{LETTERS}/{letter_id}"):
        assert (await anonymous.get(path)).status_code == 401
        assert (await member.client.get(path)).status_code == 403
        assert (await anonymous.get(path, headers=bearer)).status_code == 403
    for path in (f"{LETTERS}/{letter_id}/retry", f"{LETTERS}/test"):
        assert (await anonymous.post(path)).status_code == 401
        assert (await member.client.post(path)).status_code == 403


async def test_owner_tries_it_out(database: Database, settings: Settings, owner: Member) -> None:
    assert (await owner.client.post(f"{LETTERS}/test")).status_code == 204
    with open_postbox() as box:
        await run_jobs(database, settings, smtp_url=box.url)
    assert len(box.to(owner.email)) == 1


async def test_journal_knows_neither_address_nor_secret(
    database: Database, settings: Settings
) -> None:
    letter_id = await written(database)
    await run_jobs(database, settings)
    rows = await database.across().rows(
        text("SELECT to_jsonb(j)::text AS row FROM core_journal j WHERE ref_id = :id").bindparams(
            id=letter_id
        )
    )
    assert len(rows) == 2
    assert not any(secret in one["row"] for one in rows for secret in (SECRET, TO.email, "Ada"))


async def test_secrets_do_not_outlive_their_links(database: Database) -> None:
    letter_id = await written(database)
    old = await written(database)
    await run(
        database,
        "UPDATE accounts_letters SET expires_at = now() - interval '1 minute' WHERE id = :id",
        id=letter_id,
    )
    await run(
        database,
        "UPDATE accounts_letters SET created_at = now() - interval '31 days' WHERE id = :id",
        id=old,
    )
    async with write_context(database, across=True) as context:
        assert await clean_letters(context) >= 2
    row = await letter(database, letter_id)
    assert (row["state"], row["data"]) == ("failed", {})
    gone = await database.across().row(
        text("SELECT 1 FROM accounts_letters WHERE id = :id").bindparams(id=old)
    )
    assert gone is None


SAMPLE = {
    "name": "Ada",
    "link": "https://house.example/x?token=y",
    "at": LATER,
    "expires_at": LATER,
    "device": "Firefox · Linux",
    "ip": "192.0.2.1",
    "email": "new@test.example",
    "inviter": "Grace",
    "space": "Archive",
    "value": "1234-5678",
    "provider": "GitHub",
    "account": "ada",
}


@pytest.mark.parametrize("template", Template)
@pytest.mark.parametrize("locale", ["en", "de", "fr"])
def test_every_letter_can_be_written(template: Template, locale: str) -> None:
    made = STATIONERY.render(template, SAMPLE, locale=locale)
    english = STATIONERY.render(template, SAMPLE, locale="en")
    assert made.language == locale
    assert made.subject
    assert f'<html lang="{locale}">' in made.html
    assert (made.subject == english.subject) == (locale == "en")
    assert "%(" not in made.text + made.html


def test_every_template_is_a_letter() -> None:
    assert {path.stem for path in FOLDER.glob("templates/*.jinja")} == set(Template)


@pytest.mark.parametrize("language", ["de", "fr"])
def test_every_sentence_is_translated_with_its_values(language: str) -> None:
    catalogue = TRANSLATIONS.catalogues[language]
    seen = set()
    for path in FOLDER.glob("templates/*"):
        with path.open("rb") as file:
            for _, _, message, _ in babel_extract(file, ("_",), [], {}):
                sentence = message if isinstance(message, str) else str((message or ("",))[0])
                seen.add(sentence)
                said = catalogue.gettext(sentence)
                values = re.findall(r"%\(\w+\)s", sentence)
                assert sorted(values) == sorted(re.findall(r"%\(\w+\)s", said)), sentence
                assert said != sentence or sentence == "Address", f"not translated: {sentence}"
    stale = {one for one in catalogue._catalog if one} - seen  # type: ignore[attr-defined]  # noqa: SLF001  (Babel's catalogue of what was loaded)
    assert len(seen) > 50
    assert stale == set()


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox · Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1",
            "Safari · iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; x64) Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0",
            "Edge · Windows",
        ),
        ("curl/8.5.0", "curl"),
        ("", ""),
        ("<script>", ""),
    ],
)
def test_name_of_a_device(agent: str, name: str) -> None:
    assert device_name(agent) == name


def test_device_is_known_by_browser_and_neighbourhood() -> None:
    before = [("Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Firefox/139.0", "192.0.2.7")]
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"
    assert is_known_device(agent, "192.0.99.1", before)
    assert not is_known_device(agent, "198.51.100.1", before)
    assert not is_known_device("curl/8", "192.0.2.7", before)


async def test_administration_sees_the_outbox_and_not_what_letters_say(
    database: Database, user: UserRead, anonymous: AsyncClient, owner: Member
) -> None:
    letter_id = await written(database)
    await run(
        database, "UPDATE accounts_users SET instance_role = 'owner' WHERE id = :id", id=user.id
    )
    path = "/api/v1/admin/letters"
    assert (await owner.client.get(path)).status_code == 401, "a session of the application"
    body = {"email": user.email, "password": PASSWORD}
    signed = await anonymous.post("/api/v1/admin/auth/login", json=body)
    assert signed.status_code == 200, signed.text
    anonymous.headers["x-csrf-token"] = signed.json()["csrf_token"]
    listed = await anonymous.get(path)
    assert listed.json()["items"][0]["id"] == str(letter_id)
    assert SECRET not in listed.text
    assert (await anonymous.post(f"{path}/{letter_id}/retry")).status_code == 204
    assert (await anonymous.get(f"{LETTERS}/{letter_id}")).status_code == 401
