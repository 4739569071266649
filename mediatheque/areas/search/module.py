"""The manifest of the area `search`."""

from mediatheque.core.module import Module

MODULE = Module(name="search")
