"""The manifest of the area `library`."""

from mediatheque.core.module import Module

MODULE = Module(name="library")
