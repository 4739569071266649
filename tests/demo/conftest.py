from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
import pytest
import pytest_asyncio
from asgi_lifespan import LifespanManager

from mediatheque.core.migrate import upgrade
from mediatheque.core.settings import Settings
from mediatheque.demo.story import Told, tell
from mediatheque.kit.db import Database
from mediatheque.main import create_app
from tests.conftest import named

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import FastAPI


@dataclass(frozen=True, slots=True)
class Telling:
    """A house of its own in which the world was told once."""

    app: FastAPI
    database: Database
    settings: Settings
    told: Told
    seconds: float


@pytest_asyncio.fixture(scope="session")
async def telling(
    server_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Telling]:
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    url = named(server_url, name)
    upgrade(url)
    database = Database(url)
    data = tmp_path_factory.mktemp("demo")
    settings = Settings(DATABASE_URL=url, data=data, sign_in_per_minute=1000)
    app = create_app(settings, database)
    async with LifespanManager(app):
        began = time.monotonic()
        told = await tell(database, settings)
        yield Telling(app, database, settings, told, time.monotonic() - began)
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
