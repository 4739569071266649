"""Liveness, readiness, version."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed

from fastapi import APIRouter, Request
from pydantic import BaseModel
from sqlalchemy import text

from mediatheque.core.http.client import Client
from mediatheque.core.http.raises import raises
from mediatheque.core.schema import head
from mediatheque.kit.errors import UnavailableError

router = APIRouter(tags=["system"])


class Health(BaseModel):
    """``ok``, and which parts were asked."""

    status: str
    database: str | None = None
    migration: str | None = None


class VersionRead(BaseModel):
    """The product's version and the version of its API."""

    version: str
    api: str = "v1"


def version() -> str:
    """The version of the installed package."""
    try:
        return installed("mediatheque")
    except PackageNotFoundError:
        return "0.1.0"


@router.get("/health/live", summary="Is the process alive?")
async def live() -> Health:
    """Answers as long as the process answers anything."""
    return Health(status="ok")


@router.get("/health/ready", summary="Can it serve?", responses=raises(UnavailableError))
async def ready(request: Request) -> Health:
    """Answers 200 when the database answers and is at this version's migration, else 503."""
    database = Client.of(request).database
    try:
        number = await database.ping()
        at = await database.across().scalar(text("SELECT version_num FROM alembic_version"))
    except Exception as error:
        raise UnavailableError("The database does not answer yet.") from error
    if at != head():
        raise UnavailableError(f"The database is at migration {at}, this version needs {head()}.")
    return Health(status="ok", database=str(number), migration=at)


@router.get("/api/v1/version", summary="Version")
async def read_version() -> VersionRead:
    """The product's version."""
    return VersionRead(version=version())
