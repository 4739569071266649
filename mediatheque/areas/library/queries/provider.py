"""Which provider a space completes its works from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.library.adapters.providers import open_provider
from mediatheque.areas.spaces.queries.integrations import find_settings
from mediatheque.core.context import ReadContext, public
from mediatheque.core.keys import keyring

if TYPE_CHECKING:
    from mediatheque.areas.library.adapters.providers import Tmdb
    from mediatheque.core.settings import Settings


@public
async def get_provider(ctx: ReadContext, settings: Settings) -> Tmdb:
    """The provider with the key that the space set, else with the house's.

    IntegrationBrokenError when the space's key cannot be read: the house's is no substitute.
    """
    own = await find_settings(ctx, "tmdb", keyring(settings))
    return open_provider(settings, own["token"] if own else None)
