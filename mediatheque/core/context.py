"""The context: what a query or an action knows about who asks, where and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, TypeVar

from mediatheque.core.permissions import HOUSE
from mediatheque.kit.errors import NotAllowedError, NotSignedInError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime
    from uuid import UUID

    from mediatheque.core.events import Event
    from mediatheque.core.permissions import Permission
    from mediatheque.kit.db import Reader, Writer

PS = ParamSpec("PS")
R = TypeVar("R")
C = TypeVar("C", bound="ReadContext")


@dataclass(frozen=True, slots=True)
class ActiveProfile:
    """The person of a household whom a session is for at the moment.

    ``maturity_limit`` is the age up to which works are shown, None for all; ``shows_unknown``
    says whether those whose age nobody knows are among them.
    """

    id: UUID
    name: str = ""
    is_kids: bool = False
    maturity_limit: int | None = None
    shows_unknown: bool = True

    @property
    def is_limited(self) -> bool:
        """Whether something is kept from it; it may not reach what would lift its limit."""
        return self.is_kids or self.maturity_limit is not None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. ``id`` is the user's, also for a key or a job that works in their name."""

    kind: Literal["anonymous", "user", "key", "job", "system"]
    id: UUID | None = None
    name: str = ""
    credential_id: UUID | None = None
    is_instance_owner: bool = False
    request_id: str = ""
    ip: str = ""
    user_agent: str = ""
    profile: ActiveProfile | None = None
    proven_at: datetime | None = None
    """When they last showed who they are, by signing in or again since; of sessions only."""
    lacks_second_factor: bool = False
    """The space wants one of those who run it, and this one has none: they may only read."""


ANONYMOUS = Actor("anonymous")


@dataclass(frozen=True, slots=True)
class Space:
    """The tenant of a request. ``version`` moves with every write in it.

    ``flags`` are the features that it or the house chose to have or not (``core.flags``),
    ``limits`` its quotas (``core.quotas``).
    """

    id: UUID
    slug: str
    name: str
    role: str = ""
    version: int = 0
    flags: Mapping[str, bool] = field(default_factory=dict, hash=False)
    limits: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(slots=True)
class ReadContext:
    """What a query needs: rows of one space, for one actor."""

    db: Reader
    actor: Actor
    space: Space | None
    grants: frozenset[str]
    now: datetime
    narrow: Mapping[str, frozenset[UUID]] = field(default_factory=dict, kw_only=True)
    """Permissions held for some things only, with those things' ids."""

    @property
    def space_id(self) -> UUID:
        """The space's id; every space-owned query and action has one."""
        if self.space is None:
            raise NoSpaceError
        return self.space.id

    @property
    def user_id(self) -> UUID:
        """The id of the person who acts."""
        if self.actor.id is None:
            raise NotSignedInError
        return self.actor.id

    def may(self, permission: Permission, *things: UUID) -> bool:
        """Whether the actor holds a permission in this space, or for one of these things."""
        return permission in self.grants or self.given(permission, *things)

    def given(self, permission: Permission, *things: UUID) -> bool:
        """Whether the actor was given a permission for one of these things in particular."""
        here = self.narrow.get(permission)
        return here is not None and not here.isdisjoint(things)


@dataclass(slots=True)
class Context(ReadContext):
    """What an action needs besides: the transaction, and a place for its news."""

    db: Writer
    events: list[Event] = field(default_factory=list)

    def emit(self, event: Event) -> None:
        """Tell what happened; the edge writes it to the journal before it commits."""
        self.events.append(event)


class LimitedProfileError(NotAllowedError):
    """What could lift a profile's limit, asked for in a profile that has one."""

    code = "limited_profile"
    message = "This profile may not do this. Leave it first, with the PIN of an adult's profile."


class NoSpaceError(NotAllowedError):
    """The request names no space and its actor has none or several."""

    status = 400
    code = "no_space"
    message = "Say which space this is about: send its slug in the header X-Space."


class SecondFactorNeededError(NotAllowedError):
    """The space wants a second factor of those who run it, and this one has none."""

    code = "second_factor_needed"
    message = (
        "This space asks those who run it for a second factor. "
        "Set one up in your account; until then you may only read."
    )


def requires(
    permission: Permission, *, narrowly: bool = False
) -> Callable[
    [Callable[Concatenate[C, PS], Awaitable[R]]], Callable[Concatenate[C, PS], Awaitable[R]]
]:
    """Declare the permission that a query or an action needs; checked at every call.

    ``narrowly`` also lets those in who hold it for some things only: the function then looks
    itself whether its thing is one of them, with :func:`require` or ``ctx.may(P, id)``.
    """

    def declare(
        act: Callable[Concatenate[C, PS], Awaitable[R]],
    ) -> Callable[Concatenate[C, PS], Awaitable[R]]:
        @wraps(act)
        async def checked(context: C, /, *args: PS.args, **kwargs: PS.kwargs) -> R:
            if permission not in context.grants and not (
                narrowly and context.narrow.get(permission)
            ):
                refuse(context, permission)
            return await act(context, *args, **kwargs)

        checked.__permission__ = permission  # type: ignore[attr-defined]  # read by the tests
        return checked

    return declare


def require(context: ReadContext, permission: Permission, *things: UUID) -> None:
    """Refuse who holds a permission neither in the space nor for one of these things."""
    if not context.may(permission, *things):
        refuse(context, permission)


def refuse(context: ReadContext, permission: Permission) -> None:
    """Raise what fits: not signed in, no space, or a lacking permission."""
    if context.actor.kind == "anonymous":
        raise NotSignedInError
    if context.space is None and permission not in HOUSE:
        raise NoSpaceError
    if context.actor.lacks_second_factor:
        raise SecondFactorNeededError(details={"permission": str(permission)})
    if context.actor.profile is not None and context.actor.profile.is_limited:
        raise LimitedProfileError(details={"permission": str(permission)})
    raise NotAllowedError(
        f"Your role does not allow this: it needs the permission {permission}.",
        details={"permission": str(permission)},
    )


def public(act: Callable[PS, R]) -> Callable[PS, R]:
    """Declare that a query or an action needs no permission of a space."""
    act.__permission__ = "public"  # type: ignore[attr-defined]  # read by the tests
    return act


def signed_in(
    act: Callable[Concatenate[C, PS], Awaitable[R]],
) -> Callable[Concatenate[C, PS], Awaitable[R]]:
    """Declare that a query or an action is for anybody who is signed in, about themselves.

    Not in a profile with a limit: the account is what could lift it.
    """

    @wraps(act)
    async def checked(context: C, /, *args: PS.args, **kwargs: PS.kwargs) -> R:
        if context.actor.id is None:
            raise NotSignedInError
        if context.actor.profile is not None and context.actor.profile.is_limited:
            raise LimitedProfileError
        return await act(context, *args, **kwargs)

    checked.__permission__ = "signed_in"  # type: ignore[attr-defined]  # read by the tests
    return checked


def any_profile(
    act: Callable[Concatenate[C, PS], Awaitable[R]],
) -> Callable[Concatenate[C, PS], Awaitable[R]]:
    """Declare what :func:`signed_in` does, also for children's and other limited profiles."""

    @wraps(act)
    async def checked(context: C, /, *args: PS.args, **kwargs: PS.kwargs) -> R:
        if context.actor.id is None:
            raise NotSignedInError
        return await act(context, *args, **kwargs)

    checked.__permission__ = "signed_in"  # type: ignore[attr-defined]  # read by the tests
    return checked


def describe(context: ReadContext) -> dict[str, Any]:
    """The context in words, for logs."""
    return {
        "actor": str(context.actor.id or context.actor.kind),
        "space": context.space.slug if context.space else None,
        "request_id": context.actor.request_id,
    }
