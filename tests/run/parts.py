"""A small product for the supervisor: programs that behave like its parts.

Run as ``python parts.py serve [--with-parent]``: the real ``serve`` with this file's own web,
worker, migrate and demo in place of the product's, so that a test costs little.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

NOTES = Path(os.environ.get("NOTES", "."))


def note(name: str) -> None:
    """Tell the test that something ran: one line with the process id."""
    with (NOTES / name).open("a") as notes:
        notes.write(f"{os.getpid()}\n")


class Ready(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ready")

    def log_message(self, *_: object) -> None:
        pass


def web() -> None:
    note("web")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    HTTPServer(("127.0.0.1", int(os.environ["MEDIATHEQUE_PORT"])), Ready).serve_forever()


def worker() -> None:
    note("worker")
    if os.environ.get("DEAF"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(1)


def main() -> None:
    what, *rest = sys.argv[1:]
    if what == "serve":
        from mediatheque.cli import serve  # noqa: PLC0415 - the parts themselves stay small

        serve.STOP_SECONDS = 2.0
        itself = str(Path(__file__).resolve())
        commands = {name: (itself, name) for name in serve.COMMANDS}
        sys.exit(serve.run(with_parent="--with-parent" in rest, commands=commands))
    if what in {"web", "worker"}:
        {"web": web, "worker": worker}[what]()
    note(what)
    sys.exit(int(os.environ.get(f"{what.upper()}_CODE", "0")))


if __name__ == "__main__":
    main()
