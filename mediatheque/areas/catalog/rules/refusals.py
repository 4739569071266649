"""What the catalogue says when it will not do what was asked."""

from __future__ import annotations

from mediatheque.kit.errors import (
    BadInputError,
    ConflictError,
    MalformedError,
    NotAllowedError,
    NotFoundError,
)


class TitleNotFoundError(NotFoundError):
    """No work of this space has this id or address, or it is not to be seen yet."""

    code = "title_not_found"
    message = "There is no such title here."


class PersonNotFoundError(NotFoundError):
    """No person of this space has this id or address."""

    code = "person_not_found"
    message = "There is no such person here."


class PictureNotFoundError(NotFoundError):
    """No picture of this space has this id."""

    code = "picture_not_found"
    message = "There is no such picture here."


class SeasonNotFoundError(NotFoundError):
    """The series has no season of this number."""

    code = "season_not_found"
    message = "This series has no such season."


class EpisodeNotFoundError(NotFoundError):
    """The season has no episode of this number."""

    code = "episode_not_found"
    message = "This season has no such episode."


class DuplicateNotFoundError(NotFoundError):
    """The pair is not (or no longer) open."""

    code = "duplicate_not_found"
    message = "There is no such pair of possible duplicates (any more)."


class MergeNotFoundError(NotFoundError):
    """No merge of this space has this id."""

    code = "merge_not_found"
    message = "There is no such merge here."


class NotYourTitleError(NotAllowedError):
    """A member changes what they added; changing any work takes ``catalog.title.edit_any``."""

    code = "not_your_title"
    message = "Somebody else added this title. Ask an editor of the catalogue to change it."


class AboveLimitError(ConflictError):
    """A work for an age that the present profile is not shown."""

    code = "above_limit"
    message = "Give the work an age that this profile is shown, or leave the profile first."


class SlugTakenError(ConflictError):
    """Another work (or one merged into another) has this address."""

    code = "slug_taken"
    message = "Another title has this address."


class RevisionConflictError(ConflictError):
    """The work changed since it was read.

    Details: ``revision`` (the present one) and ``fields`` (their present values).
    """

    code = "revision_conflict"
    message = "Somebody changed this title in the meantime. Compare, then save again."


class ExternalIdTakenError(ConflictError):
    """Another work has this external id. Details: ``title`` with its id, slug and title."""

    code = "external_id_taken"
    message = "Another title has this external id."


class PersonNameTakenError(ConflictError):
    """Another person has this name and distinction. Details: ``person``; merge, or tell apart."""

    code = "person_name_taken"
    message = "Somebody of this name is already here. Merge the two, or add a distinction."


class SamePersonError(BadInputError):
    """A person cannot be merged with themselves."""

    code = "same_person"
    message = "Choose two different people."


class TryAgainError(ConflictError):
    """Two people wrote the same new name at the same moment."""

    code = "try_again"
    message = "Somebody added the same name in this moment. Try again."


class NotASeriesError(BadInputError):
    """Only series have seasons."""

    code = "not_a_series"
    message = "Only a series has seasons and episodes."


class BadWindowError(BadInputError):
    """The end of availability is not after its start, or a scheduled work has no start."""

    code = "bad_window"
    message = "The end of availability must be after its start."


class BadDetailsError(MalformedError):
    """The details do not fit the kind of the work."""

    code = "bad_details"
    message = "These details do not fit this kind of title."


class NothingChosenError(BadInputError):
    """A bulk edit needs titles (ids or a filter) and something to change."""

    code = "nothing_chosen"
    message = "Choose the titles and what to change."


class TooManyTitlesError(BadInputError):
    """A bulk edit has a limit. Details: ``count`` and ``limit``."""

    code = "too_many_titles"
    message = "These are too many titles for one edit. Narrow the filter."


class MergeAlreadyUndoneError(ConflictError):
    """A merge is undone once."""

    code = "merge_already_undone"
    message = "This merge has been undone already."


class MergeSupersededError(ConflictError):
    """The work that was kept is gone itself. Details: ``merge_id`` where a merge took it."""

    code = "merge_superseded"
    message = "The title that was kept is gone. Undo the later merge first."
