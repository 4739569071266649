"""Decisions about people whom others vouch for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from mediatheque.areas.accounts.rules.people import clean_email
from mediatheque.kit.errors import BadInputError, ConflictError, NotFoundError

LINK_LASTS: Final = timedelta(minutes=15)
"""So long an identity waits for the confirmation that ties it to an account."""
FLOW_SECONDS: Final = 600
"""So long somebody may stay at the issuer."""

_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


class NoSuchIssuerError(NotFoundError):
    """The house knows no issuer of this name."""

    code = "no_such_provider"
    message = "Nobody can sign in this way here."


class LastWayInError(ConflictError):
    """Without this link nobody could sign in to the account any more."""

    code = "last_way_in"
    message = "This is the only way into your account. Choose a password first."


class LinkedElsewhereError(ConflictError):
    """The outside identity opens another account."""

    code = "linked_elsewhere"
    message = "This identity is linked to another account here."


class LinkPasswordError(BadInputError):
    """The password of the account that an identity is to be tied to is another."""

    code = "wrong_password"
    message = "This is not the password of this account."


class IssuerError(Exception):
    """An issuer that did not vouch for anybody. ``code`` goes to the page, ``reason`` to the log.

    Codes: ``cancelled`` (the person said no), ``expired`` (not the browser that began, or too
    late), ``unreachable``, ``not_trusted`` (its answer does not hold), ``no_email``.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom an issuer vouches for. ``issuer`` and ``subject`` name them; the rest may change."""

    provider: str
    issuer: str
    subject: str
    email: str | None
    is_email_verified: bool
    name: str = ""
    locale: str = ""

    @property
    def known_email(self) -> str | None:
        """The address, if the issuer says that it is theirs."""
        return self.email if self.is_email_verified else None

    @property
    def clean_email(self) -> str | None:
        """That address, if it can be one here."""
        try:
            return clean_email(self.known_email or "")
        except ValueError:
            return None

    @property
    def label(self) -> str:
        """What the account is called there."""
        return self.email or self.name or self.subject


def local_path(path: str | None) -> str:
    """A path of this application to go on to; anything that could lead elsewhere is ``/``."""
    return path if path and len(path) <= 500 and _LOCAL.fullmatch(path) else "/"  # noqa: PLR2004  (longer than any page's)


def is_domain_allowed(email: str | None, domains: list[str]) -> bool:
    """Whether an address lies in one of the domains; no domains allow all."""
    if not domains:
        return True
    domain = (email or "").rpartition("@")[2].casefold()
    return domain in {one.casefold() for one in domains}
