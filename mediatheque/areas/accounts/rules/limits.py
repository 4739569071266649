"""How often somebody may try."""

from __future__ import annotations

from mediatheque.kit.ratelimit import Rule

PER_ADDRESS = 10
"""An address may try so many times as often as an address and an account together."""

PER_ACCOUNT = 10
"""All addresses together may try an account so many times as often as one of them.

More than one address is allowed, so that whoever knows an e-mail address shuts nobody out from one
place; a passkey asks for no address and is not counted here.
"""


def sign_in_rule(per_minute: int) -> Rule:
    """For one address trying one account."""
    return Rule("sign_in", per_minute, 60)


def account_rule(per_minute: int) -> Rule:
    """For one account that many addresses try together."""
    return Rule("sign_in_account", per_minute * PER_ACCOUNT, 60)


def address_rule(per_minute: int) -> Rule:
    """For one address trying anything that gives access."""
    return Rule("sign_in_address", per_minute * PER_ADDRESS, 60)


def password_rule(per_minute: int) -> Rule:
    """For one user naming their present password."""
    return Rule("password", per_minute, 60)
