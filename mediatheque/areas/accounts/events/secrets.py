"""What happens to the encrypted secrets of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class AccountSecretsRewrapped(Event):
    """Secrets are under another master key. ``after``: ``key``, ``secrets``, ``unreadable``."""

    kind: ClassVar[str] = "accounts.secrets_rewrapped"


LABELS = {
    AccountSecretsRewrapped.kind: "put {secrets} secrets of accounts under the key {key}",
}
"""Event kind → words for people."""
