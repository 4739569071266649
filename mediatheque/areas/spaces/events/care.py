"""What happens to a space as a whole: its settings, quotas, domains, and who helps in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class SpaceUpdated(Event):
    """Settings of a space are others."""

    kind: ClassVar[str] = "spaces.space_updated"


@dataclass(frozen=True, kw_only=True)
class SpaceArchived(Event):
    """A space is put away: nobody enters it until an owner restores it."""

    kind: ClassVar[str] = "spaces.space_archived"


@dataclass(frozen=True, kw_only=True)
class SpaceRestored(Event):
    """A space is in use again."""

    kind: ClassVar[str] = "spaces.space_restored"


@dataclass(frozen=True, kw_only=True)
class SpaceProvisioned(Event):
    """The house's owner made a space for somebody. ``after``: ``name, slug, owner, limits``."""

    kind: ClassVar[str] = "spaces.space_provisioned"


@dataclass(frozen=True, kw_only=True)
class QuotasSet(Event):
    """A space may hold more or less."""

    kind: ClassVar[str] = "spaces.quotas_set"


@dataclass(frozen=True, kw_only=True)
class SpaceChosen(Event):
    """A session is in a space when it names none."""

    kind: ClassVar[str] = "spaces.space_chosen"


@dataclass(frozen=True, kw_only=True)
class SupportStarted(Event):
    """The house's owner helps in a space. ``after``: ``reason, role, expires_at``."""

    kind: ClassVar[str] = "spaces.support_started"


@dataclass(frozen=True, kw_only=True)
class SupportEnded(Event):
    """The help is over before its time."""

    kind: ClassVar[str] = "spaces.support_ended"


@dataclass(frozen=True, kw_only=True)
class DomainAdded(Event):
    """A space claims a host name. ``after``: ``host``."""

    kind: ClassVar[str] = "spaces.domain_added"


@dataclass(frozen=True, kw_only=True)
class DomainVerified(Event):
    """A host name leads to the space."""

    kind: ClassVar[str] = "spaces.domain_verified"


@dataclass(frozen=True, kw_only=True)
class DomainRemoved(Event):
    """A host name leads to the space no more. ``before``: ``host``."""

    kind: ClassVar[str] = "spaces.domain_removed"


CARE_LABELS = {
    SpaceUpdated.kind: "changed the settings of {label}",
    SpaceArchived.kind: "put {label} away",
    SpaceRestored.kind: "took {label} into use again",
    SpaceProvisioned.kind: "made the space {label} for {owner}",
    QuotasSet.kind: "set the quotas of {label}",
    SpaceChosen.kind: "went to {label}",
    SupportStarted.kind: "began to help as {role}: {reason}",
    SupportEnded.kind: "ended the help",
    DomainAdded.kind: "claimed the address {label}",
    DomainVerified.kind: "took the address {label} into use",
    DomainRemoved.kind: "gave up the address {label}",
}
