"""The manifest of the area `library`."""

from mediatheque.areas.library.actions.imports.desk import DESK
from mediatheque.areas.library.events import LABELS
from mediatheque.areas.library.routes import router
from mediatheque.core.module import Module

MODULE = Module(name="library", routers=(router,), labels=LABELS, sources=DESK.sources)
