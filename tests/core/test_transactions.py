"""One transaction per request: news, jobs and rows are committed together, before the answer."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import uuid4

import procrastinate
import psycopg
import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text

from mediatheque.core.journal import Event, Ref
from mediatheque.core.queue import QUEUES, defer
from mediatheque.core.work import Work
from mediatheque.worker import build_queue

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import Message, Receive, Scope, Send

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House

QUEUE = "proofs"


class Trial(Event):
    kind = "proofs.tried"


def queue_of(
    database: Database, settings: Settings, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> procrastinate.App:
    """The worker's own queue with one more job, which notes its argument."""
    app = build_queue(Work(database, settings), database.url)

    async def note(mark: str) -> None:
        ran.append(mark)

    app.task(name="proofs.note", queue=QUEUE)(note)
    monkeypatch.setitem(QUEUES, "proofs.note", QUEUE)
    return app


class AbandonedError(Exception):
    """Ends a transaction before its commit."""


async def test_a_job_of_a_rolled_back_transaction_never_runs(
    house: House, database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    queue = queue_of(database, settings, ran, monkeypatch)
    member = await house.member()
    with suppress(AbandonedError):
        async with house.write(member) as ctx:
            await defer(ctx.db, "proofs.note", mark="rolled back")
            raise AbandonedError
    async with house.write(member) as ctx:
        await defer(ctx.db, "proofs.note", mark="committed")
    async with queue.open_async():
        await queue.run_worker_async(
            queues=[QUEUE], wait=False, install_signal_handlers=False, listen_notify=False
        )
    assert ran == ["committed"]


async def test_a_refused_request_leaves_no_news_and_no_job(house: House) -> None:
    member = await house.member()
    with suppress(AbandonedError):
        async with house.write(member) as ctx:
            ctx.emit(Trial(ref=Ref("proof", uuid4(), "x")))
            raise AbandonedError
    assert await house.count("core_journal", member.space) == 0
    assert await house.count("core_versions", member.space) == 0


async def test_news_is_written_in_the_actions_own_transaction(house: House) -> None:
    member = await house.member()
    ref = Ref("proof", uuid4(), "a proof")
    async with house.write(member) as ctx:
        ctx.emit(Trial(ref=ref, before={"a": 1}, after={"a": 2}))
    (row,) = await house.read(member).db.rows(text("SELECT * FROM core_journal"))
    assert row["kind"] == "proofs.tried"
    assert (row["space_id"], row["actor_id"]) == (member.space.id, member.user_id)
    assert (row["ref_kind"], row["ref_id"], row["label"]) == ("proof", ref.id, "a proof")
    assert (row["before"], row["after"]) == ({"a": 1}, {"a": 2})
    assert await house.read(member).db.scalar(text("SELECT version FROM core_versions")) == 1


async def test_the_commit_happens_before_the_response(
    app: FastAPI, house: House, database_url: str
) -> None:
    """When the first byte of the answer is sent, another connection sees the row."""
    member = await house.member()
    name = f"Shelf {uuid4().hex}"
    seen: list[tuple[int, int]] = []

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        async def forward(message: Message) -> None:
            if message["type"] == "http.response.start":
                async with await psycopg.AsyncConnection.connect(database_url) as other:
                    found = await other.execute(
                        "SELECT count(*) FROM library_libraries WHERE name = %s", (name,)
                    )
                    (count,) = await found.fetchone() or (0,)
                    seen.append((message["status"], count))
            await send(message)

        await app(scope, receive, forward)

    async with AsyncClient(
        transport=ASGITransport(app=watched),
        base_url="http://test",
        cookies=member.client.cookies,
        headers=member.client.headers,
    ) as client:
        answer = await client.post("/api/v1/libraries", json={"name": name, "kind": "movies"})
    assert answer.status_code == 201, answer.text
    assert seen == [(201, 1)]


FAILS_AT_COMMIT = """
CREATE FUNCTION {0}() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'refused at the end'; END $$;
CREATE CONSTRAINT TRIGGER {0} AFTER INSERT ON library_libraries DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.name = '{0}') EXECUTE FUNCTION {0}()
"""


async def test_a_failing_commit_is_no_success(house: House, database_url: str) -> None:
    """Nobody is told of a write that the database refused at its end."""
    member = await house.member()
    name = f"broken_{uuid4().hex[:8]}"
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as owner:
        await owner.execute(FAILS_AT_COMMIT.format(name).encode())
        try:
            answer = await member.client.post(
                "/api/v1/libraries", json={"name": name, "kind": "movies"}
            )
        finally:
            await owner.execute(f"DROP FUNCTION {name} CASCADE".encode())
    assert answer.status_code == 500, answer.text
    assert answer.json()["error"]["code"] == "internal_error"
    assert await house.count("library_libraries", member.space) == 0
    assert await house.count("core_journal", member.space) == 0
