"""What commands do to people whom nobody else can help."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from mediatheque.cli.app import app as commands
from tests.accounts.test_second_factor import ask, enrol, fresh
from tests.accounts.test_sign_in import sign_in

if TYPE_CHECKING:
    from fastapi import FastAPI

    from mediatheque.areas.accounts.schemas import UserRead
    from mediatheque.kit.db import Database


async def call(*words: str) -> str:
    """Run a command in a thread of its own: it has an event loop of its own."""
    result = await asyncio.to_thread(CliRunner().invoke, commands, list(words))
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)


@pytest.mark.usefixtures("app")
async def test_a_role_of_the_house_is_given_at_the_machine(
    user: UserRead, database: Database
) -> None:
    for role, kept in (("operator", "operator"), ("none", None)):
        assert role in await call("user", "role", "--email", user.email, "--role", role)
        found = await database.across().scalar(
            text("SELECT instance_role FROM accounts_users WHERE id = :id").bindparams(id=user.id)
        )
        assert found == kept


async def test_who_lost_the_second_factor_is_let_in(app: FastAPI, user: UserRead) -> None:
    async with fresh(app) as browser:
        await sign_in(browser, user.email)
        await enrol(browser)
        await call("user", "reset-second-factor", "--email", user.email)
        assert (await browser.get("/api/v1/auth/session")).status_code == 401
        await sign_in(browser, user.email)
        await enrol(browser)
        assert (await ask(browser, user))["methods"]


async def test_an_unknown_address_is_said(user: UserRead) -> None:
    words = ["user", "role", "--email", f"x{user.email}", "--role", "owner"]
    result = await asyncio.to_thread(CliRunner().invoke, commands, words)
    assert result.exit_code == 1
    assert "There is no user" in result.output
