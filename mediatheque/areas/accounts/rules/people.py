"""Decisions about addresses, languages and the first set-up."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from zoneinfo import available_timezones

from mediatheque.kit.errors import (
    ConflictError,
    NotFoundError,
)

SETUP_LASTS = timedelta(days=7)


EMAIL_LIMIT = 254


_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]{1,64}@[^@\s\x00-\x1f\x7f.]+(\.[^@\s\x00-\x1f\x7f.]+)*")


_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class EmailTakenError(ConflictError):
    """Another user has this address."""

    code = "email_taken"
    message = "Somebody with this e-mail address is here already."


class SetupClosedError(NotFoundError):
    """The set-up link is used, too old or made up."""

    code = "setup_closed"
    message = "This set-up link does not work (any more). The newest one stands in the log."


def clean_email(text: str) -> str:
    """An address as it is kept (NFC, trimmed); ValueError when it cannot be one.

    Only its shape is looked at: whether it exists, a letter to it will tell.
    """
    address = unicodedata.normalize("NFC", text.strip())
    if len(address) > EMAIL_LIMIT or not _EMAIL.fullmatch(address):
        raise ValueError("This is not an e-mail address.")
    return address


def clean_locale(text: str) -> str:
    """A language tag (BCP 47) in its simple form, e.g. ``de`` or ``pt-BR``."""
    if not _LOCALE.fullmatch(text):
        raise ValueError("This is not a language tag such as “en” or “pt-BR”.")
    return text


def clean_time_zone(text: str) -> str:
    """A name of the IANA time zone database, e.g. ``Europe/Vienna``."""
    if text not in available_timezones():
        raise ValueError("This is not a time zone such as “Europe/Vienna”.")
    return text
