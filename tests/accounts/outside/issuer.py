"""Issuers of the tests: a real one in a process of its own, and one that can be told to lie.

The lying one does what an issuer must do (discovery, PKCE, one use of a code, client's secret)
and then changes what it is told to change, to see whether that is noticed.
"""

from __future__ import annotations

import base64
import hmac
import json
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT, SECRET = "mediatheque", "client s3cret"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def real_issuer() -> Iterator[str]:
    """``oidc-provider-mock`` as a program; answers its address."""
    port = free_port()
    program = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "oidc_provider_mock",
        "-p",
        str(port),
        "-n",
        "1",
    ]
    with subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError


@dataclass
class Liar:
    """What the other issuer says next."""

    claims: dict[str, Any] = field(default_factory=dict)
    """Put over the right claims; None takes one away."""
    about: dict[str, Any] = field(default_factory=dict)
    """Put over the discovery document."""
    signed: str = "right"
    token: dict[str, Any] = field(default_factory=dict)
    user: dict[str, Any] = field(default_factory=dict)
    emails: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    """Put over the parameters of the redirect back."""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, auto_kid=True))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/userinfo",
            **self.about,
        }

    def authorize(self, address: str) -> dict[str, str]:
        """What a person's consent gives: the parameters of the way back."""
        wanted = {name: one[0] for name, one in parse_qs(urlsplit(address).query).items()}
        assert wanted["response_type"] == "code"
        assert wanted["client_id"] == CLIENT
        assert wanted["code_challenge_method"] == "S256"
        code = f"code{len(self.codes)}"
        self.codes[code] = wanted
        return {"code": code, "state": wanted["state"], **self.answers}

    def redeem(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        wanted = self.codes.pop(form.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        is_client = authorization == f"Basic {basic}" or (
            form.get("client_id") == CLIENT and form.get("client_secret") == SECRET
        )
        if not is_client:
            return 401, {"error": "invalid_client"}
        if (
            wanted is None
            or form["redirect_uri"] != wanted["redirect_uri"]
            or create_s256_code_challenge(form["code_verifier"]) != wanted["code_challenge"]
        ):
            return 400, {"error": "invalid_grant"}
        token = {
            "access_token": "bearer1",
            "token_type": "Bearer",
            "id_token": self.id_token(wanted),
        }
        return 200, {k: v for k, v in {**token, **self.token}.items() if v is not None}

    def id_token(self, wanted: dict[str, str]) -> str:
        now = int(time.time())
        right = {
            "iss": self.url,
            "sub": "person-1",
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": wanted.get("nonce"),
            "email": "ada@test.example",
            "email_verified": True,
            "name": "Ada",
        }
        claims = {k: v for k, v in {**right, **self.claims}.items() if v is not None}
        if self.signed == "none":
            parts = [{"alg": "none"}, claims]
            return ".".join(_part(json.dumps(one).encode()) for one in parts) + "."
        if self.signed == "hmac":
            head = _part(json.dumps({"alg": "HS256", "kid": self.key.kid}).encode())
            said = f"{head}.{_part(json.dumps(claims).encode())}"
            public = self.key.as_pem(private=False)
            return f"{said}.{_part(hmac.digest(public, said.encode(), 'sha256'))}"
        other = RSAKey.generate_key(2048, auto_kid=True)
        chosen = other if self.signed == "other" else self.key
        return jwt.encode({"alg": "RS256", "kid": chosen.kid}, claims, chosen)


def _part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@contextmanager
def lying_issuer() -> Iterator[Liar]:
    """An issuer, and GitHub, on a free port."""
    liar = Liar()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            liar.asked.append(self.path)
            bearer = self.headers.get("authorization", "")
            pages: dict[str, Any] = {
                "/.well-known/openid-configuration": liar.discovery(),
                "/keys": KeySet([liar.key]).as_dict(private=False),
            }
            if bearer == "Bearer bearer1":
                pages |= {
                    "/userinfo": liar.user,
                    "/api/v3/user": liar.user,
                    "/api/v3/user/emails": liar.emails,
                }
            self._say(200 if self.path in pages else 404, pages.get(self.path, {}))

        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            sent = parse_qs(self.rfile.read(length).decode())
            form = {name: one[0] for name, one in sent.items()}
            self._say(*liar.redeem(form, self.headers.get("authorization", "")))

        def _say(self, status: int, body: object) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the same)
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    liar.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield liar
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def way_back(answer: dict[str, str]) -> str:
    """The query of the callback."""
    return urlencode(answer)
