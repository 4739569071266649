"""Adding a work by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from mediatheque.areas.catalog.actions.titles.lists import Lists, write
from mediatheque.areas.catalog.actions.titles.statements import (
    INSERT,
    OWNERS,
    SLUG_TAKEN,
    preparing,
)
from mediatheque.areas.catalog.events import TitleCreated
from mediatheque.areas.catalog.queries.parts import suitable, suitable_values
from mediatheque.areas.catalog.queries.titles import get_title
from mediatheque.areas.catalog.rules.ages import check_age
from mediatheque.areas.catalog.rules.matching import id_scheme
from mediatheque.areas.catalog.rules.names import (
    default_sort_title,
    make_slug,
    sort_key,
    title_key,
)
from mediatheque.areas.catalog.rules.refusals import (
    ExternalIdTakenError,
    SlugTakenError,
    TryAgainError,
)
from mediatheque.areas.catalog.rules.titles import check_window
from mediatheque.areas.catalog.rules.words import SCHEMES
from mediatheque.areas.catalog.schemas.details import stored_details
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.core.quotas import check_quota
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from mediatheque.areas.catalog.schemas.reads import TitleCore
    from mediatheque.areas.catalog.schemas.titles import TitleCreate

TENTHS = 10
ATTEMPTS = 3


@requires(Permission.CATALOG_CREATE)
async def create_title(
    ctx: Context, title: TitleCreate, *, poster_id: UUID | None = None
) -> TitleCore:
    """Add a work with its words, credits, ids, seasons and episodes.

    ``poster_id`` is a picture of ``files`` that was kept in the same transaction.
    Raises ``ExternalIdTakenError`` (naming the work that has the id), ``SlugTakenError`` (only
    for an address that was asked for), ``BadWindowError``.
    """
    check_window(title.status, title.available_from, title.available_until)
    check_age(ctx.actor.profile, title.minimum_age)
    await check_quota(ctx, "titles")
    lists, values = _lists(title), {**_columns(ctx, title), "poster": poster_id}
    await _prepare(ctx, title, lists, values)
    insert = INSERT.format(taken=SLUG_TAKEN.format(me=":id"))
    for _ in range(ATTEMPTS):
        made = await write(ctx, insert, lists, values)
        if made is not None:
            break
    else:
        raise TryAgainError(field="title")
    ctx.emit(
        TitleCreated(
            ref=Ref("title", made["id"], title.title),
            after=title.model_dump(mode="json", exclude_unset=True),
        )
    )
    return await get_title(ctx, made["id"])


def _lists(title: TitleCreate) -> Lists:
    lists = Lists(
        credits=title.credits or None,
        ids=list(ids_of(title.kind, title.external_ids, stored_details(title.details)).items()),
        seasons=title.seasons or None,
    )
    for name in SCHEMES:
        if names := getattr(title, name):
            lists.take_words(name, names)
    return lists


def _columns(ctx: Context, title: TitleCreate) -> dict[str, Any]:
    sort = title.sort_title or default_sort_title(title.title, title.languages)
    details = {k: v for k, v in stored_details(title.details).items() if v is not None}
    return {
        "space": ctx.space_id,
        "id": uuid7(),
        "slug": title.slug or make_slug(title.title, title.year),
        "kind": title.kind,
        "status": title.status,
        "title": title.title,
        "original_title": title.original_title or None,
        "sort_title": sort,
        "sort_key": sort_key(sort),
        "title_key": title_key(title.title),
        "synopsis": title.synopsis or None,
        "year": title.year,
        "released_on": title.released_on,
        "runtime_minutes": title.runtime_minutes,
        "age_rating": title.age_rating or None,
        "minimum_age": title.minimum_age,
        "rating": None if title.rating is None else round(title.rating * TENTHS),
        "details": orjson.dumps(details).decode(),
        "available_from": title.available_from,
        "available_until": title.available_until,
        "added_by": ctx.actor.id,
        "now": ctx.now,
    }


async def _prepare(
    ctx: Context, title: TitleCreate, lists: Lists, values: Mapping[str, Any]
) -> None:
    """Make missing words and people; refuse what is taken."""
    owners = OWNERS.format(me=":id", seen=suitable(ctx, "o"))
    select = f"SELECT {owners} AS owners, {SLUG_TAKEN.format(me=':id')} AS taken"
    result = await ctx.db.execute(
        preparing(select), {**lists.values(), **values, **suitable_values(ctx)}
    )
    found = result.mappings().one()
    refuse_owners(found["owners"], lists.ids)
    if title.slug and found["taken"]:
        raise SlugTakenError(field="slug")


def refuse_owners(owners: list[dict[str, Any]], wanted: Collection[tuple[str, str]]) -> None:
    """Refuse an external id that another work has, naming that work."""
    for owner in owners:
        if (owner["scheme"], owner["value"]) in wanted:
            if not owner["is_seen"]:
                raise ExternalIdTakenError(
                    f"Another work has the {owner['scheme']} id {owner['value']} already.",
                    field=f"external_ids.{owner['scheme']}",
                )
            raise ExternalIdTakenError(
                f"“{owner['title']}” has the {owner['scheme']} id {owner['value']} already.",
                field=f"external_ids.{owner['scheme']}",
                details={
                    "title": {name: owner[name] for name in ("id", "slug", "title")},
                    "scheme": owner["scheme"],
                    "value": owner["value"],
                },
            )


def ids_of(kind: str, given: Mapping[str, str], details: Mapping[str, Any]) -> dict[str, str]:
    """External ids by the schemes that are stored; a book's ISBN is one of them."""
    found = {id_scheme(kind, scheme): value for scheme, value in given.items()}
    if details.get("isbn13"):
        found.setdefault("isbn13", details["isbn13"])
    return found
