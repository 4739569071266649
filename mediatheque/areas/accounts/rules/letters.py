"""Decisions about letters: which there are, how often one is tried, what a device is called."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Final

from mediatheque.kit.errors import ConflictError, NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mediatheque.core.context import Actor


class Template(StrEnum):
    """Every letter there is, by the name of its template."""

    ACCOUNT_ERASED = "account_erased"
    ADDRESS_IN_USE = "address_in_use"
    EMAIL_CHANGE_ASKED = "email_change_asked"
    EMAIL_CHANGED = "email_changed"
    EMAIL_CONFIRM = "email_confirm"
    EXPORT_READY = "export_ready"
    INVITATION = "invitation"
    LINK_ADDED = "link_added"
    NEW_DEVICE = "new_device"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  (the name of a letter)
    PASSWORD_RESET = "password_reset"  # noqa: S105  (the same)
    RECOVERY_CODE = "recovery_code"
    SECOND_FACTOR_CHANGED = "second_factor_changed"
    TEST_LETTER = "test_letter"
    VERIFY_EMAIL = "verify_email"


RETRY_AFTER: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
"""How long a letter waits after each failed try (RFC 5321, section 4.5.4.1)."""
LETTERS_ARE_KEPT: Final = timedelta(days=30)
FAREWELL_LASTS: Final = timedelta(days=1)
"""So long the last letter to somebody is tried; then nothing is left of it."""
KNOWN_FOR: Final = timedelta(days=90)
"""So long a device that was signed in is not new."""


class NotTheOwnerError(NotAllowedError):
    """What concerns the whole house is for those who run it."""

    code = "owner_needed"
    message = "Only those who run this house may do this."


class LetterGoneError(ConflictError):
    """A letter that is sent, or whose link has ended, cannot be sent again."""

    code = "letter_gone"
    message = "This letter has been sent or is too old. Ask for a new one instead."


def needs_house_owner(actor: Actor) -> None:
    """Refuse everybody but the owner of the house, and their keys too: letters hold secrets."""
    if not actor.is_instance_owner or actor.kind == "key":
        raise NotTheOwnerError


def next_try(attempts: int) -> timedelta | None:
    """How long to wait after so many tries; None: that was the last."""
    return RETRY_AFTER[attempts - 1] if attempts <= len(RETRY_AFTER) else None


_BROWSERS: Final = (
    ("Edge", r"\bEdg(?:e|A|iOS)?/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(?:Firefox|FxiOS)/"),
    ("Chrome", r"\b(?:Chrome|CriOS|Chromium)/"),
    ("Safari", r"\bSafari/"),
)
_SYSTEMS: Final = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("Windows", r"\bWindows\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("macOS", r"\bMac OS X\b|\bMacintosh\b"),
    ("Linux", r"\bLinux\b"),
)
_PRODUCT = re.compile(r"[A-Za-z][\w.-]{0,40}")


def device_name(user_agent: str) -> str:
    """What people call a device, e.g. ``Firefox · Linux``; a program by its first word."""
    found = [
        next((name for name, shape in names if re.search(shape, user_agent)), "")
        for names in (_BROWSERS, _SYSTEMS)
    ]
    known = " · ".join(name for name in found if name)
    product = _PRODUCT.match(user_agent)
    return known or (product[0] if product else "")


def network_of(ip: str) -> str:
    """The neighbourhood of an address, which changes less often than it: a /16, or a /32 of v6."""
    try:
        address = ip_address(ip)
    except ValueError:
        return ""
    return str(ip_network((address, 16 if address.version == 4 else 32), strict=False))  # noqa: PLR2004  (the number of the protocol)


def is_known_device(user_agent: str, ip: str, before: Iterable[tuple[str, str]]) -> bool:
    """Whether ``(user agent, address)`` of an earlier session are the same device in its place.

    Versions are not looked at: browsers change them every month.
    """
    here = (device_name(user_agent), network_of(ip))
    return any((device_name(agent), network_of(where)) == here for agent, where in before)
