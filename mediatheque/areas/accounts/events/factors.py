"""What happens to second factors and passkeys. None of it tells a secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class SecondFactorAsked(Event):
    """A password was right, and a second factor is asked for. ``after``: ``audience``."""

    kind: ClassVar[str] = "accounts.second_factor_asked"


@dataclass(frozen=True, kw_only=True)
class SecondFactorFailed(Event):
    """A wrong code was given after a right password. ``after``: ``method``."""

    kind: ClassVar[str] = "accounts.second_factor_failed"


@dataclass(frozen=True, kw_only=True)
class ProvenAgain(Event):
    """Somebody in a session showed again who they are. ``after``: ``method``."""

    kind: ClassVar[str] = "accounts.proven_again"


@dataclass(frozen=True, kw_only=True)
class RecoveryCodeSent(Event):
    """Somebody who signs in had a code sent to their address."""

    kind: ClassVar[str] = "accounts.recovery_code_sent"


@dataclass(frozen=True, kw_only=True)
class TotpOffered(Event):
    """Somebody began to set up an authenticator."""

    kind: ClassVar[str] = "accounts.totp_offered"


@dataclass(frozen=True, kw_only=True)
class TotpConfirmed(Event):
    """An authenticator is set up."""

    kind: ClassVar[str] = "accounts.totp_confirmed"


@dataclass(frozen=True, kw_only=True)
class TotpRemoved(Event):
    """An authenticator was taken away by its owner."""

    kind: ClassVar[str] = "accounts.totp_removed"


@dataclass(frozen=True, kw_only=True)
class BackupCodesMade(Event):
    """Somebody has new backup codes; those before are worth nothing."""

    kind: ClassVar[str] = "accounts.backup_codes_made"


@dataclass(frozen=True, kw_only=True)
class PasskeyAsked(Event):
    """Somebody began to add a passkey."""

    kind: ClassVar[str] = "accounts.passkey_asked"


@dataclass(frozen=True, kw_only=True)
class PasskeyAdded(Event):
    """Somebody has another passkey."""

    kind: ClassVar[str] = "accounts.passkey_added"


@dataclass(frozen=True, kw_only=True)
class PasskeyRenamed(Event):
    """A passkey has another name."""

    kind: ClassVar[str] = "accounts.passkey_renamed"


@dataclass(frozen=True, kw_only=True)
class PasskeyRemoved(Event):
    """A passkey was taken away by its owner."""

    kind: ClassVar[str] = "accounts.passkey_removed"


LABELS = {
    SecondFactorAsked.kind: "was asked for a second factor",
    SecondFactorFailed.kind: "gave a wrong code",
    ProvenAgain.kind: "showed again who they are",
    RecoveryCodeSent.kind: "had a recovery code sent",
    TotpOffered.kind: "began to set up an authenticator",
    TotpConfirmed.kind: "set up an authenticator",
    TotpRemoved.kind: "removed the authenticator",
    BackupCodesMade.kind: "made new backup codes",
    PasskeyAsked.kind: "began to add a passkey",
    PasskeyAdded.kind: "added the passkey {label}",
    PasskeyRenamed.kind: "renamed the passkey {label}",
    PasskeyRemoved.kind: "removed the passkey {label}",
}
"""Event kind → words for people."""
