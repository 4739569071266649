from __future__ import annotations

from typing import TYPE_CHECKING

import pytest_asyncio

from tests.library.stock import Stock

if TYPE_CHECKING:
    from uuid import UUID

    from tests.house import House, Member


@pytest_asyncio.fixture
async def owner(house: House) -> Member:
    return await house.member()


@pytest_asyncio.fixture
async def film(house: House, owner: Member) -> UUID:
    """A work in the owner's space."""
    async with house.write(owner) as ctx:
        return (await Stock(ctx).title("Nosferatu", year=1922)).id
