from __future__ import annotations

from typing import TYPE_CHECKING

import pytest_asyncio

from tests.house import House
from tests.isolation.rows import LivedIn, live_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import FastAPI

    from mediatheque.kit.db import Database
    from tests.house import Member


@pytest_asyncio.fixture
async def home(house: House) -> LivedIn:
    """A space with a row in every table, of this test alone."""
    return await live_in(house)


@pytest_asyncio.fixture(scope="session")
async def settled(app: FastAPI, database: Database) -> AsyncIterator[LivedIn]:
    """The same for all tests that prove that nothing of it changes."""
    house = House(app, database)
    yield await live_in(house)
    await house.close()


@pytest_asyncio.fixture
async def stranger(house: House) -> Member:
    """An owner, so that no permission is lacking: of another space."""
    return await house.member()
