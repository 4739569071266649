"""Spaces as a whole: settings, archiving, provisioning, quotas, where a session is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from mediatheque.areas.accounts.models import User
from mediatheque.areas.accounts.rules import needs_person
from mediatheque.areas.spaces.actions.spaces import enter, insert_space
from mediatheque.areas.spaces.events.care import (
    QuotasSet,
    SpaceArchived,
    SpaceChosen,
    SpaceProvisioned,
    SpaceRestored,
    SpaceUpdated,
)
from mediatheque.areas.spaces.models import ActiveSpace, Membership, SpaceRow
from mediatheque.areas.spaces.queries.care import (
    QUOTAS,
    check_instance_owner,
    get_space,
    quotas_of,
    settings_select,
)
from mediatheque.areas.spaces.queries.spaces import list_spaces
from mediatheque.areas.spaces.rules import OWNER, slugs_for
from mediatheque.areas.spaces.rules.care import (
    InstanceOwnerOnlyError,
    NoSuchSpaceError,
    NoSuchUserError,
    OwnersOfSpaceOnlyError,
    SecondFactorFirstError,
)
from mediatheque.areas.spaces.schemas.care import SpaceSettings
from mediatheque.core.context import Context, Space, requires, signed_in
from mediatheque.core.journal import Ref, changes
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from mediatheque.areas.spaces.schemas import SpaceSummary
    from mediatheque.areas.spaces.schemas.care import (
        ProvisionedSpace,
        QuotaRead,
        QuotaUpdate,
        SpaceSettingsUpdate,
    )
    from mediatheque.kit.db import Row

_HAS_SECOND_FACTOR = text(
    "SELECT EXISTS (SELECT FROM accounts_totps f WHERE f.user_id = :user "
    "AND f.confirmed_at IS NOT NULL) "
    "OR EXISTS (SELECT FROM accounts_passkeys f WHERE f.user_id = :user)"
)


@requires(Permission.SPACE_EDIT)
async def update_space(ctx: Context, given: SpaceSettingsUpdate) -> SpaceSettings:
    """Change a space's name, language, time zone, policy and consent; its slug stays.

    Who asks administrators for a second factor has one: SecondFactorFirstError.
    """
    current = await ctx.db.row(settings_select(ctx.space_id).with_for_update())
    if current is None:
        raise NoSuchSpaceError
    wanted: dict[str, Any] = given.model_dump(exclude_unset=True, exclude_none=True)
    before, after = changes({name: current[name] for name in wanted}, wanted)
    if not after:
        return await get_space(ctx)
    if after.get("second_factor_policy", "optional") != "optional" and not await ctx.db.scalar(
        _HAS_SECOND_FACTOR.bindparams(user=ctx.user_id)
    ):
        raise SecondFactorFirstError(field="second_factor_policy")
    await ctx.db.execute(update(SpaceRow).where(SpaceRow.id == ctx.space_id).values(**after))
    name: str = after.get("name") or current["name"]
    ctx.emit(SpaceUpdated(ref=Ref("space", ctx.space_id, name), before=before, after=after))
    return await get_space(ctx)


@signed_in
async def archive_space(ctx: Context, slug: str) -> None:
    """Put a space away; one of its owners can restore it. Across spaces."""
    row = await _owned(ctx, slug)
    if row["archived_at"] is None:
        await _set_archived(ctx, row, archived=True)
        ctx.emit(SpaceArchived(ref=Ref("space", row["id"], row["name"])))


@signed_in
async def restore_space(ctx: Context, slug: str) -> None:
    """Take a space into use again. Across spaces."""
    row = await _owned(ctx, slug)
    if row["archived_at"] is not None:
        await _set_archived(ctx, row, archived=False)
        ctx.emit(SpaceRestored(ref=Ref("space", row["id"], row["name"])))


@signed_in
async def set_quotas(ctx: Context, slug: str, given: QuotaUpdate) -> Listing[QuotaRead]:
    """Say how much a space may hold: the house's owner. Across spaces.

    A limit below what there is refuses what is new and takes nothing away.
    """
    row = await _known(ctx, slug)
    columns = {name: QUOTAS[name].key for name in given.model_fields_set}
    wanted = given.model_dump(exclude_unset=True)
    before, after = changes({name: row[name] for name in wanted}, wanted)
    await enter(ctx, Space(row["id"], row["slug"], row["name"]))
    if after:
        values = {columns[name]: value for name, value in after.items()}
        await ctx.db.execute(update(SpaceRow).where(SpaceRow.id == row["id"]).values(**values))
        ctx.emit(QuotasSet(ref=Ref("space", row["id"], row["name"]), before=before, after=after))
    return Listing(items=await quotas_of(ctx, row["id"]))


@signed_in
async def provision_space(ctx: Context, given: ProvisionedSpace) -> SpaceSettings:
    """Make a space for somebody of the house, who owns it; its maker is no member. Across."""
    check_instance_owner(ctx)
    owner = await ctx.db.row(
        select(User.id, User.name).where(func.lower(User.email) == given.owner_email.lower())
    )
    if owner is None:
        raise NoSuchUserError(field="owner_email")
    space_id = uuid7()
    tried = slugs_for(given.name) if given.slug is None else [given.slug]
    await enter(ctx, Space(space_id, tried[0], given.name))
    slug = await insert_space(ctx, space_id, tried, name=given.name, time_zone=given.time_zone)
    ctx.space = Space(space_id, slug, given.name)
    limits = given.quotas.model_dump(exclude_none=True)
    if limits:
        values = {QUOTAS[name].key: value for name, value in limits.items()}
        await ctx.db.execute(update(SpaceRow).where(SpaceRow.id == space_id).values(**values))
    await ctx.db.execute(
        insert(Membership).values(space_id=space_id, user_id=owner["id"], role=OWNER)
    )
    after = {"name": given.name, "slug": slug, "owner": owner["name"], "limits": limits}
    ctx.emit(SpaceProvisioned(ref=Ref("space", space_id, given.name), after=after))
    found = await ctx.db.row(settings_select(space_id))
    if found is None:
        raise NoSuchSpaceError
    return SpaceSettings.model_validate(found)


@signed_in
async def choose_space(ctx: Context, slug: str) -> SpaceSummary:
    """Let a session be in one of one's spaces whenever a request names none. Across spaces."""
    needs_person(ctx.actor)
    chosen = next((one for one in (await list_spaces(ctx)).items if one.slug == slug), None)
    if chosen is None or ctx.actor.credential_id is None:
        raise NoSuchSpaceError(field="slug")
    await enter(ctx, Space(chosen.id, chosen.slug, chosen.name))
    await ctx.db.execute(
        insert(ActiveSpace)
        .values(space_id=chosen.id, credential_id=ctx.actor.credential_id)
        .on_conflict_do_update(
            index_elements=[ActiveSpace.credential_id], set_={"space_id": chosen.id}
        )
    )
    ctx.emit(SpaceChosen(ref=Ref("space", chosen.id, chosen.name)))
    return chosen


def _spaces() -> Any:  # noqa: ANN401  (a select of many columns)
    return select(
        SpaceRow.id,
        SpaceRow.slug,
        SpaceRow.name,
        SpaceRow.archived_at,
        *(column.label(name) for name, column in QUOTAS.items()),
        Membership.role,
    )


async def _look(ctx: Context, slug: str) -> Row | None:
    return await ctx.db.row(
        _spaces()
        .outerjoin(
            Membership,
            (Membership.space_id == SpaceRow.id) & (Membership.user_id == ctx.user_id),
        )
        .where(SpaceRow.slug == slug)
        .with_for_update(of=SpaceRow)
    )


async def _owned(ctx: Context, slug: str) -> Row:
    """A space that the actor owns, in use or not, or any for the house's owner."""
    needs_person(ctx.actor)
    row = await _look(ctx, slug)
    if row is None or (row["role"] is None and not ctx.actor.is_instance_owner):
        raise NoSuchSpaceError
    if row["role"] != OWNER and not ctx.actor.is_instance_owner:
        raise OwnersOfSpaceOnlyError
    return row


async def _known(ctx: Context, slug: str) -> Row:
    """A space for the house's owner; its members learn that it is not for them."""
    needs_person(ctx.actor)
    row = await _look(ctx, slug)
    if row is None or (row["role"] is None and not ctx.actor.is_instance_owner):
        raise NoSuchSpaceError
    if not ctx.actor.is_instance_owner:
        raise InstanceOwnerOnlyError
    return row


async def _set_archived(ctx: Context, row: Row, *, archived: bool) -> None:
    await enter(ctx, Space(row["id"], row["slug"], row["name"], row["role"] or ""))
    await ctx.db.execute(
        update(SpaceRow)
        .where(SpaceRow.id == row["id"])
        .values(archived_at=func.now() if archived else None)
    )
