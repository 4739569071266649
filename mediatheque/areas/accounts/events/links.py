"""What happens to identities elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class LinkOffered(Event):
    """An identity waits to be tied to an account. ``after``: ``provider``."""

    kind: ClassVar[str] = "accounts.link_offered"


@dataclass(frozen=True, kw_only=True)
class LinkAdded(Event):
    """An account can be opened by an identity elsewhere. ``after``: ``provider``."""

    kind: ClassVar[str] = "accounts.link_added"


@dataclass(frozen=True, kw_only=True)
class LinkUsed(Event):
    """An issuer vouched for somebody. ``after``: ``provider``."""

    kind: ClassVar[str] = "accounts.link_used"


@dataclass(frozen=True, kw_only=True)
class LinkRemoved(Event):
    """An identity elsewhere opens the account no more. ``before``: ``provider``."""

    kind: ClassVar[str] = "accounts.link_removed"


LABELS = {
    LinkOffered.kind: "was asked to link an identity of {provider}",
    LinkAdded.kind: "linked an identity of {provider}",
    LinkUsed.kind: "was vouched for by {provider}",
    LinkRemoved.kind: "unlinked an identity of {provider}",
}
"""Event kind → words for people."""
