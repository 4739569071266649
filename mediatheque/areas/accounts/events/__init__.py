"""What happens to users and their credentials. These events belong to no space."""

from mediatheque.areas.accounts.events import (
    credentials,
    devices,
    factors,
    letters,
    profiles,
    resets,
    users,
)

LABELS = {
    **users.LABELS,
    **credentials.LABELS,
    **devices.LABELS,
    **factors.LABELS,
    **letters.LABELS,
    **resets.LABELS,
    **profiles.LABELS,
}
"""Event kind → words for people."""
