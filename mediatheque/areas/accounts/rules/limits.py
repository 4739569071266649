"""How often somebody may try."""

from __future__ import annotations

from mediatheque.kit.ratelimit import Rule

PER_ADDRESS = 10
"""An address may try so many times as often as an address and an account together."""


def sign_in_rule(per_minute: int) -> Rule:
    """For one address trying one account."""
    return Rule("sign_in", per_minute, 60)


def address_rule(per_minute: int) -> Rule:
    """For one address trying anything that gives access."""
    return Rule("sign_in_address", per_minute * PER_ADDRESS, 60)


def password_rule(per_minute: int) -> Rule:
    """For one user naming their present password."""
    return Rule("password", per_minute, 60)
