"""Who knows more about works: one small interface, one file per provider."""

from mediatheque.areas.library.adapters.providers.calls import (
    Budget,
    ProviderBusyError,
    ProviderError,
    ProviderRefusedError,
)
from mediatheque.areas.library.adapters.providers.lookup import Answer, look_up
from mediatheque.areas.library.adapters.providers.provider import Facts, Found, Provider
from mediatheque.areas.library.adapters.providers.tmdb import Tmdb, open_provider

__all__ = [
    "Answer",
    "Budget",
    "Facts",
    "Found",
    "Provider",
    "ProviderBusyError",
    "ProviderError",
    "ProviderRefusedError",
    "Tmdb",
    "look_up",
    "open_provider",
]
