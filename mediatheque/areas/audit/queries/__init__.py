"""Selects from the journal."""
