"""Wire shapes of signing in by others."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from mediatheque.areas.accounts.schemas.people import Password, SecretInput, Token
from mediatheque.kit.wire import Filter, Wire


class ProviderRead(Wire):
    """Somebody who vouches for people; the way in is ``/auth/oidc/{name}/start``."""

    name: str
    label: str
    kind: Literal["openid", "google", "github"]


class FlowStart(Filter):
    """How to go on when somebody comes back from the issuer."""

    next: Annotated[str, StringConstraints(max_length=500)] | None = Field(
        None, description="A path of the application; anything else is its start page."
    )
    link: bool = Field(
        default=False, description="Tie the identity to the account that is signed in."
    )


class LinkRead(Wire):
    """An identity elsewhere that opens one's account."""

    id: UUID
    provider: str
    label: str = Field(description="What the issuer is called; its address, if it is unknown now.")
    account: str = Field(description="What the identity was called when it was last used.")
    created_at: datetime
    last_used_at: datetime | None


class LinkOffer(Wire):
    """An identity that waits for the confirmation that ties it to an account."""

    provider: str
    label: str
    account: str
    email: str = Field(description="The account here that it would open.")
    needs_password: bool


class OfferFilter(Filter):
    """The secret of the address that the issuer's answer led to."""

    token: Token


class LinkConfirm(SecretInput):
    """The secret of an offer, and the password of the account here."""

    token: Token
    password: Password | None = None
