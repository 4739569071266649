"""OpenID Connect Core 1.0, the code flow with PKCE, found by discovery."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from mediatheque.areas.accounts.adapters.issuers.asking import get, redeem
from mediatheque.areas.accounts.rules.links import Identity, IssuerError
from mediatheque.kit.later import Later

if TYPE_CHECKING:
    from collections.abc import Mapping

    from authlib.oauth2.rfc6749 import parameters
    from authlib.oidc import core as oidc
    from joserfc import errors, jwk, jwt

    from mediatheque.areas.accounts.adapters.issuers.declared import Declared
    from mediatheque.areas.accounts.adapters.issuers.flow import Flow
    from mediatheque.kit.http import Fetcher
else:
    parameters = Later("authlib.oauth2.rfc6749.parameters")
    oidc = Later("authlib.oidc.core")
    errors = Later("joserfc.errors")
    jwk = Later("joserfc.jwk")
    jwt = Later("joserfc.jwt")

ALGORITHMS: Final = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
)
"""Signatures by a private key. Never ``none``, and no HMAC: its key would be ours."""
SCOPES: Final = ("openid", "email", "profile")
LEEWAY: Final = 60
_KEPT: Final = 3600.0
_KEYS_AGAIN: Final = 60.0
"""Keys are asked for anew, when one is unknown, at most this often (seconds)."""
_NEEDED: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class OpenId:
    """An issuer with a discovery document. Keeps that and the keys for an hour."""

    def __init__(self, declared: Declared, fetcher: Fetcher) -> None:
        self.declared = declared
        self._fetcher = fetcher
        self._about: dict[str, Any] = {}
        self._about_at = -_KEPT
        self._keys: jwk.KeySet | None = None
        self._keys_at = -_KEPT

    async def address(self, flow: Flow, callback: str) -> str:
        """The authorization endpoint with the question."""
        about = await self._discover()
        return str(
            parameters.prepare_grant_uri(
                about["authorization_endpoint"],
                self.declared.client_id,
                "code",
                redirect_uri=callback,
                scope=" ".join(dict.fromkeys([*SCOPES, *self.declared.scopes])),
                state=flow.state,
                nonce=flow.nonce,
                code_challenge=flow.challenge,
                code_challenge_method="S256",
            )
        )

    async def identity(self, flow: Flow, callback: str, answer: Mapping[str, str]) -> Identity:
        """Exchange the code, and check the ID token (section 3.1.3.7)."""
        code = flow.code_of(answer)
        about = await self._discover()
        self._check_sender(about, answer)
        token = await redeem(
            self._fetcher,
            self.declared,
            about["token_endpoint"],
            _method(about, self.declared),
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": callback,
                "code_verifier": flow.verifier,
            },
        )
        claims = await self._claims(about, token, flow)
        if "email" not in claims and about.get("userinfo_endpoint"):
            claims = {**await self._more(about, token, claims["sub"]), **claims}
        return self._identity(claims)

    def _check_sender(self, about: dict[str, Any], answer: Mapping[str, str]) -> None:
        """RFC 9207: an answer says who it is from, where the issuer says that it does."""
        says = about.get("authorization_response_iss_parameter_supported") is True
        if answer.get("iss", about["issuer"] if not says else None) != about["issuer"]:
            raise IssuerError("not_trusted", "the answer is from another issuer")

    async def _discover(self) -> dict[str, Any]:
        """OpenID Connect Discovery 1.0, section 4."""
        if time.monotonic() - self._about_at < _KEPT:
            return self._about
        home = self.declared.home
        found = await get(self._fetcher, f"{home}/.well-known/openid-configuration")
        if not isinstance(found, dict) or str(found.get("issuer", "")).rstrip("/") != home:
            raise IssuerError("not_trusted", "the discovery document is of another issuer")
        for name in _NEEDED:
            scheme = urlsplit(str(found.get(name, ""))).scheme
            if scheme != "https" and not (scheme == "http" and self.declared.allow_private):
                raise IssuerError("not_trusted", f"{name} is no https address")
        self._about, self._about_at = found, time.monotonic()
        return found

    async def _claims(
        self, about: dict[str, Any], token: dict[str, Any], flow: Flow
    ) -> dict[str, Any]:
        raw = token.get("id_token")
        if not isinstance(raw, str):
            raise IssuerError("not_trusted", "there is no ID token")
        try:
            signed = await self._verified(about, raw)
            claims = oidc.CodeIDToken(
                signed.claims,
                signed.header,
                {
                    "iss": {"essential": True, "value": about["issuer"]},
                    "aud": {"essential": True, "value": self.declared.client_id},
                },
                {
                    "nonce": flow.nonce,
                    "client_id": self.declared.client_id,
                    "access_token": token["access_token"],
                },
            )
            claims.validate(leeway=LEEWAY)
        except (errors.JoseError, ValueError, TypeError, KeyError) as error:
            reason = f"the ID token does not hold: {error}"[:200]
            raise IssuerError("not_trusted", reason) from error
        if not isinstance(claims.get("sub"), str) or not claims["sub"]:
            raise IssuerError("not_trusted", "the ID token names nobody")
        return dict(claims)

    async def _verified(self, about: dict[str, Any], raw: str) -> jwt.Token:
        """The token with its signature checked; keys are fetched again when one is new."""
        keys = await self._key_set(about, _KEPT)
        try:
            return jwt.decode(raw, keys, algorithms=list(ALGORITHMS))
        except (errors.JoseError, ValueError):
            again = await self._key_set(about, _KEYS_AGAIN)
            if again is keys:
                raise
            return jwt.decode(raw, again, algorithms=list(ALGORITHMS))

    async def _key_set(self, about: dict[str, Any], kept: float) -> jwk.KeySet:
        if self._keys is None or time.monotonic() - self._keys_at >= kept:
            found = await get(self._fetcher, about["jwks_uri"])
            self._keys, self._keys_at = jwk.KeySet.import_key_set(found), time.monotonic()
        return self._keys

    async def _more(
        self, about: dict[str, Any], token: dict[str, Any], subject: str
    ) -> dict[str, Any]:
        """Claims that only the userinfo endpoint tells (section 5.3), about the same person."""
        found = await get(self._fetcher, about["userinfo_endpoint"], token["access_token"])
        if not isinstance(found, dict) or found.get("sub") != subject:
            raise IssuerError("not_trusted", "the userinfo endpoint speaks of somebody else")
        return found

    def _identity(self, claims: dict[str, Any]) -> Identity:
        email = claims.get("email")
        verified = claims.get("email_verified") in {True, "true"} or self.declared.trusts_email
        return Identity(
            provider=self.declared.name,
            issuer=self.declared.home,
            subject=claims["sub"],
            email=email if isinstance(email, str) else None,
            is_email_verified=verified and isinstance(email, str),
            name=str(claims.get("name") or claims.get("preferred_username") or "")[:200],
            locale=str(claims.get("locale") or ""),
        )


def _method(about: dict[str, Any], declared: Declared) -> str:
    """How the client shows its secret: in the header where that is taken, else in the body."""
    if not declared.secret:
        return "none"
    taken = about.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return "client_secret_basic" if "client_secret_basic" in taken else "client_secret_post"
