"""What happens to users and their credentials. These events belong to no space."""

from mediatheque.areas.accounts.events import credentials, letters, users

LABELS = {**users.LABELS, **credentials.LABELS, **letters.LABELS}
"""Event kind → words for people."""
