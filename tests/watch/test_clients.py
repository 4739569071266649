"""Real players on a real server: ffmpeg and VLC play a channel for five seconds."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from ipytv import playlist as parser

from tests.security.servers import web_processes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.house import House

SECONDS = 5
needs_ffmpeg = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
needs_vlc = pytest.mark.skipif(not shutil.which("cvlc"), reason="VLC is not installed")


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    extensions_map = {".m3u8": "application/vnd.apple.mpegurl", ".ts": "video/mp2t"}  # noqa: RUF012  (the library's form)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def film(tmp_path: Path) -> Iterator[str]:
    """Twelve seconds of a test picture with a tone, as HLS on loopback."""
    subprocess.run(
        [
            *("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=160x90:rate=25"),
            *("-f", "lavfi", "-i", "sine=frequency=440", "-t", "12"),
            *("-c:v", "mpeg2video", "-g", "25", "-c:a", "mp2", "-f", "hls"),
            *("-hls_time", "2", "-hls_list_size", "0", str(tmp_path / "index.m3u8")),
        ],
        check=True,
        timeout=60,
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/index.m3u8"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
async def playlist(
    house: House, film: str, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Any:  # noqa: ANN401  (an iterator of the address)
    """The address of a player's playlist on a running house."""
    owner = await house.member()
    folder = tmp_path_factory.mktemp("played")
    with web_processes(1, database_url, folder, MEDIATHEQUE_ALLOW_PRIVATE_FETCH="1") as found:
        async with httpx.AsyncClient(
            base_url=found[0],
            cookies=dict(owner.client.cookies),
            headers={
                "x-space": owner.space.slug,
                "x-csrf-token": owner.client.headers["x-csrf-token"],
            },
            timeout=30,
        ) as client:
            body = {"name": "Test", "stream_url": film}
            assert (await client.post("/api/v1/channels", json=body)).status_code == 201
            made = await client.post("/api/v1/guide-tokens", json={"name": "Player"})
            assert made.status_code == 201, made.text
            yield made.json()["playlist_url"]


async def run(*command: str) -> subprocess.CompletedProcess[str]:
    return await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, timeout=60, check=False
    )


@needs_ffmpeg
async def test_ffmpeg_plays(playlist: str) -> None:
    async with httpx.AsyncClient() as client:
        listed = parser.loads((await client.get(playlist)).text)
    address = next(iter(listed.get_channels())).url
    told = await run(
        *("ffmpeg", "-v", "error", "-stats", "-i", address, "-t", str(SECONDS), "-f", "null", "-")
    )
    assert told.returncode == 0, told.stderr
    frames = [line for line in told.stderr.replace("\r", "\n").splitlines() if "frame=" in line]
    assert int(frames[-1].split("frame=")[1].split()[0]) >= SECONDS * 25 - 1


def open_folder() -> Path:
    """A folder that anybody may write into."""
    made = Path(tempfile.mkdtemp(prefix="mediatheque-vlc-"))
    made.chmod(0o777)
    return made


@needs_ffmpeg
@needs_vlc
async def test_vlc_opens_the_playlist_and_plays(playlist: str) -> None:
    # VLC refuses to run as root; whoever runs it instead has a folder of its own.
    other = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    kept = open_folder()
    out = kept / "out.ts"
    told = await run(
        *other,
        *("env", f"HOME={kept}", "cvlc", "-I", "dummy", "--play-and-exit"),
        *(f"--stop-time={SECONDS}", "--sout", f"#std{{access=file,mux=ts,dst={out}}}", playlist),
        "vlc://quit",
    )
    assert out.exists(), told.stderr[-2000:]
    probe = await run(
        *("ffmpeg", "-v", "error", "-stats", "-i", str(out), "-f", "null", "-"),
    )
    frames = [line for line in probe.stderr.replace("\r", "\n").splitlines() if "frame=" in line]
    assert frames, told.stderr[-2000:] + probe.stderr
    assert int(frames[-1].split("frame=")[1].split()[0]) >= (SECONDS - 1) * 25
    shutil.rmtree(kept, ignore_errors=True)
