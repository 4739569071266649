"""The authorization matrix: every operation of the document, asked by everybody.

What each answer must be follows from the contexts that the route takes and from what its calls
declare, never from an answer. Refused writes change nothing in any table; what is allowed is done
and undone, so that the order plays no part.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from asgi_lifespan import LifespanManager
from sqlalchemy import text

from mediatheque.core.models import Base
from mediatheque.main import create_app
from tests.house import House
from tests.isolation.operations import operations
from tests.isolation.rows import LivedIn, live_in
from tests.security.people import Caller, Door, Rehearsal
from tests.security.routes import NO_ROUTE_OF_AN_AREA, Asked, asked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from httpx import Response

    from mediatheque.core.settings import Settings

REFUSED = {"not_signed_in", "not_allowed", "no_space"}
"""Codes that nobody gets who may."""

FOR_PEOPLE = {"session_needed"}
"""What a key is told where only a signed-in person may."""

EITHER: dict[str, str] = {}
"""Operations whose calls declare more than one request makes, with the reason."""

UNLIKE: dict[str, str] = {
    "accounts_credentials": "to_jsonb(t) - 'last_seen_at' - 'expires_at'",
}
"""What of a row is compared where requests leave traces: when a session was last seen."""

ONLY: dict[str, str] = {"core_journal": "outcome = 'succeeded'"}
"""Refusals are noted in the journal; news would be wrong."""

QUEUE = "procrastinate_jobs"
"""A refused write enqueues nothing either."""

IGNORED = {
    "core_seals": "seals are put on by a job, also on refusals",
}


@dataclass
class Matrix:
    """Everything that the cells need."""

    home: LivedIn
    database: Rehearsal
    callers: list[Caller]
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def fingerprint(self) -> dict[str, tuple[int, Any]]:
        """Rows and a sum over the contents of every table."""
        pieces = [
            f"SELECT '{name}' AS name, count(*) AS rows, "  # noqa: S608  (our own names)
            f"sum(hashtextextended(({UNLIKE.get(name, 'to_jsonb(t)')})::text, 0)) AS sum "
            f"FROM {name} t WHERE {ONLY.get(name, 'true')}"
            for name in (*sorted(Base.metadata.tables), QUEUE)
            if name not in IGNORED
        ]
        found: dict[str, tuple[int, Any]] = {}
        async with self.database.engine.connect() as connection:
            await connection.execute(text("RESET ROLE"))
            for row in await connection.execute(text(" UNION ALL ".join(pieces))):
                found[row.name] = (row.rows, row.sum)
            await connection.rollback()
        return found


@pytest_asyncio.fixture(scope="session")
async def matrix(settings: Settings, request: pytest.FixtureRequest) -> AsyncIterator[Matrix]:
    database = Rehearsal(settings.database_url)
    app = create_app(settings, database)
    # Answers that stay open end at once.
    app.state.client.stopping.set()
    async with LifespanManager(app):
        house = House(app, database)
        home = await live_in(house)
        made = Matrix(home, database, await Door(app, database, home).everybody())
        yield made
        for caller in made.callers:
            await caller.client.aclose()
        await house.close()
    reporter = request.config.pluginmanager.getplugin("terminalreporter")
    if reporter is not None and made.counts:
        reporter.write_line("")
        for line in told(made):
            reporter.write_line(line)


def told(matrix: Matrix) -> list[str]:
    """The counts, for people."""
    cells = sum(matrix.counts.values())
    size = f"{len(asked())} operations × {len(matrix.callers)} callers"
    lines = [f"Authorization matrix: {size} = {cells} answers, each as declared"]
    for wanted in ("401", "403", "404", "passes"):
        each = {name: n for (name, one), n in sorted(matrix.counts.items()) if one == wanted}
        lines.append(
            f"  {wanted:>6}: {sum(each.values()):5}  "
            + ", ".join(f"{name} {n}" for name, n in each.items())
        )
    return lines


def expected(one: Asked, caller: Caller) -> str:
    """The status that a caller must get, or ``passes``."""
    wanted = "passes"
    if caller.kind == "invalid":
        wanted = "passes" if one.audience == "open" else "401"
    elif one.audience == "admin":
        if caller.kind != "admin":
            wanted = "401"
        elif one.needs - caller.grants:
            wanted = "403"
    elif caller.kind in {"nobody", "admin"}:
        wanted = "401" if one.is_signed_in else "passes"
    elif caller.kind == "stranger":
        wanted = "404" if one.is_in_space else "passes"
    elif one.needs - caller.grants:
        wanted = "403"
    return wanted


def code_of(answer: Response) -> str:
    """The code of a refusal, in our envelope or in that of OAuth (RFC 6749, 5.2)."""
    error = answer.json()["error"]
    return error if isinstance(error, str) else str(error["code"])


def complaint(one: Asked, caller: Caller, wanted: str, answer: Response) -> str | None:
    """What is wrong with an answer; None if it is as it must be."""
    status = answer.status_code
    code = "" if status < 400 else code_of(answer)
    found = None
    if status >= 500:
        found = "a fault"
    elif status == 422:
        found = "no proof: say in BODIES of tests/isolation/operations.py what fits"
    elif wanted != "passes":
        found = None if str(status) == wanted else f"must be {wanted}"
    elif code in FOR_PEOPLE and caller.kind in {"key", "keyless"}:
        found = None
    elif code in REFUSED:
        found = "is allowed, and refused"
    elif not {str(status), f"{status // 100}XX"} & one.statuses:
        found = "an undocumented status"
    return found and f"{found}: {status} {code} {answer.text[:300]}"


def test_no_operation_is_unlisted() -> None:
    listed = {one.id for one in asked()}
    assert {one.id for one in operations()} <= listed
    assert len(listed) == len(asked()), "operation ids are unique"
    open_ones = {one.id for one in asked() if one.audience == "open"} - NO_ROUTE_OF_AN_AREA
    needing = {one.id for one in asked() if one.id in open_ones and one.needs}
    assert needing == set(), "a permission needs a context that knows who asks"


def test_the_expectations_are_not_empty_by_mistake() -> None:
    kinds = {one.audience for one in asked()}
    assert {"app", "open"} <= kinds
    assert len([one for one in asked() if one.needs]) > 60
    assert len([one for one in asked() if one.is_in_space]) > 60
    assert len([one for one in asked() if one.is_write and one.needs]) > 30


@pytest.mark.parametrize("one", asked(), ids=lambda one: one.id)
async def test_everybody_gets_what_is_declared(matrix: Matrix, one: Asked) -> None:
    plan = [(caller, expected(one, caller)) for caller in matrix.callers]
    address = one.address(matrix.home)
    wrong: dict[str, list[str]] = {}
    before = await matrix.fingerprint() if one.is_write else {}
    for keeps in (True, False):
        matrix.database.keeps = keeps
        for caller, wanted in plan:
            if (wanted != "passes") != keeps:
                continue
            answer = await one.operation.call(caller.client, matrix.home, address)
            caller.client.cookies.jar.clear_expired_cookies()
            found = complaint(one, caller, wanted, answer)
            if found and not (one.id in EITHER and answer.status_code < 500):
                wrong.setdefault(re.sub(r'"request_id".*', "", found), []).append(caller.name)
            matrix.counts[caller.name, wanted] += 1
        if keeps and one.is_write:
            after = await matrix.fingerprint()
            changed = [name for name in after if after[name] != before[name]]
            if changed:
                wrong[f"refused, and yet changed: {changed}"] = []
    matrix.database.keeps = True
    if wrong:
        needs = ", ".join(sorted(one.needs)) or "nothing"
        lines = [f"{', '.join(names)}: {what}" for what, names in wrong.items()]
        pytest.fail(f"{one.id} (needs {needs}):\n  " + "\n  ".join(lines), pytrace=False)
