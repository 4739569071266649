"""What happens to users and their credentials. These events belong to no space."""

from mediatheque.areas.accounts.events import (
    administrators,
    belongings,
    credentials,
    devices,
    factors,
    letters,
    links,
    profiles,
    resets,
    users,
)

LABELS = {
    **users.LABELS,
    **belongings.LABELS,
    **administrators.LABELS,
    **credentials.LABELS,
    **devices.LABELS,
    **factors.LABELS,
    **letters.LABELS,
    **links.LABELS,
    **resets.LABELS,
    **profiles.LABELS,
}
"""Event kind → words for people."""
