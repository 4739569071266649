"""The real web process stops at once, however many listen."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.house import House


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture
async def process(database_url: str, unused: int) -> AsyncIterator[asyncio.subprocess.Process]:
    made = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "mediatheque.main",
        env={**os.environ, "DATABASE_URL": database_url, "MEDIATHEQUE_PORT": str(unused)},
        stderr=asyncio.subprocess.DEVNULL,
    )
    yield made
    if made.returncode is None:
        made.kill()
    await made.wait()


@pytest.fixture
def unused() -> int:
    return free_port()


async def ready(client: httpx.AsyncClient) -> None:
    for _ in range(300):
        try:
            if (await client.get("/health/ready")).status_code == httpx.codes.OK:
                return
        except httpx.ConnectError:
            await asyncio.sleep(0.05)
    pytest.fail("the web process does not answer")


async def test_sigterm_ends_streams_and_the_process(
    house: House, process: asyncio.subprocess.Process, unused: int
) -> None:
    member = await house.member()
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{unused}",
        cookies=member.client.cookies,
        headers={"x-space": member.space.slug},
    ) as client:
        await ready(client)
        async with client.stream("GET", "/api/v1/events") as stream:
            assert stream.status_code == 200
            lines = stream.aiter_lines()
            assert await anext(lines) == "retry: 2000"
            process.send_signal(signal.SIGTERM)
            assert [line async for line in lines if line] == []
        assert await asyncio.wait_for(process.wait(), 5) == 0
