"""The real application on a real PostgreSQL, a database per test process, a space per test."""

from __future__ import annotations

import os
import re
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
import pytest_asyncio
import structlog
from asgi_lifespan import LifespanManager
from httpx import ASGITransport, AsyncClient

from mediatheque.core.migrate import upgrade
from mediatheque.core.settings import Settings
from mediatheque.kit import memory
from mediatheque.kit.db import Database
from mediatheque.kit.postgres import temporary_postgres
from mediatheque.main import create_app
from tests.house import House

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from fastapi import FastAPI

# Rich would draw every frame of an expected fault, for seconds.
PLAIN = structlog.dev.ConsoleRenderer(
    colors=False, exception_formatter=structlog.dev.plain_traceback
)
structlog.configure(processors=[structlog.processors.add_log_level, PLAIN])


def pytest_collection_finish() -> None:
    """Settle as the product does once it has loaded: less time goes into looking for garbage."""
    memory.settle()


def named(url: str, database: str) -> str:
    """The same server, another database."""
    return re.sub(r"/[^/?]+(\?|$)", rf"/{database}\1", url, count=1) if "@/" in url else url


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """One PostgreSQL of each test process, on a throw-away folder."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with temporary_postgres() as server:
        yield server.url()


@pytest.fixture(scope="session")
def database_url(server_url: str) -> Iterator[str]:
    """A migrated database of this test process."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    url = named(server_url, name)
    upgrade(url)
    yield url
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the tested house; limits high enough not to disturb other tests."""
    return Settings(
        DATABASE_URL=database_url,
        data=tmp_path_factory.mktemp("data"),
        sign_in_per_minute=10_000,
        second_factor_per_minute=10_000,
        pins_per_minute=10_000,
        requests_per_minute=1_000_000,
        reads_per_minute=1_000_000,
        writes_per_minute=1_000_000,
        searches_per_minute=1_000_000,
        uploads_per_minute=1_000_000,
        exports_per_minute=1_000_000,
        session_lists_per_minute=1_000_000,
        sign_outs_per_minute=1_000_000,
        sign_outs_everywhere_per_minute=1_000_000,
        allow_private_fetch=False,
    )


@pytest_asyncio.fixture(scope="session")
async def database(database_url: str) -> AsyncIterator[Database]:
    """The pools of the tested process; the application opens and closes them."""
    yield Database(database_url)


@pytest_asyncio.fixture(scope="session")
async def app(settings: Settings, database: Database) -> AsyncIterator[FastAPI]:
    """The whole application with its lifespan running."""
    made = create_app(settings, database)
    async with LifespanManager(made):
        yield made


@pytest_asyncio.fixture
async def anonymous(app: FastAPI) -> AsyncIterator[AsyncClient]:
    """A client who is nobody."""
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


@pytest_asyncio.fixture
async def house(app: FastAPI, database: Database) -> AsyncIterator[House]:
    """Factories of spaces, members and signed-in clients; each test has spaces of its own."""
    made = House(app, database)
    yield made
    await made.close()


SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files beside the checkout; absent in a plain clone."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real files is not here")
    return SHARED
