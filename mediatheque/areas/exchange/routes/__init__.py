"""Imports and decisions over HTTP."""

from mediatheque.areas.exchange.routes.imports import router as imports
from mediatheque.areas.exchange.routes.reports import router as reports
from mediatheque.areas.exchange.routes.review import router as review

__all__ = ["imports", "reports", "review"]
