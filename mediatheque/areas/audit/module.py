"""The manifest of the area `audit`."""

from mediatheque.core.module import Module

MODULE = Module(name="audit")
