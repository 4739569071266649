"""The manifest of the area `spaces`."""

from mediatheque.areas.spaces.routes.identity import identify
from mediatheque.core.module import Module

MODULE = Module(name="spaces", identify=identify)
