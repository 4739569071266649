"""Telling the demonstration world to a house, through public actions only."""

from mediatheque.demo.story.telling import Told, tell

__all__ = ["Told", "tell"]
