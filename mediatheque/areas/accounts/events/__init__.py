"""What happens to users and their credentials. These events belong to no space."""

from mediatheque.areas.accounts.events import credentials, devices, letters, profiles, resets, users

LABELS = {
    **users.LABELS,
    **credentials.LABELS,
    **devices.LABELS,
    **letters.LABELS,
    **resets.LABELS,
    **profiles.LABELS,
}
"""Event kind → words for people."""
