"""The one ordered list of areas, lowest storey first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.accounts.module import MODULE as ACCOUNTS
from mediatheque.areas.audit.module import MODULE as AUDIT
from mediatheque.areas.catalog.module import MODULE as CATALOG
from mediatheque.areas.entitlements.module import MODULE as ENTITLEMENTS
from mediatheque.areas.exchange.module import MODULE as EXCHANGE
from mediatheque.areas.files.module import MODULE as FILES
from mediatheque.areas.library.module import MODULE as LIBRARY
from mediatheque.areas.live.module import MODULE as LIVE
from mediatheque.areas.notifications.module import MODULE as NOTIFICATIONS
from mediatheque.areas.search.module import MODULE as SEARCH
from mediatheque.areas.spaces.module import MODULE as SPACES
from mediatheque.areas.watch.module import MODULE as WATCH

if TYPE_CHECKING:
    from mediatheque.core.module import Module

MODULES: tuple[Module, ...] = (
    ACCOUNTS,
    SPACES,
    EXCHANGE,
    FILES,
    SEARCH,
    AUDIT,
    NOTIFICATIONS,
    CATALOG,
    ENTITLEMENTS,
    LIBRARY,
    LIVE,
    WATCH,
)
