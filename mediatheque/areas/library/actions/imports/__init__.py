"""The library's half of every import."""
