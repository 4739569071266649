"""Decisions about devices that sign in by a code (RFC 8628) and stay by tokens (RFC 6749)."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import Final

from mediatheque.kit.errors import ConflictError, NotFoundError
from mediatheque.kit.ratelimit import Rule

DEVICE_GRANT: Final = "urn:ietf:params:oauth:grant-type:device_code"
REFRESH_GRANT: Final = "refresh_token"
CODE_LASTS: Final = timedelta(minutes=10)
ACCESS_LASTS: Final = timedelta(hours=1)
POLL_SECONDS: Final = 5
SLOWER_BY: Final = 5
"""Seconds that a device waits longer after each time it asked too early (RFC 8628, 3.5)."""
DEVICES_ASKING: Final = 20
"""So many an address may have ask in a minute, and so many codes somebody may try."""
_LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ"
_LENGTH: Final = 8


class DeviceCodeClosedError(NotFoundError):
    """The code is wrong, too old or decided about: always the same answer."""

    code = "device_code_closed"
    message = "No device waits with this code. Look at the device again: codes change."


class DeviceDecidedError(ConflictError):
    """Two people typed the same code, or one did twice."""

    code = "device_decided"
    message = "Somebody has decided about this device already."


def new_user_code() -> str:
    """A code that people type with a remote control: ``BCDF-GHJK``, 34 bits (RFC 8628, 6.1)."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def plain_user_code(typed: str) -> str:
    """A typed code without what people add to it; empty if it can be none."""
    code = re.sub(r"[^A-Z]", "", typed.upper())
    return code if len(code) == _LENGTH and set(code) <= set(_LETTERS) else ""


def asking_rule() -> Rule:
    """For one address, whose devices ask for a code."""
    return Rule("device_asks", DEVICES_ASKING, 60)


def token_rule() -> Rule:
    """For one address, whose devices ask for tokens."""
    return Rule("device_tokens", DEVICES_ASKING * 12, 60)


def typing_rule(per_minute: int) -> Rule:
    """For one person or address that types the codes of devices."""
    return Rule("device_code", per_minute, 60)
