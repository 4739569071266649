"""A house of one's own where a test needs it empty or strict, and people with passwords."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg
import pytest
from asgi_lifespan import LifespanManager
from httpx import ASGITransport, AsyncClient

from mediatheque.areas.accounts.actions.users import create_user
from mediatheque.core.edge import write_context
from mediatheque.core.migrate import upgrade
from mediatheque.kit import crypto
from mediatheque.kit.db import Database
from mediatheque.main import create_app
from tests.conftest import named

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from contextlib import AbstractAsyncContextManager

    from mediatheque.areas.accounts.schemas import UserRead
    from mediatheque.core.settings import Settings

    OpenHouse = Callable[..., AbstractAsyncContextManager[AsyncClient]]

PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def password_hash() -> str:
    """One hash for everybody: it takes its time."""
    return crypto._passwords.hash(PASSWORD)  # noqa: SLF001  (without an event loop)


@pytest.fixture
async def user(database: Database, password_hash: str) -> UserRead:
    """A user with a password and no space."""
    async with write_context(database, across=True) as context:
        return await create_user(
            context,
            email=f"{uuid4().hex[:10]}@Test.example",
            name="Ada",
            password_hash=password_hash,
        )


@asynccontextmanager
async def open_house(settings: Settings, database: Database) -> AsyncIterator[AsyncClient]:
    """A client of an application of its own."""
    app = create_app(settings, database)
    async with (
        LifespanManager(app),
        AsyncClient(
            transport=ASGITransport(app=app, raise_app_exceptions=False), base_url="http://test"
        ) as client,
    ):
        yield client


@pytest.fixture
async def strict(settings: Settings, database_url: str) -> AsyncIterator[AsyncClient]:
    """The same house with three tries a minute."""
    chosen = settings.model_copy(update={"sign_in_per_minute": 3, "second_factor_per_minute": 3})
    async with open_house(chosen, Database(database_url)) as client:
        yield client


@pytest.fixture
def empty_url(server_url: str) -> Iterator[str]:
    """A migrated database without anybody."""
    name = f"test_{uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    url = named(server_url, name)
    upgrade(url)
    yield url
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
