"""Wire shapes of what links in letters do."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from mediatheque.areas.accounts.schemas.people import Email, Password, SecretInput, Token
from mediatheque.kit.wire import Input


class ResetRequest(Input):
    """Whose password is forgotten."""

    email: Annotated[str, StringConstraints(min_length=1, max_length=320, pattern=r"^[^\x00]*$")]


class ResetConfirm(SecretInput):
    """The secret of the letter's link, and the new password."""

    token: Token
    password: Password


class TicketUse(SecretInput):
    """The secret of a letter's link."""

    token: Token


class EmailChange(SecretInput):
    """The address to be, and the present password."""

    email: Email
    password: Password
