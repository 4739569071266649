"""The manifest of the area `catalog`."""

from mediatheque.core.module import Module

MODULE = Module(name="catalog")
