"""A source of streams on loopback: playlists, segments, a stream without end."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MASTER = """#EXTM3U
#EXT-X-VERSION:6
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Deutsch",URI="audio/de.m3u8?key=secret"
#EXT-X-STREAM-INF:BANDWIDTH=800000,AUDIO="a"
low/index.m3u8?key=secret
"""
MEDIA = """#EXTM3U
#EXT-X-TARGETDURATION:2
#EXT-X-MAP:URI="init.mp4"
#EXT-X-KEY:METHOD=AES-128,URI="/keys/1",IV=0x1
#EXTINF:2.0,
0001.ts
#EXT-X-ENDLIST
"""


@dataclass(slots=True)
class Source:
    """What it serves by path, and what it was asked."""

    base: str
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def put(self, path: str, body: bytes | str, kind: str = "application/octet-stream") -> str:
        """Serve something; answers its address."""
        self.files[path] = (kind, body.encode() if isinstance(body, str) else body)
        return self.base + path


@contextmanager
def source() -> Iterator[Source]:
    """A source that runs as long as the block."""
    holder: list[Source] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made = holder[0]
            path = self.path.split("?", 1)[0]
            made.asked.append((self.path, self.headers.get("Range", "")))
            if path not in made.files:
                self.send_error(404)
                return
            kind, body = made.files[path]
            status = 200
            wanted = self.headers.get("Range", "")
            if wanted.startswith("bytes="):
                first, last = wanted[6:].split("-")
                body = body[int(first) : int(last) + 1 if last else None]
                status = 206
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    holder.append(Source(f"http://127.0.0.1:{server.server_address[1]}"))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield holder[0]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
