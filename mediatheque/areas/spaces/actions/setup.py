"""The first owner and their first space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.accounts.actions.challenges import open_session
from mediatheque.areas.accounts.actions.setup import use_setup
from mediatheque.areas.accounts.actions.users import create_user
from mediatheque.areas.spaces.actions.spaces import create_space
from mediatheque.areas.spaces.rules import FIRST_SPACE
from mediatheque.core.context import Context, public

if TYPE_CHECKING:
    from mediatheque.areas.accounts.actions.challenges import Terms
    from mediatheque.areas.accounts.actions.sessions import OpenedSession


@public
async def set_up(  # noqa: PLR0913  (each is a property of the user)
    ctx: Context,
    token: str,
    *,
    email: str,
    name: str,
    password_hash: str,
    terms: Terms,
    time_zone: str = "UTC",
) -> OpenedSession:
    """Make the house's owner by the token of its log, give them a space and sign them in.

    Both are of the time zone (IANA).

    Of several at once the first wins, the others get SetupClosedError. Each of the four steps
    tells its own news.
    """
    await use_setup(ctx, token)
    owner = await create_user(
        ctx,
        email=email,
        name=name,
        password_hash=password_hash,
        is_instance_owner=True,
        time_zone=time_zone,
    )
    opened = await open_session(ctx, owner.id, terms)
    await create_space(ctx, name=FIRST_SPACE, time_zone=time_zone)
    return opened
