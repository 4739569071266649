"""What happens to users and their credentials. These events belong to no space."""

from mediatheque.areas.accounts.events import credentials, users

LABELS = {**users.LABELS, **credentials.LABELS}
"""Event kind → words for people."""
