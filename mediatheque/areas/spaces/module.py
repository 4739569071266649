"""The manifest of the area `spaces`."""

from mediatheque.core.module import Module

MODULE = Module(name="spaces")
