"""The port the web process will listen on, seen from outside."""

from __future__ import annotations

import errno
import socket
import time

LEFTOVER_SECONDS = 3.0
ANY = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - names, no bind


class PortError(RuntimeError):
    """The port cannot be used; the message says what to do."""


def ensure_free(host: str, port: int, patience: float = LEFTOVER_SECONDS) -> None:
    """Refuse a port that stays taken; one of a killed run is let go within moments."""
    until = time.monotonic() + patience
    while True:
        try:
            _try(host, port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise PortError(
                    f"Cannot listen on {host} port {port}: {error.strerror}."
                ) from error
            if time.monotonic() > until:
                raise PortError(
                    f"Port {port} is taken by another program. Choose a free one, for example: "
                    f"MEDIATHEQUE_PORT={port + 1} make run"
                ) from error
            time.sleep(0.05)
        else:
            return


def _try(host: str, port: int) -> None:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)


def answers(host: str, port: int, path: str, seconds: float = 1.0) -> bool:
    """Tell whether ``GET path`` is answered with 200; plain sockets, as the caller stays small."""
    try:
        with socket.create_connection((ANY.get(host, host), port), timeout=seconds) as connection:
            connection.sendall(f"GET {path} HTTP/1.0\r\nHost: {host}:{port}\r\n\r\n".encode())
            return b" 200 " in connection.recv(64).split(b"\r\n", 1)[0]
    except OSError:
        return False
