"""What live television refuses, by name."""

from __future__ import annotations

from mediatheque.kit.errors import BadInputError, ConflictError, NotFoundError


class GuideSourceNotFoundError(NotFoundError):
    """No guide source of this space has this id."""

    code = "guide_source_not_found"
    message = "There is no such guide source."


class SourceChannelNotFoundError(NotFoundError):
    """The guide source has no channel of this key."""

    code = "source_channel_not_found"
    message = "The guide has no such channel."


class SourceChannelTakenError(ConflictError):
    """Another channel of the same guide is mapped to this channel."""

    code = "source_channel_taken"
    message = "Another channel of this guide is that channel. Free it first."


class BadGuideAddressError(BadInputError):
    """The address of a guide is none that can be fetched."""

    code = "bad_guide_address"
    message = "Give an address that begins with https:// or http://."


class NoImportFolderError(BadInputError):
    """Files of the server are named, and no folder is open for that."""

    code = "no_import_folder"
    message = (
        "This server opens no folder for guides. Who runs it can name one in the setting "
        "MEDIATHEQUE_IMPORT_FOLDER."
    )


class BadGuidePathError(BadInputError):
    """A path that leads out of the open folder, or is none."""

    code = "bad_guide_path"
    message = "Give a path below the server's import folder, such as guides/tonight.xml."


class ChannelAndNewOneError(BadInputError):
    """Both a channel and the wish for a new one."""

    code = "channel_and_new_one"
    message = "Either choose a channel or have one made."


class UnknownTimeZoneError(BadInputError):
    """A time zone that the IANA database does not have."""

    code = "unknown_time_zone"


class BadGuideWindowError(BadInputError):
    """A part of the guide that cannot be."""

    code = "bad_guide_window"


class ProgrammeNotFoundError(NotFoundError):
    """No entry of this space's schedule, or none this profile may see."""

    code = "programme_not_found"
    message = "There is no such programme (any more)."


class ChannelNotFoundError(NotFoundError):
    """No channel of this space, or none this profile may see."""

    code = "channel_not_found"
    message = "There is no such channel."


class ChannelNumberTakenError(ConflictError):
    """Two channels of one number."""

    code = "channel_number_taken"
    message = "Another channel has this number."


class BadTimesError(BadInputError):
    """An entry that ends before it begins, or lasts too long."""

    code = "bad_times"
    message = "An entry ends after it begins, and lasts seven days at most."


class ScheduleConflictError(ConflictError):
    """Other entries are in the way; ``details.entries`` says which.

    Of those above the profile's limit it says the times only: their id and title are null.
    """

    code = "schedule_conflict"
    message = "Something else is on at that time."


class EditNotFoundError(NotFoundError):
    """A change of the schedule that cannot be taken back any more."""

    code = "schedule_edit_not_found"
    message = "This was too long ago to be undone."


class EditedSinceError(ConflictError):
    """Somebody changed an entry after the change that is to be taken back."""

    code = "schedule_edited_since"
    message = "Somebody changed this since; nothing was undone."


class ReminderNotFoundError(NotFoundError):
    """No reminder of one's own."""

    code = "reminder_not_found"
    message = "There is no such reminder."


class AlreadyStartedError(ConflictError):
    """Too late to be reminded."""

    code = "already_started"
    message = "This programme has started already."


class EpisodeNotOfTitleError(BadInputError):
    """An episode of another work."""

    code = "episode_not_of_title"
    message = "This episode is not one of that series."


class TemplateNotFoundError(NotFoundError):
    """No template of this space has this id."""

    code = "template_not_found"
    message = "There is no such template."


class BadRecurrenceError(BadInputError):
    """A rule that gives no days."""

    code = "bad_recurrence"
    message = "Write the rule as RFC 5545 does: FREQ=WEEKLY;BYDAY=MO,FR."
