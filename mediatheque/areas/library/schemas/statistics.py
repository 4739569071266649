"""Figures of a space's collection on the wire."""

from __future__ import annotations

from mediatheque.kit.wire import Wire


class KindCount(Wire):
    """Works of a kind."""

    kind: str
    titles: int


class FormatCount(Wire):
    """Copies of a format, and of how many works they are."""

    format: str
    copies: int
    titles: int


class DecadeCount(Wire):
    """Works of a decade; null holds those without a year."""

    decade: int | None
    titles: int


class CurrencyValue(Wire):
    """What the copies with a price in a currency cost together, in minor units."""

    currency: str
    cents: int
    copies: int


class LibraryStatistics(Wire):
    """A collection in figures."""

    titles: int
    owned_titles: int
    copies: int
    editions: int
    on_loan: int
    overdue: int
    kinds: list[KindCount]
    formats: list[FormatCount]
    decades: list[DecadeCount]
    value: list[CurrencyValue]
