"""Sign-in with GitHub: OAuth 2.0 and its API; it issues no ID tokens to applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mediatheque.areas.accounts.adapters.issuers.asking import get, redeem
from mediatheque.areas.accounts.adapters.issuers.declared import GITHUB
from mediatheque.areas.accounts.rules.links import Identity, IssuerError
from mediatheque.kit.later import Later

if TYPE_CHECKING:
    from collections.abc import Mapping

    from authlib.oauth2.rfc6749 import parameters

    from mediatheque.areas.accounts.adapters.issuers.declared import Declared
    from mediatheque.areas.accounts.adapters.issuers.flow import Flow
    from mediatheque.kit.http import Fetcher
else:
    parameters = Later("authlib.oauth2.rfc6749.parameters")

API: Final = "https://api.github.com"
SCOPES: Final = ("read:user", "user:email")


class GitHub:
    """github.com, or an own server of it (whose API is below ``/api/v3``)."""

    def __init__(self, declared: Declared, fetcher: Fetcher) -> None:
        self.declared = declared
        self._fetcher = fetcher
        self._home = declared.home
        own = API if self._home == GITHUB else f"{self._home}/api/v3"
        self._api = (declared.api or own).rstrip("/")

    async def address(self, flow: Flow, callback: str) -> str:
        """GitHub's page with the question."""
        return str(
            parameters.prepare_grant_uri(
                f"{self._home}/login/oauth/authorize",
                self.declared.client_id,
                "code",
                redirect_uri=callback,
                scope=" ".join(dict.fromkeys([*SCOPES, *self.declared.scopes])),
                state=flow.state,
                code_challenge=flow.challenge,
                code_challenge_method="S256",
            )
        )

    async def identity(self, flow: Flow, callback: str, answer: Mapping[str, str]) -> Identity:
        """Exchange the code, and ask the API whose it is: the number, which names never change."""
        token = await redeem(
            self._fetcher,
            self.declared,
            f"{self._home}/login/oauth/access_token",
            "client_secret_post",
            {
                "grant_type": "authorization_code",
                "code": flow.code_of(answer),
                "redirect_uri": callback,
                "code_verifier": flow.verifier,
            },
        )
        bearer = token["access_token"]
        user = await get(self._fetcher, f"{self._api}/user", bearer)
        emails = await get(self._fetcher, f"{self._api}/user/emails", bearer)
        if not isinstance(user, dict) or not isinstance(user.get("id"), int):
            raise IssuerError("not_trusted", "GitHub names nobody")
        email = _primary(emails)
        return Identity(
            provider=self.declared.name,
            issuer=self._home,
            subject=str(user["id"]),
            email=email,
            is_email_verified=email is not None,
            name=str(user.get("name") or user.get("login") or "")[:200],
        )


def _primary(emails: object) -> str | None:
    """The verified primary address."""
    for one in emails if isinstance(emails, list) else ():
        if isinstance(one, dict) and one.get("primary") is True and one.get("verified") is True:
            return str(one.get("email") or "") or None
    return None
