"""Decisions about profiles: who sees less than whom, and which PIN opens what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

from mediatheque.core.context import LimitedProfileError
from mediatheque.kit.errors import (
    BadInputError,
    ConflictError,
    NotAllowedError,
    NotFoundError,
    TooManyRequestsError,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.core.context import Actor

PROFILES_PER_USER: Final = 5
LIMITS: Final = (0, 6, 12, 16, 18)
ADULT: Final = 18
FREE_FAILURES: Final = 5
"""So many wrong PINs in a row, then each costs a wait."""
FIRST_WAIT: Final = 30
LONGEST_WAIT: Final = 3600
"""Seconds; the wait doubles with each further wrong PIN."""

MaturityLimit = Literal[0, 6, 12, 16, 18]


class ProfileNotFoundError(NotFoundError):
    """The account has no such profile."""

    code = "profile_not_found"
    message = "You have no such profile."


class TooManyProfilesError(ConflictError):
    """As many profiles as an account can have."""

    code = "too_many_profiles"
    message = f"An account has at most {PROFILES_PER_USER} profiles. Delete one first."


class ProfileNameTakenError(ConflictError):
    """Two profiles of one account that nobody could tell apart."""

    code = "profile_name_taken"
    message = "One of your profiles has this name already."


class KidsNeedLimitError(BadInputError):
    """A children's profile that would show everything."""

    code = "kids_need_limit"
    message = "A children's profile needs a limit: 0, 6, 12, 16 or 18."


class PinNeededError(NotAllowedError):
    """The way to another profile needs a PIN or the password."""

    code = "pin_needed"
    message = "Type the PIN, or the password of the account."


class WrongPinError(NotAllowedError):
    """It is another PIN."""

    code = "wrong_pin"
    message = "This is not the PIN."


class PinLockedError(TooManyRequestsError):
    """Too many wrong PINs: not even the right one is looked at for a while."""

    code = "pin_locked"
    message = "Too many wrong PINs. Wait, or use the password of the account."


class NoPinError(ConflictError):
    """There is no PIN to take away."""

    code = "no_pin"
    message = "This profile has no PIN."


class Sees(Protocol):
    """What is decided by: whom a profile is for and what is kept from it."""

    @property
    def id(self) -> UUID:
        """Its id."""
        ...

    @property
    def is_kids(self) -> bool:
        """Whether it is a child's."""
        ...

    @property
    def maturity_limit(self) -> int | None:
        """The age up to which it shows works; None for all."""
        ...

    @property
    def shows_unknown(self) -> bool:
        """Whether it shows works whose age nobody knows."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """A profile of the account with its secret."""

    id: UUID
    name: str
    is_kids: bool
    maturity_limit: int | None
    shows_unknown: bool
    pin_hash: str | None


@dataclass(frozen=True, slots=True)
class Way:
    """What the way to a profile costs: a PIN of one of ``keys`` or the password, or nothing."""

    is_open: bool
    keys: tuple[Known, ...] = ()


def is_adult(profile: Sees) -> bool:
    """Whether its PIN may let somebody out of a limited profile."""
    limit = profile.maturity_limit
    return not profile.is_kids and (limit is None or limit >= ADULT)


def is_within(narrow: Sees | None, wide: Sees | None) -> bool:
    """Whether one profile sees nothing and may nothing that the other does not."""
    if wide is None or not (wide.is_kids or wide.maturity_limit is not None):
        return True
    if narrow is None or narrow.maturity_limit is None or wide.maturity_limit is None:
        return False
    return (
        (narrow.is_kids or not wide.is_kids)
        and narrow.maturity_limit <= wide.maturity_limit
        and (wide.shows_unknown or not narrow.shows_unknown)
    )


def way_to(target: Known | None, active: Sees | None, profiles: Sequence[Known]) -> Way:
    """What a session in ``active`` needs to go on in ``target`` (None: the account itself).

    Out of a children's profile, or to where more is shown, only an adult lets: by the PIN of the
    wished profile, if it is an adult's and has one, else by that of any adult's. Otherwise it
    takes the wished profile's own PIN, if there is one.
    """
    if target is not None and active is not None and target.id == active.id:
        return Way(is_open=True)
    adults = tuple(one for one in profiles if one.pin_hash and is_adult(one))
    own = (target,) if target is not None and target.pin_hash else ()
    if active is not None and (active.is_kids or not is_within(target, active)):
        return Way(is_open=False, keys=own if own and is_adult(own[0]) else adults)
    if not own:
        return Way(is_open=True)
    return Way(is_open=False, keys=own if is_adult(own[0]) else (*own, *adults))


def wait_after(failures: int) -> int:
    """Seconds that a PIN rests after so many wrong ones in a row."""
    if failures < FREE_FAILURES:
        return 0
    return int(min(FIRST_WAIT * 2 ** min(failures - FREE_FAILURES, 20), LONGEST_WAIT))


def check_kids(*, is_kids: bool, limit: int | None) -> None:
    """Refuse a children's profile without a limit."""
    if is_kids and limit is None:
        raise KidsNeedLimitError(field="maturity_limit")


def needs_no_limit(actor: Actor) -> None:
    """Refuse a profile with a limit what could lift it."""
    if actor.profile is not None and actor.profile.is_limited:
        raise LimitedProfileError
