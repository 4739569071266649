"""The secrets of authenticators, put under another master key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from mediatheque.areas.accounts.events.secrets import AccountSecretsRewrapped
from mediatheque.areas.accounts.models.factors import Totp
from mediatheque.areas.accounts.rules.factors import about
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.keys import Rewrapped
from mediatheque.core.permissions import Permission
from mediatheque.kit.envelope import EnvelopeError

if TYPE_CHECKING:
    from mediatheque.kit.envelope import Keyring


@requires(Permission.HOUSE_USERS_MANAGE)
async def rewrap_secrets(ctx: Context, keys: Keyring) -> Rewrapped:
    """Put the secrets of all authenticators under the present key. Across."""
    rows = await ctx.db.rows(
        select(Totp.user_id, Totp.secret).order_by(Totp.user_id).with_for_update()
    )
    count = 0
    unreadable: list[str] = []
    for row in rows:
        try:
            sealed = keys.rewrap(row["secret"], about(row["user_id"]))
        except EnvelopeError as error:
            unreadable.append(f"the authenticator of user {row['user_id']}: {error}")
            continue
        count += 1
        if sealed != row["secret"]:
            await ctx.db.execute(
                update(Totp).where(Totp.user_id == row["user_id"]).values(secret=sealed)
            )
    ctx.emit(
        AccountSecretsRewrapped(
            ref=Ref("key", None, keys.current),
            after={"key": keys.current, "secrets": count, "unreadable": len(unreadable)},
        )
    )
    return Rewrapped(count, tuple(unreadable))
