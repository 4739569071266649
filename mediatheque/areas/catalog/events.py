"""The catalogue's news."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class TitleCreated(Event):
    """A work was added by hand. ``after`` holds what was said of it."""

    kind: ClassVar[str] = "catalog.title_created"


@dataclass(frozen=True, kw_only=True)
class TitleUpdated(Event):
    """Fields of a work changed. ``before`` and ``after`` hold those fields only."""

    kind: ClassVar[str] = "catalog.title_updated"


@dataclass(frozen=True, kw_only=True)
class TitleDeleted(Event):
    """A work was deleted with all that hung on it. ``before`` says what it was."""

    kind: ClassVar[str] = "catalog.title_deleted"


@dataclass(frozen=True, kw_only=True)
class TitlesBulkEdited(Event):
    """Chosen fields of many works changed at once.

    ``before`` is ``{"titles": {id: {field: value}}}`` of each work that changed, ``after`` what
    was set, added and removed; ``batch`` the ids.
    """

    kind: ClassVar[str] = "catalog.titles_bulk_edited"


@dataclass(frozen=True, kw_only=True)
class TitlesPublished(Event):
    """Scheduled works appeared on time; ``batch`` holds their ids."""

    kind: ClassVar[str] = "catalog.titles_published"


@dataclass(frozen=True, kw_only=True)
class SeasonSaved(Event):
    """A season was added or changed; the reference is its series."""

    kind: ClassVar[str] = "catalog.season_saved"


@dataclass(frozen=True, kw_only=True)
class SeasonRemoved(Event):
    """A season and its episodes were removed; the reference is the series."""

    kind: ClassVar[str] = "catalog.season_removed"


@dataclass(frozen=True, kw_only=True)
class EpisodeSaved(Event):
    """An episode was added or changed; the reference is its series."""

    kind: ClassVar[str] = "catalog.episode_saved"


@dataclass(frozen=True, kw_only=True)
class EpisodeRemoved(Event):
    """An episode was removed; the reference is its series."""

    kind: ClassVar[str] = "catalog.episode_removed"


@dataclass(frozen=True, kw_only=True)
class PersonRenamed(Event):
    """A person's name or distinction changed; ``batch`` holds the works they are named in."""

    kind: ClassVar[str] = "catalog.person_renamed"


@dataclass(frozen=True, kw_only=True)
class PeopleMerged(Event):
    """Two people turned out to be one; the reference is the one who stays."""

    kind: ClassVar[str] = "catalog.people_merged"


@dataclass(frozen=True, kw_only=True)
class PeopleMergeUndone(Event):
    """Two people are two again; the reference is the one who had stayed."""

    kind: ClassVar[str] = "catalog.people_merge_undone"


@dataclass(frozen=True, kw_only=True)
class DuplicatesRequested(Event):
    """Somebody wants possible duplicates to be looked for now."""

    kind: ClassVar[str] = "catalog.duplicates_requested"


@dataclass(frozen=True, kw_only=True)
class DuplicatesFound(Event):
    """Pairs of works that may be one were found; ``batch`` holds the pairs' ids."""

    kind: ClassVar[str] = "catalog.duplicates_found"


@dataclass(frozen=True, kw_only=True)
class DuplicateDismissed(Event):
    """A pair was said to be two works."""

    kind: ClassVar[str] = "catalog.duplicate_dismissed"


@dataclass(frozen=True, kw_only=True)
class TitlesMerged(Event):
    """Two works became one; the reference is the one that stays.

    ``batch`` is ``(kept, gone)``.
    """

    kind: ClassVar[str] = "catalog.titles_merged"


@dataclass(frozen=True, kw_only=True)
class MergeUndone(Event):
    """A merge was taken back; ``batch`` is ``(kept, gone)``: both works stand again."""

    kind: ClassVar[str] = "catalog.merge_undone"


@dataclass(frozen=True, kw_only=True)
class TitlesImported(Event):
    """A batch of an import was applied; ``batch`` holds the works it made or touched."""

    kind: ClassVar[str] = "catalog.titles_imported"


@dataclass(frozen=True, kw_only=True)
class ImportTakenBack(Event):
    """An import's works were taken back; the reference is the import."""

    kind: ClassVar[str] = "catalog.import_taken_back"


@dataclass(frozen=True, kw_only=True)
class PersonForgotten(Event):
    """Somebody's name was taken from what they contributed. ``after``: ``count``."""

    kind: ClassVar[str] = "catalog.person_forgotten"
