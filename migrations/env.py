"""Alembic's environment: the URL comes from the caller, the tables from the areas."""

import pkgutil
from importlib import import_module

from alembic import context
from sqlalchemy import create_engine, text

import mediatheque.areas
from mediatheque.core.models import Base

for area in pkgutil.iter_modules(mediatheque.areas.__path__):
    package = import_module(f"mediatheque.areas.{area.name}")
    if any(room.name == "models" for room in pkgutil.iter_modules(package.__path__)):
        import_module(f"mediatheque.areas.{area.name}.models")


def ours(_: object, name: str | None, kind: str, reflected: object, compare_to: object) -> bool:
    """Leave the queue's own tables to the queue."""
    return not (kind == "table" and str(name).startswith("procrastinate_"))


url = context.config.attributes["url"]
engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
with engine.connect() as connection:
    # Two processes that start at once migrate one after the other.
    connection.execute(text("SELECT pg_advisory_lock(7302, 1)"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=ours,
        transaction_per_migration=True,
        compare_server_default=False,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
