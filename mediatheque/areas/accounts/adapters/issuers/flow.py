"""What somebody takes along to an issuer and back, and what an issuer can do."""

from __future__ import annotations

import base64
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

import orjson
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from mediatheque.areas.accounts.rules.links import FLOW_SECONDS, IssuerError, local_path
from mediatheque.kit.crypto import same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mediatheque.areas.accounts.adapters.issuers.declared import Declared
    from mediatheque.areas.accounts.rules.links import Identity

_BYTES = 32


@dataclass(frozen=True, slots=True)
class Flow:
    """One sign-in on its way, kept in a cookie that only its browser has.

    ``state`` binds the answer to the browser, ``nonce`` the ID token to the question, and the
    ``verifier`` the code to whoever asked for it (RFC 7636): a code that is caught on the way, or
    slipped to somebody else, is worth nothing without the cookie.
    """

    provider: str
    state: str
    nonce: str
    verifier: str
    next: str
    is_link: bool
    began: int

    @classmethod
    def begin(cls, provider: str, *, next_path: str | None, is_link: bool) -> Flow:
        """New secrets for one way there and back."""
        state, nonce, verifier = (secrets.token_urlsafe(_BYTES) for _ in range(3))
        began = int(datetime.now(UTC).timestamp())
        return cls(provider, state, nonce, verifier, local_path(next_path), is_link, began)

    @classmethod
    def read(cls, cookie: str | None) -> Flow | None:
        """From the cookie; None when it is none of ours or too old."""
        try:
            padded = (cookie or "") + "=" * (-len(cookie or "") % 4)
            values: Any = orjson.loads(base64.urlsafe_b64decode(padded))
            found = cls(**values)
            age = datetime.now(UTC).timestamp() - found.began
        except (ValueError, TypeError):
            return None
        return found if 0 <= age <= FLOW_SECONDS else None

    def write(self) -> str:
        """For the cookie."""
        return base64.urlsafe_b64encode(orjson.dumps(asdict(self))).rstrip(b"=").decode()

    @property
    def challenge(self) -> str:
        """What the issuer is shown of the verifier: its SHA-256."""
        return str(create_s256_code_challenge(self.verifier))

    def code_of(self, answer: Mapping[str, str]) -> str:
        """The code of an answer that belongs to this flow; IssuerError for any other."""
        if not same(answer.get("state", ""), self.state):
            raise IssuerError("expired", "the answer belongs to no question of this browser")
        if "error" in answer:
            code = "cancelled" if answer["error"] == "access_denied" else "not_trusted"
            raise IssuerError(code, f"the issuer answered {answer['error'][:80]!r}")
        if not answer.get("code"):
            raise IssuerError("not_trusted", "the answer has no code")
        return answer["code"]


class Issuer(Protocol):
    """Somebody who vouches for people."""

    declared: Declared

    async def address(self, flow: Flow, callback: str) -> str:
        """Where to send the browser; IssuerError."""
        ...

    async def identity(self, flow: Flow, callback: str, answer: Mapping[str, str]) -> Identity:
        """Whom the answer vouches for, after all checks; IssuerError."""
        ...
