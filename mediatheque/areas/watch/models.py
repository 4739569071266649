"""What is being played, what was, and the tokens of players that cannot sign in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from mediatheque.core.models import Base, ProfileOwned, SpaceOwned


class Playback(ProfileOwned, Base):
    """Somebody plays something: from ``started_at`` until it is ended or idle.

    ``ref_kind`` is ``channel``, later also ``title`` and ``episode``. ``watched_seconds`` counts
    the time between heartbeats. ``device_id`` is the token of the player, if it used one. While
    ``ended_at`` is null the signed address of the stream works, and it counts for the limit.
    """

    __tablename__ = "watch_playbacks"
    __table_args__ = (
        CheckConstraint("ref_kind IN ('channel', 'title', 'episode')", name="ref_kind"),
        CheckConstraint(
            "end_reason IN ('stopped', 'idle', 'expired', 'revoked', 'not_entitled')",
            name="end_reason",
        ),
        Index("ix_watch_playbacks_user_id", "space_id", "user_id", "id"),
        Index(
            "ix_watch_playbacks_open",
            "space_id",
            "user_id",
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    user_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_users.id", ondelete="CASCADE"))
    device_id: Mapped[UUID | None]
    ref_kind: Mapped[str]
    ref_id: Mapped[UUID]
    label: Mapped[str] = mapped_column(server_default="")
    programme: Mapped[str | None]
    client: Mapped[str] = mapped_column(server_default="")
    watched_seconds: Mapped[int] = mapped_column(server_default="0")
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]


class Player(SpaceOwned, Base):
    """A player or tuner that cannot sign in: a secret address of playlist and guide of its own.

    The secret is an API key of its owner (``credential_id``) that may read the guide and nothing
    else; ending the key ends the player. It sees what its owner sees as ``profile_id``.
    ``is_tuner``: it may also be asked as an HDHomeRun.
    """

    __tablename__ = "watch_players"
    __table_args__ = (
        Index("uq_watch_players_credential_id", "space_id", "credential_id", unique=True),
        Index("ix_watch_players_user_id", "space_id", "user_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuidv7())
    user_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_users.id", ondelete="CASCADE"))
    credential_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts_credentials.id", ondelete="CASCADE")
    )
    profile_id: Mapped[UUID | None]
    name: Mapped[str]
    is_tuner: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
