"""The manifest of the area `exchange`."""

from mediatheque.core.module import Module

MODULE = Module(name="exchange")
