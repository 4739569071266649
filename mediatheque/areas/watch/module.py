"""The manifest of the area `watch`."""

from mediatheque.areas.watch import models  # noqa: F401  (its tables)
from mediatheque.core.module import Module

MODULE = Module(name="watch")
