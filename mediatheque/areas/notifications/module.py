"""The manifest of the area `notifications`."""

from mediatheque.areas.notifications import models  # noqa: F401  (its tables)
from mediatheque.core.module import Module

MODULE = Module(name="notifications")
