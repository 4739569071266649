"""The setting ``issuers``: who else may vouch for people.

A JSON array of objects, e.g.::

    [{"name": "google", "kind": "google", "client_id": "…", "client_secret_file": "/run/google"},
     {"name": "github", "kind": "github", "client_id": "…", "client_secret": "…"},
     {"name": "family", "label": "Family", "issuer": "https://id.lan", "client_id": "mediatheque",
      "client_secret": "…", "allow_private": true, "creates_accounts": true}]

The address to register at the issuer is ``{public_url}/api/v1/auth/oidc/{name}/callback``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

GOOGLE = "https://accounts.google.com"
GITHUB = "https://github.com"
_LABELS = {"google": "Google", "github": "GitHub"}
_HOMES = {"google": GOOGLE, "github": GITHUB}


class Declared(BaseModel):
    """One issuer as it is configured."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    kind: Literal["openid", "google", "github"] = "openid"
    label: str = ""
    issuer: str = ""
    client_id: str = Field(min_length=1)
    client_secret: SecretStr = SecretStr("")
    client_secret_file: Path | None = None
    scopes: list[str] = []
    """Besides those that are needed."""
    allow_private: bool = False
    """The issuer's host may have a private address, and be reached without TLS."""
    creates_accounts: bool = False
    """Whoever the issuer vouches for gets an account (without any space); else they need one."""
    trusts_email: bool = False
    """Its addresses count as verified though it does not say so."""
    domains: list[str] = []
    """Domains of e-mail addresses that may come in; empty: all."""
    api: str = ""
    """GitHub's API, if it is an own server's."""

    @model_validator(mode="after")
    def _has_a_home(self) -> Self:
        parts = urlsplit(self.home)
        if parts.scheme not in {"https", "http"} or not parts.hostname or parts.query:
            raise ValueError("`issuer` must be an https address.")
        if parts.scheme == "http" and not self.allow_private:
            raise ValueError("`issuer` must be an https address, unless `allow_private` is true.")
        return self

    @property
    def home(self) -> str:
        """The issuer's address, without a slash at its end."""
        return (self.issuer or _HOMES.get(self.kind, "")).rstrip("/")

    @property
    def called(self) -> str:
        """What people call it."""
        return self.label or _LABELS.get(self.kind) or self.name.replace("-", " ").title()

    @property
    def secret(self) -> str:
        """The client's secret, from its file if there is one."""
        if self.client_secret_file is not None:
            return self.client_secret_file.read_text().strip()
        return self.client_secret.get_secret_value()

    @property
    def hosts(self) -> list[str]:
        """Hosts that may have private addresses, for the guard."""
        if not self.allow_private:
            return []
        addresses = (self.home, self.api)
        return [host for one in addresses if one and (host := urlsplit(one).hostname)]


_MANY = TypeAdapter(list[Declared])


def read_issuers(text: str) -> list[Declared]:
    """Read the setting; ValueError that names the fault and repeats no secret."""
    if not text.strip():
        return []
    try:
        found = _MANY.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"MEDIATHEQUE_ISSUERS: {where}: {first['msg']}") from None
    names = [one.name for one in found]
    if len(set(names)) < len(names):
        raise ValueError("MEDIATHEQUE_ISSUERS: two issuers have the same name.")
    return found
