"""The manifest of the area `files`."""

from mediatheque.core.module import Module

MODULE = Module(name="files")
