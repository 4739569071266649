"""The manifest of the area `search`."""

from mediatheque.areas.search.jobs import JOBS
from mediatheque.areas.search.routes import build_router
from mediatheque.core.module import Module

MODULE = Module(name="search", routers=(build_router,), jobs=JOBS)
