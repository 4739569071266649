"""What happens to letters. Neither addresses nor what a letter says stand in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class LetterWritten(Event):
    """A letter is in the outbox. ``after``: ``template``."""

    kind: ClassVar[str] = "accounts.letter_written"


@dataclass(frozen=True, kw_only=True)
class LetterDelivered(Event):
    """A try to send a letter. ``after``: ``template``, ``state``, ``attempts``."""

    kind: ClassVar[str] = "accounts.letter_delivered"


@dataclass(frozen=True, kw_only=True)
class LetterRetried(Event):
    """The owner had a letter tried again."""

    kind: ClassVar[str] = "accounts.letter_retried"


@dataclass(frozen=True, kw_only=True)
class LettersCleaned(Event):
    """Secrets of letters and old letters were erased. ``after``: ``emptied``, ``deleted``."""

    kind: ClassVar[str] = "accounts.letters_cleaned"


LABELS = {
    LetterWritten.kind: "wrote the letter {label}",
    LetterDelivered.kind: "tried to send the letter {label}",
    LetterRetried.kind: "had the letter {label} tried again",
    LettersCleaned.kind: "erased {deleted} old letters",
}
"""Event kind → words for people."""
