"""Browsing the works of a space."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from mediatheque.areas.catalog.rules.refusals import TitleNotFoundError
from mediatheque.areas.library.queries.browse.lists import list_titles
from mediatheque.areas.library.queries.titles import get_title_page
from mediatheque.areas.library.schemas.cards import TitleFeed
from mediatheque.areas.library.schemas.filters import TitleQuery
from mediatheque.areas.library.schemas.titles import TitleRead
from mediatheque.core.http import Read, raises
from mediatheque.kit.errors import UnknownParameterError
from mediatheque.kit.paging import BadCursorError

router = APIRouter(tags=["library"])


@router.get(
    "/titles",
    summary="Browse works",
    response_model=TitleFeed,
    responses=raises(BadCursorError, UnknownParameterError),
)
async def browse_titles(ctx: Read, wanted: Annotated[TitleQuery, Query()]) -> Any:  # noqa: ANN401
    """A page of works by filters and order; ``facets=true`` counts the values of every filter."""
    found = await list_titles(ctx, wanted)
    chosen = wanted.chosen()
    if chosen is None:
        return found
    wished: Any = dict.fromkeys(TitleFeed.model_fields, True)
    wished["items"] = {"__all__": chosen}
    return Response(found.model_dump_json(include=wished), media_type="application/json")


@router.get("/titles/{key}", summary="A work's page", responses=raises(TitleNotFoundError))
async def read_title(ctx: Read, key: str) -> TitleRead:
    """Everything about a work, by slug or id; what was merged away answers with the survivor."""
    return await get_title_page(ctx, key)
