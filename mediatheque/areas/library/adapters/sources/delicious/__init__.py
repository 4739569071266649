"""Delicious Library, a program for the Mac: the exports of its versions 1, 2 and 3, and as text."""

from mediatheque.areas.library.adapters.sources.delicious.source import Delicious

__all__ = ["Delicious"]
