"""Credential and space to identity, straight at the resolver."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from mediatheque.areas.spaces.routes.identity import identify
from mediatheque.areas.spaces.routes.sightings import SIGHTINGS, Sightings
from mediatheque.core.edge import write_context
from mediatheque.core.module import Called
from mediatheque.core.permissions import ROLES, Permission
from mediatheque.kit import crypto
from mediatheque.kit.errors import NotFoundError

if TYPE_CHECKING:
    from mediatheque.core.module import Identity
    from tests.house import House, Member


def token_of(member: Member) -> str:
    return member.client.cookies["mediatheque_session"]


async def ask(
    house: House, token: str | None, slug: str | None = None, *, is_cookie: bool = True
) -> Identity:
    return await identify(house.database, token=token, is_cookie=is_cookie, slug=slug)


async def run(house: House, sql: str, **values: object) -> None:
    async with write_context(house.database, across=True) as context:
        await context.db.execute(sql, values)


async def test_cookie_names_user_space_role_and_version(house: House) -> None:
    member = await house.member(role="catalog_editor")
    found = await ask(house, token_of(member), member.space.slug)
    assert found.actor.kind == "user"
    assert found.actor.id == member.user_id
    assert found.actor.name == member.name
    assert found.space is not None
    assert (found.space.id, found.space.role) == (member.space.id, "catalog_editor")
    assert found.space.version == 0
    assert found.grants == ROLES["catalog_editor"]
    assert found.csrf == crypto.csrf_token(token_of(member))


async def test_only_space_needs_no_name_and_several_do(house: House) -> None:
    member = await house.member()
    alone = await ask(house, token_of(member))
    assert alone.space is not None
    assert alone.space.id == member.space.id
    second = await house.space()
    await run(
        house,
        "INSERT INTO spaces_memberships (space_id, user_id, role) VALUES (:s, :u, 'viewer')",
        s=second.id,
        u=member.user_id,
    )
    several = await ask(house, token_of(member))
    assert several.actor.id == member.user_id
    assert several.space is None
    assert several.grants == frozenset()
    named = await ask(house, token_of(member), second.slug)
    assert named.space is not None
    assert named.grants == ROLES["viewer"]


async def test_foreign_unknown_and_archived_spaces_are_not_found(house: House) -> None:
    member, stranger = await house.member(), await house.member()
    for slug in (
        stranger.space.slug,
        "no-such-space",
        "\N{GREEK SMALL LETTER ALPHA}",
        "'; --",
        "a\x00b",
    ):
        with pytest.raises(NotFoundError):
            await ask(house, token_of(member), slug)
    await run(
        house, "UPDATE spaces_spaces SET archived_at = now() WHERE id = :id", id=member.space.id
    )
    with pytest.raises(NotFoundError):
        await ask(house, token_of(member), member.space.slug)
    assert (await ask(house, token_of(member))).space is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE accounts_credentials SET revoked_at = now() WHERE user_id = :id",
        "UPDATE accounts_credentials SET expires_at = now() WHERE user_id = :id",
        "UPDATE accounts_credentials SET audience = 'admin' WHERE user_id = :id",
        "UPDATE accounts_credentials SET kind = 'setup' WHERE user_id = :id",
        "UPDATE accounts_credentials SET kind = 'api_key' WHERE user_id = :id",
        "UPDATE accounts_users SET is_active = false WHERE id = :id",
        "DELETE FROM accounts_users WHERE id = :id",
    ],
)
async def test_what_is_no_good_is_nobody_at_once(house: House, change: str) -> None:
    member = await house.member()
    assert (await ask(house, token_of(member))).actor.kind == "user"
    await run(house, change, id=member.user_id)
    found = await ask(house, token_of(member), member.space.slug)
    assert found.actor.kind == "anonymous"
    assert found.grants == frozenset()


async def test_nobody_and_garbage_are_anonymous(house: House) -> None:
    for token in (None, "", "x", "\x00", "\N{SNOWMAN}" * 1000):
        found = await ask(house, token, "some-space")
        assert found.actor.kind == "anonymous"
        assert found.space is None


async def test_key_is_narrowed_to_its_scopes_and_needs_no_csrf(house: House) -> None:
    member = await house.member(role="viewer")
    key = crypto.new_token("mk")
    await run(
        house,
        "INSERT INTO accounts_credentials (user_id, kind, token_hash, scopes) "
        "VALUES (:u, 'api_key', :h, :s)",
        u=member.user_id,
        h=crypto.hash_token(key),
        s=[Permission.CATALOG_READ, Permission.CATALOG_DELETE],
    )
    found = await ask(house, key, member.space.slug, is_cookie=False)
    assert found.actor.kind == "key"
    assert found.grants == {Permission.CATALOG_READ}
    assert found.csrf is None
    assert (await ask(house, key)).actor.kind == "anonymous", "a key is no cookie"
    session = await ask(house, token_of(member), is_cookie=False)
    assert session.actor.kind == "anonymous", "a session is no bearer"


async def test_sighting_slides_the_end_beside_the_request(house: House) -> None:
    member = await house.member()
    await run(
        house,
        "UPDATE accounts_credentials SET created_at = now() - interval '3 days', "
        "last_seen_at = now() - interval '2 hours', "
        "expires_at = now() - interval '2 hours' + interval '7 days' WHERE user_id = :id",
        id=member.user_id,
    )
    await ask(house, token_of(member))
    await SIGHTINGS.settle()
    row = await house.database.across().row(
        text(
            "SELECT now() - last_seen_at < interval '1 minute' AS is_seen, "
            "expires_at - last_seen_at AS life FROM accounts_credentials WHERE user_id = :id"
        ).bindparams(id=member.user_id)
    )
    assert row == {"is_seen": True, "life": timedelta(days=7)}


async def test_sighting_is_written_once_for_many_requests(house: House) -> None:
    member = await house.member()
    eager = Sightings(fresh=timedelta(0))
    row = await house.database.across().row(
        text("SELECT id, created_at FROM accounts_credentials WHERE user_id = :id").bindparams(
            id=member.user_id
        )
    )
    assert row is not None
    for _ in range(20):
        eager.note(house.database, row["id"], row["created_at"])
    assert len(eager._writing) == 1  # noqa: SLF001  (what it is about)
    await eager.settle()
    assert not eager._writing  # noqa: SLF001  (what it is about)


async def test_a_sub_domain_of_the_house_names_a_space_before_the_header(house: House) -> None:
    member, stranger = await house.member(), await house.member()
    token = token_of(member)

    async def at(name: str, slug: str | None = None) -> Identity:
        called = Called(name, "house.example")
        return await identify(house.database, token=token, is_cookie=True, slug=slug, host=called)

    for name in (f"{member.space.slug}.house.example", "house.example", "www.house.example"):
        found = await at(name)
        assert found.space is not None, name
        assert found.space.id == member.space.id
    for name in (f"{stranger.space.slug}.house.example", "no-such.house.example"):
        with pytest.raises(NotFoundError):
            await at(name, member.space.slug)
    inside = await at(f"a.{stranger.space.slug}.house.example")
    assert inside.space is not None
    assert inside.space.id == member.space.id, "only a label right below the house is a space"
