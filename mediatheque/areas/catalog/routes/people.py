"""People and vocabularies."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from mediatheque.areas.catalog import actions, queries
from mediatheque.areas.catalog.rules import refusals
from mediatheque.areas.catalog.schemas.people import (
    PeopleFilter,
    PeopleMerge,
    PersonMerged,
    PersonName,
    PersonRead,
    PersonRow,
    PersonUpdate,
)
from mediatheque.areas.catalog.schemas.terms import TermFilter, TermRead
from mediatheque.core.http import Read, Write, raises
from mediatheque.kit.paging import BadCursorError, Feed, Listing

router = APIRouter(tags=["catalog"])


@router.get("/people", summary="People", responses=raises(BadCursorError))
async def list_people(ctx: Read, wanted: Annotated[PeopleFilter, Query()]) -> Feed[PersonRow]:
    """People in the order of their family names."""
    return await queries.list_people(ctx, wanted)


@router.get("/people/{key}", summary="A person", responses=raises(refusals.PersonNotFoundError))
async def get_person(ctx: Read, key: str) -> PersonRead:
    """Somebody by id or address, with their works by job."""
    return await queries.get_person(ctx, key)


@router.patch(
    "/people/{key}",
    summary="Rename a person",
    responses=raises(refusals.PersonNotFoundError, refusals.PersonNameTakenError),
)
async def rename_person(ctx: Write, key: str, body: PersonUpdate) -> PersonName:
    """Change the name, or what tells people of one name apart."""
    return await actions.rename_person(ctx, key, body)


@router.post(
    "/people/{key}/merge",
    summary="Merge two people",
    responses=raises(refusals.PersonNotFoundError, refusals.SamePersonError),
)
async def merge_people(ctx: Write, key: str, body: PeopleMerge) -> PersonMerged:
    """Hand all credits of the other person to this one; the other goes."""
    return await actions.merge_people(ctx, key, body.other)


@router.post(
    "/people/merges/{people_merge_id}/undo",
    summary="Undo a merge of people",
    responses=raises(
        refusals.MergeNotFoundError,
        refusals.MergeAlreadyUndoneError,
        refusals.MergeSupersededError,
        refusals.PersonNameTakenError,
    ),
)
async def undo_people_merge(ctx: Write, people_merge_id: UUID) -> PersonName:
    """Both stand as before, but for what was changed by hand since. Answers who is back."""
    return await actions.undo_people_merge(ctx, people_merge_id)


@router.get("/terms", summary="Words of a vocabulary")
async def list_terms(ctx: Read, wanted: Annotated[TermFilter, Query()]) -> Listing[TermRead]:
    """Genres, tags, moods, themes, languages or countries, the most used first."""
    return await queries.list_terms(ctx, wanted)
