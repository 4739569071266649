"""Roles of a space's own, teams, and grants for one thing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.areas.spaces.models.spaces import CUSTOM, of_role
from mediatheque.core.models import Base, SpaceOwned


class CustomRole(SpaceOwned, Base):
    """A named set of permissions that a space made. ``slug`` never changes.

    ``extends`` names built-in and own roles. What follows from them is kept beside: ``granted``
    are the permissions of this role and all own roles it extends, ``bases`` the built-in roles
    among them (whose permissions a later version of the house may change).
    """

    __tablename__ = "spaces_roles"
    __table_args__ = (UniqueConstraint("space_id", "slug"),)

    space_id: Mapped[UUID] = mapped_column(
        ForeignKey("spaces_spaces.id", ondelete="CASCADE"), primary_key=True, sort_order=-10
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    slug: Mapped[str]
    name: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    permissions: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default=text("'{}'"))
    extends: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default=text("'{}'"))
    granted: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default=text("'{}'"))
    bases: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default=text("'{}'"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Team(SpaceOwned, Base):
    """A named group of members; ``role`` is what each of them may besides their own role."""

    __tablename__ = "spaces_teams"
    __table_args__ = (
        of_role(),
        Index("uq_spaces_teams_name", "space_id", text("lower(name)"), unique=True),
    )

    space_id: Mapped[UUID] = mapped_column(
        ForeignKey("spaces_spaces.id", ondelete="CASCADE"), primary_key=True, sort_order=-10
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    name: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    role: Mapped[str | None]
    custom_role: Mapped[str | None] = mapped_column(Computed(CUSTOM, persisted=True))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class TeamMember(SpaceOwned, Base):
    """A member is in a team. Who leaves the space leaves its teams."""

    __tablename__ = "spaces_team_members"
    __table_args__ = (
        ForeignKeyConstraint(
            ["space_id", "member_id"],
            ["spaces_memberships.space_id", "spaces_memberships.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["space_id", "team_id"],
            ["spaces_teams.space_id", "spaces_teams.id"],
            ondelete="CASCADE",
        ),
        Index("ix_spaces_team_members_team_id", "space_id", "team_id"),
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    team_id: Mapped[UUID] = mapped_column(primary_key=True)


class Grant(SpaceOwned, Base):
    """A permission for one thing, given to a member or to a team."""

    __tablename__ = "spaces_grants"
    __table_args__ = (
        CheckConstraint("num_nonnulls(member_id, team_id) = 1", name="holder"),
        ForeignKeyConstraint(
            ["space_id", "member_id"],
            ["spaces_memberships.space_id", "spaces_memberships.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["space_id", "team_id"],
            ["spaces_teams.space_id", "spaces_teams.id"],
            ondelete="CASCADE",
        ),
        Index(
            "uq_spaces_grants_member",
            *("space_id", "member_id", "permission", "ref_id"),
            unique=True,
            postgresql_where=text("member_id IS NOT NULL"),
        ),
        Index(
            "uq_spaces_grants_team",
            *("space_id", "team_id", "permission", "ref_id"),
            unique=True,
            postgresql_where=text("team_id IS NOT NULL"),
        ),
        Index("ix_spaces_grants_ref_id", "space_id", "ref_id"),
    )

    space_id: Mapped[UUID] = mapped_column(
        ForeignKey("spaces_spaces.id", ondelete="CASCADE"), primary_key=True, sort_order=-10
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    member_id: Mapped[UUID | None]
    team_id: Mapped[UUID | None]
    permission: Mapped[str]
    ref_kind: Mapped[str]
    ref_id: Mapped[UUID]
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
