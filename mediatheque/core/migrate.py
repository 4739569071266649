"""Running the migrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from mediatheque.core.schema import MIGRATIONS

if TYPE_CHECKING:
    from pathlib import Path


def config(url: str, folder: Path = MIGRATIONS) -> Config:
    """Alembic's configuration for a database URL (``postgresql://…``)."""
    made = Config()
    made.set_main_option("path_separator", "os")
    made.set_main_option("script_location", str(folder))
    made.set_main_option("prepend_sys_path", str(folder))
    made.attributes["url"] = url
    return made


def upgrade(url: str, to: str = "head") -> None:
    """Bring a database to a revision; each migration is one transaction."""
    command.upgrade(config(url), to)


def downgrade(url: str, to: str = "base") -> None:
    """Take migrations back."""
    command.downgrade(config(url), to)
