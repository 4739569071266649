"""Browsing: which works, in which order, how many of what."""
