"""The manifest of the area `accounts`."""

from mediatheque.core.module import Module

MODULE = Module(name="accounts")
