"""Issuers, and a house that lets people in by them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from asgi_lifespan import LifespanManager

from mediatheque.kit.db import Database
from mediatheque.main import create_app
from tests.accounts.conftest import PASSWORD
from tests.accounts.outside.abroad import AUTH, browser
from tests.accounts.outside.issuer import CLIENT, SECRET, lying_issuer, real_issuer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from fastapi import FastAPI
    from httpx import AsyncClient

    from mediatheque.areas.accounts.schemas import UserRead
    from mediatheque.core.settings import Settings
    from tests.accounts.outside.issuer import Liar


@pytest.fixture(scope="session")
def real() -> Iterator[str]:
    with real_issuer() as url:
        yield url


@pytest.fixture(scope="session")
def shared_liar() -> Iterator[Liar]:
    with lying_issuer() as made:
        yield made


@pytest.fixture
def liar(shared_liar: Liar) -> Liar:
    """The issuer, honest until it is told otherwise."""
    for name in ("claims", "about", "token", "user", "answers"):
        setattr(shared_liar, name, {})
    shared_liar.signed, shared_liar.emails = "right", []
    return shared_liar


@pytest.fixture(scope="session")
def secret_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client's secret as an orchestrator mounts it."""
    path: Path = tmp_path_factory.mktemp("secrets") / "client"
    path.write_text(f"{SECRET}\n")
    return path


@pytest.fixture(scope="session")
async def world(  # noqa: PLR0917  (fixtures)
    app: FastAPI,
    settings: Settings,
    database_url: str,
    real: str,
    shared_liar: Liar,
    secret_file: Path,
) -> AsyncIterator[FastAPI]:
    """The same house with five issuers."""
    client = {"client_id": CLIENT, "allow_private": True}
    declared = [
        {"name": "real", "label": "Real", "issuer": real, "client_secret": "x", **client},
        {
            "name": "open",
            "issuer": real,
            "client_secret": "x",
            "creates_accounts": True,
            "trusts_email": True,
            **client,
        },
        {
            "name": "liar",
            "issuer": shared_liar.url,
            "client_secret_file": str(secret_file),
            **client,
        },
        {
            "name": "github",
            "kind": "github",
            "issuer": shared_liar.url,
            "client_secret": SECRET,
            "domains": ["test.example"],
            **client,
        },
        {"name": "closed", "issuer": "https://127.0.0.1:1", "client_id": CLIENT},
    ]
    chosen = settings.model_copy(update={"issuers": json.dumps(declared)})
    made = create_app(chosen, Database(database_url))
    async with LifespanManager(made):
        yield made


@pytest.fixture
async def visitor(world: FastAPI) -> AsyncIterator[AsyncClient]:
    async with browser(world) as client:
        yield client


@pytest.fixture
async def member(world: FastAPI, user: UserRead) -> AsyncIterator[AsyncClient]:
    async with browser(world) as client:
        answer = await client.post(
            f"{AUTH}/login", json={"email": user.email, "password": PASSWORD}
        )
        client.headers["x-csrf-token"] = answer.json()["csrf_token"]
        yield client
