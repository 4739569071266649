"""Searching, and suggestions while typing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from mediatheque.areas.search.queries.find import find
from mediatheque.areas.search.queries.suggest import suggest as list_suggestions
from mediatheque.areas.search.rules.declared import CARDS
from mediatheque.areas.search.schemas import SearchFilter, SuggestFilter, shapes_of
from mediatheque.core.http import Read, raises
from mediatheque.core.http.limits import SEARCH, rated
from mediatheque.core.module import House
from mediatheque.kit.errors import UnknownParameterError
from mediatheque.kit.paging import BadCursorError


def build_router(house: House) -> APIRouter:
    """The routes, answering in the shapes of the areas whose things are found."""
    router = APIRouter(prefix="/search", tags=["search"])
    cards = [one for registered in house.extension(CARDS) for one in registered]
    shapes = shapes_of(cards)

    @router.get(
        "",
        summary="Search",
        response_model=shapes.results,
        responses=raises(BadCursorError, UnknownParameterError),
    )
    @rated(SEARCH)
    async def search(ctx: Read, wanted: Annotated[SearchFilter, Query()]) -> Response:
        """Works and people in one ranked list: by titles, names, words, bar codes and ids.

        Accents, case, word order and slips of spelling don't matter.
        """
        found = await find(ctx, cards, shapes, wanted)
        return Response(found.model_dump_json(), media_type="application/json")

    @router.get(
        "/suggestions",
        summary="Suggestions while typing",
        response_model=shapes.suggestions,
        responses=raises(UnknownParameterError),
    )
    @rated(SEARCH)
    async def suggest(ctx: Read, typed: Annotated[SuggestFilter, Query()]) -> Response:
        """A few works and people whose names begin so, or have a word that does."""
        found = await list_suggestions(ctx, cards, shapes, typed.q)
        return Response(found.model_dump_json(), media_type="application/json")

    return router
