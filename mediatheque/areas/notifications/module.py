"""The manifest of the area `notifications`."""

from mediatheque.areas.notifications.events import LABELS
from mediatheque.areas.notifications.routes import router
from mediatheque.core.module import Module

MODULE = Module(name="notifications", routers=(router,), labels=LABELS)
