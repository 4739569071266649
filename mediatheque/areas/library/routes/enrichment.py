"""Completing a work from a provider. The network comes first, the transaction after it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from mediatheque.areas.catalog.rules.refusals import NotYourTitleError, TitleNotFoundError
from mediatheque.areas.catalog.rules.titles import check_editor
from mediatheque.areas.files.actions import PreparedImage
from mediatheque.areas.library.actions.enrich import enrich_title
from mediatheque.areas.library.actions.enrich_posters import discard_poster, prepare_poster
from mediatheque.areas.library.adapters.providers import (
    Answer,
    ProviderError,
    look_up,
)
from mediatheque.areas.library.queries.enrichment import get_state
from mediatheque.areas.library.queries.provider import get_provider
from mediatheque.areas.library.rules.refusals import NoProviderError, ProviderSilentError
from mediatheque.areas.library.schemas.enrichment import EnrichmentRead
from mediatheque.areas.spaces.rules.integrations import IntegrationBrokenError
from mediatheque.core.flags import ENRICHMENT, FeatureOffError
from mediatheque.core.http import Client, Write, raises
from mediatheque.core.http.uploads import Beforehand

router = APIRouter(prefix="/titles/{title_id}", tags=["library"])


@dataclass(frozen=True, slots=True)
class Asked:
    """A provider's answer about a work, and the poster, taken in but not yet kept."""

    provider: str
    answer: Answer
    image: PreparedImage | None


async def _ask(request: Request, ctx: Beforehand, title_id: str) -> AsyncIterator[Asked]:
    settings = Client.of(request).settings
    ENRICHMENT.needs(ctx)
    work, added_by = await get_state(ctx, title_id)
    check_editor(ctx, added_by)
    provider = await get_provider(ctx, settings)
    if not provider.is_ready:
        raise NoProviderError(details={"needs": list(provider.needs)})
    try:
        answer = await look_up(provider, work)
    except ProviderError as error:
        raise ProviderSilentError(str(error)) from error
    image = await prepare_poster(ctx, settings, answer)
    try:
        yield Asked(provider.name, answer, image)
    except BaseException:
        await discard_poster(ctx, settings, image)
        raise


@router.post(
    "/enrich",
    summary="Complete a work from a provider",
    responses=raises(
        TitleNotFoundError,
        NotYourTitleError,
        FeatureOffError,
        NoProviderError,
        IntegrationBrokenError,
        ProviderSilentError,
    ),
)
async def enrich(
    asked: Annotated[Asked, Depends(_ask, scope="function")], ctx: Write
) -> EnrichmentRead:
    """Fill in what is empty: synopsis, poster, credits, running time, ids and the like.

    What people wrote or emptied stays as it is.
    """
    if asked.answer.facts is None:
        return EnrichmentRead(
            provider=asked.provider,
            filled=[],
            reason=asked.answer.reason,
            message=asked.answer.message,
        )
    filled = await enrich_title(ctx, asked.provider, asked.answer, asked.image)
    return EnrichmentRead(provider=asked.provider, filled=filled)
