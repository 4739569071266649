"""Browsing the works of a space."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from mediatheque.areas.catalog.rules.refusals import TitleNotFoundError
from mediatheque.areas.library.queries.browse.lists import is_same_for_all, list_titles
from mediatheque.areas.library.queries.titles import get_title_page
from mediatheque.areas.library.schemas.cards import TitleFeed
from mediatheque.areas.library.schemas.filters import TitleQuery
from mediatheque.areas.library.schemas.titles import TitleRead
from mediatheque.core.http import Read, raises
from mediatheque.core.http.cached import Cached
from mediatheque.kit.errors import UnknownParameterError
from mediatheque.kit.paging import BadCursorError

router = APIRouter(tags=["library"])


@router.get(
    "/titles",
    summary="Browse works",
    response_model=TitleFeed,
    responses=raises(BadCursorError, UnknownParameterError),
)
async def browse_titles(
    ctx: Read, wanted: Annotated[TitleQuery, Query()], cached: Cached
) -> Response:
    """A page of works by filters and order; ``facets=true`` counts the values of every filter."""
    return await cached.answer(
        ctx,
        partial(list_titles, ctx, wanted),
        is_shared=is_same_for_all(ctx),
        write=partial(_write, wanted.chosen()),
        holds=_holds,
    )


def _write(chosen: frozenset[str] | None, feed: BaseModel) -> bytes:
    """The list as JSON, with the wished properties of each work only."""
    if chosen is None:
        return feed.model_dump_json().encode()
    wished: Any = dict.fromkeys(TitleFeed.model_fields, True)
    wished["items"] = {"__all__": chosen}
    return feed.model_dump_json(include=wished).encode()


def _holds(feed: BaseModel) -> bool:
    """Counts of a moment ago are not kept."""
    return not isinstance(feed, TitleFeed) or feed.has_current_counts


@router.get(
    "/titles/{key}",
    summary="A work's page",
    response_model=TitleRead,
    responses=raises(TitleNotFoundError),
)
async def read_title(ctx: Read, key: str, cached: Cached) -> Response:
    """Everything about a work, by slug or id; what was merged away answers with the survivor."""
    return await cached.answer(ctx, partial(get_title_page, ctx, key))
