"""Signing in by others: an identity is tied to an account once, confirmed by its owner."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from mediatheque.areas.accounts.actions.challenges import Terms, sign_in
from mediatheque.areas.accounts.actions.letters import here, write_to_user
from mediatheque.areas.accounts.actions.tickets import make_ticket, use_ticket
from mediatheque.areas.accounts.actions.users import create_user
from mediatheque.areas.accounts.events.links import LinkAdded, LinkOffered, LinkRemoved, LinkUsed
from mediatheque.areas.accounts.models import Passkey, SignInLink, User
from mediatheque.areas.accounts.queries.links import find_linked, find_same_address
from mediatheque.areas.accounts.rules import clean_locale, needs_person
from mediatheque.areas.accounts.rules.letters import Template
from mediatheque.areas.accounts.rules.links import (
    LINK_LASTS,
    Identity,
    IssuerError,
    LastWayInError,
    LinkedElsewhereError,
)
from mediatheque.areas.accounts.rules.proofs import needs_proof
from mediatheque.core.context import Context, public, signed_in
from mediatheque.core.journal import Ref
from mediatheque.kit.errors import NotFoundError

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.accounts.actions.sessions import OpenedSession
    from mediatheque.areas.accounts.schemas.factors import Challenge


@dataclass(frozen=True, slots=True)
class Offer:
    """An identity that waits to be tied to an account: the secret that confirms it."""

    token: str


@public
async def come_in(
    ctx: Context, identity: Identity, terms: Terms, *, creates_accounts: bool
) -> OpenedSession | Challenge | Offer:
    """Go on with somebody whom an issuer vouches for.

    Who is linked has a session, or their second factor to show. Whose address has an account here
    is offered the link, which that account's password confirms: an address alone opens nothing.
    Anybody else gets an account where the issuer may make them. Raises IssuerError
    (``suspended``, ``no_account``, ``no_email``).
    """
    linked = await find_linked(ctx, identity)
    if linked is not None:
        if not linked["is_active"]:
            raise IssuerError("suspended", "the account is suspended")
        await ctx.db.execute(
            update(SignInLink)
            .where(SignInLink.id == linked["id"])
            .values(last_used_at=func.now(), email=identity.email, name=identity.name)
        )
        ctx.emit(LinkUsed(ref=Ref("link", linked["id"]), after={"provider": identity.provider}))
        return await sign_in(ctx, linked["user_id"], terms)
    email = identity.clean_email
    same = await find_same_address(ctx, email) if email else None
    if same is not None:
        if not same["is_active"]:
            raise IssuerError("suspended", "the account is suspended")
        return await _offer(ctx, same["id"], identity)
    if not creates_accounts:
        raise IssuerError("no_account", "nobody here has this identity or address")
    if email is None:
        raise IssuerError("no_email", "the issuer has verified no address")
    return await sign_in(ctx, await _create(ctx, identity, email), terms)


async def _create(ctx: Context, identity: Identity, email: str) -> UUID:
    """An account without a password or a space; the issuer has verified the address."""
    made = await create_user(
        ctx,
        email=email,
        name=identity.name or email.partition("@")[0],
        password_hash=None,
        locale=_locale(identity.locale),
    )
    await ctx.db.execute(update(User).where(User.id == made.id).values(verified_at=func.now()))
    await _tie(ctx, made.id, identity)
    return made.id


def _locale(text: str) -> str:
    try:
        return clean_locale(text.replace("_", "-"))
    except ValueError:
        return "en"


@public
async def offer_link(ctx: Context, user_id: UUID | None, identity: Identity) -> Offer | None:
    """Offer an identity to whoever is signed in; None if it opens their account already.

    Raises IssuerError (``expired``: nobody is signed in, ``linked_elsewhere``).
    """
    if user_id is None:
        raise IssuerError("expired", "nobody is signed in any more")
    linked = await find_linked(ctx, identity)
    if linked is None:
        return await _offer(ctx, user_id, identity)
    if linked["user_id"] != user_id:
        raise IssuerError("linked_elsewhere", "the identity opens another account")
    return None


async def _offer(ctx: Context, user_id: UUID, identity: Identity) -> Offer:
    token = await make_ticket(ctx, user_id, "link", LINK_LASTS, **asdict(identity))
    ctx.emit(LinkOffered(ref=Ref("user", user_id), after={"provider": identity.provider}))
    return Offer(token)


@public
async def confirm_link(ctx: Context, token: str, label: str) -> None:
    """Tie the identity of an offer to its account; the password was asked for before.

    Raises LinkEndedError, and LinkedElsewhereError if the identity opens another account.
    """
    used = await use_ticket(ctx, token, "link")
    identity = Identity(**used["data"])
    await _tie(ctx, used["user_id"], identity)
    await write_to_user(
        ctx,
        used["user_id"],
        Template.LINK_ADDED,
        path="/account/security",
        provider=label,
        account=identity.label,
        **here(ctx),
    )


async def _tie(ctx: Context, user_id: UUID, identity: Identity) -> None:
    made = await ctx.db.execute(
        insert(SignInLink)
        .values(
            user_id=user_id,
            provider=identity.provider,
            issuer=identity.issuer,
            subject=identity.subject,
            email=identity.email,
            name=identity.name,
        )
        .on_conflict_do_nothing(index_elements=[SignInLink.issuer, SignInLink.subject])
        .returning(SignInLink.id)
    )
    link_id = made.scalar_one_or_none()
    if link_id is None:
        raise LinkedElsewhereError
    ctx.emit(LinkAdded(ref=Ref("link", link_id), after={"provider": identity.provider}))


@signed_in
async def remove_link(ctx: Context, link_id: UUID) -> None:
    """Untie an identity of one's own; the last way in stays, LastWayInError."""
    needs_person(ctx.actor)
    needs_proof(ctx.actor, ctx.now)
    user = await ctx.db.row(
        select(User.password_hash.is_not(None).label("has_password"))
        .where(User.id == ctx.user_id)
        .with_for_update()
    )
    rows = await ctx.db.rows(
        select(SignInLink.id, SignInLink.provider).where(SignInLink.user_id == ctx.user_id)
    )
    found = next((row for row in rows if row["id"] == link_id), None)
    if found is None:
        raise NotFoundError("You have no such link.")
    if len(rows) == 1 and not (user and user["has_password"]):
        passkeys = select(func.count()).where(Passkey.user_id == ctx.user_id)
        if not await ctx.db.scalar(passkeys):
            raise LastWayInError
    await ctx.db.execute(delete(SignInLink).where(SignInLink.id == link_id))
    ctx.emit(LinkRemoved(ref=Ref("link", link_id), before={"provider": found["provider"]}))
