"""The library's news."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class LibraryCreated(Event):
    """A shelf was made."""

    kind: ClassVar[str] = "library.library_created"


@dataclass(frozen=True, kw_only=True)
class LibraryUpdated(Event):
    """A shelf's name, kind, description or default place changed."""

    kind: ClassVar[str] = "library.library_updated"


@dataclass(frozen=True, kw_only=True)
class LibraryArchived(Event):
    """A shelf was put away; its copies stay in it."""

    kind: ClassVar[str] = "library.library_archived"


@dataclass(frozen=True, kw_only=True)
class LibraryRestored(Event):
    """A shelf is in use again."""

    kind: ClassVar[str] = "library.library_restored"


@dataclass(frozen=True, kw_only=True)
class LibraryDeleted(Event):
    """A shelf is gone; ``after`` says what became of its copies and of how many."""

    kind: ClassVar[str] = "library.library_deleted"


@dataclass(frozen=True, kw_only=True)
class LibraryTransferred(Event):
    """A shelf went to another space. ``after``: ``to`` and what went; ``batch``: its works."""

    kind: ClassVar[str] = "library.library_transferred"


@dataclass(frozen=True, kw_only=True)
class LibraryReceived(Event):
    """A shelf came from another space. ``after``: ``from`` and what came."""

    kind: ClassVar[str] = "library.library_received"


@dataclass(frozen=True, kw_only=True)
class EditionAdded(Event):
    """A release of a work was described. ``after`` holds its ``title_id``."""

    kind: ClassVar[str] = "library.edition_added"


@dataclass(frozen=True, kw_only=True)
class EditionUpdated(Event):
    """A release was described otherwise."""

    kind: ClassVar[str] = "library.edition_updated"


@dataclass(frozen=True, kw_only=True)
class EditionDeleted(Event):
    """A release was removed, with its copies."""

    kind: ClassVar[str] = "library.edition_deleted"


@dataclass(frozen=True, kw_only=True)
class CopyAdded(Event):
    """Somebody owns one more. ``after`` holds its ``title_id`` and ``edition_id``."""

    kind: ClassVar[str] = "library.copy_added"


@dataclass(frozen=True, kw_only=True)
class CopyUpdated(Event):
    """What is known of a copy, or its place, changed."""

    kind: ClassVar[str] = "library.copy_updated"


@dataclass(frozen=True, kw_only=True)
class CopyDeleted(Event):
    """A copy is owned no more."""

    kind: ClassVar[str] = "library.copy_deleted"


@dataclass(frozen=True, kw_only=True)
class CopyLent(Event):
    """A copy went to a borrower (``after``)."""

    kind: ClassVar[str] = "library.copy_lent"


@dataclass(frozen=True, kw_only=True)
class CopyReturned(Event):
    """A copy came back from its borrower (``before``)."""

    kind: ClassVar[str] = "library.copy_returned"


@dataclass(frozen=True, kw_only=True)
class NoteAdded(Event):
    """A note was shared with the space."""

    kind: ClassVar[str] = "library.note_added"


@dataclass(frozen=True, kw_only=True)
class NoteUpdated(Event):
    """A shared note was changed."""

    kind: ClassVar[str] = "library.note_updated"


@dataclass(frozen=True, kw_only=True)
class NoteDeleted(Event):
    """A shared note was removed."""

    kind: ClassVar[str] = "library.note_deleted"


@dataclass(frozen=True, kw_only=True)
class PrivateNoteKept(Event):
    """Somebody wrote, changed or removed a private note: neither its text nor its work is said."""

    kind: ClassVar[str] = "library.private_note_kept"


@dataclass(frozen=True, kw_only=True)
class TitleRated(Event):
    """A member rated a work; values are 0.5–10."""

    kind: ClassVar[str] = "library.title_rated"


@dataclass(frozen=True, kw_only=True)
class RatingRemoved(Event):
    """A member took a rating back."""

    kind: ClassVar[str] = "library.rating_removed"


@dataclass(frozen=True, kw_only=True)
class TitleMarked(Event):
    """A member wants, started or finished a work."""

    kind: ClassVar[str] = "library.title_marked"


@dataclass(frozen=True, kw_only=True)
class MarkRemoved(Event):
    """A member took a mark back."""

    kind: ClassVar[str] = "library.mark_removed"


@dataclass(frozen=True, kw_only=True)
class TitlesEnriched(Event):
    """Works were completed from a provider; ``batch`` holds them."""

    kind: ClassVar[str] = "library.titles_enriched"


@dataclass(frozen=True, kw_only=True)
class PersonForgotten(Event):
    """Somebody's name was taken from what they contributed. ``after``: ``count``."""

    kind: ClassVar[str] = "library.person_forgotten"


LABELS = {
    LibraryCreated.kind: "created the library {label}",
    LibraryUpdated.kind: "changed the library {label}",
    LibraryArchived.kind: "archived the library {label}",
    LibraryRestored.kind: "restored the library {label}",
    LibraryDeleted.kind: "deleted the library {label}",
    LibraryTransferred.kind: "gave the library {label} to another space",
    LibraryReceived.kind: "received the library {label}",
    EditionAdded.kind: "added an edition of {label}",
    EditionUpdated.kind: "changed an edition of {label}",
    EditionDeleted.kind: "deleted an edition of {label}",
    CopyAdded.kind: "added a copy of {label}",
    CopyUpdated.kind: "changed a copy of {label}",
    CopyDeleted.kind: "deleted a copy of {label}",
    CopyLent.kind: "lent {label}",
    CopyReturned.kind: "took back {label}",
    NoteAdded.kind: "wrote a note on {label}",
    NoteUpdated.kind: "changed a note on {label}",
    NoteDeleted.kind: "deleted a note on {label}",
    PrivateNoteKept.kind: "kept a private note",
    TitleRated.kind: "rated {label}",
    RatingRemoved.kind: "removed their rating of {label}",
    TitleMarked.kind: "marked {label}",
    TitlesEnriched.kind: "completed {label} from a provider",
    MarkRemoved.kind: "removed their mark of {label}",
    PersonForgotten.kind: "let go of a person",
}
"""Words for people, by event kind."""
