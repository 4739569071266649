"""The news of live television."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ChannelsFound(Event):
    """A guide or a playlist brought channels; ``batch`` are those that were made."""

    kind: ClassVar[str] = "live.channels_found"


@dataclass(frozen=True, kw_only=True)
class PlaylistImported(Event):
    """A playlist made channels, changed them or took streams away (``batch``); ``after`` counts."""

    kind: ClassVar[str] = "live.playlist_imported"


@dataclass(frozen=True, kw_only=True)
class PlaylistTakenBack(Event):
    """An import of a playlist was taken back."""

    kind: ClassVar[str] = "live.playlist_taken_back"


@dataclass(frozen=True, kw_only=True)
class ScheduleImported(Event):
    """A guide changed the schedule of some channels (``batch``); ``after`` counts what changed."""

    kind: ClassVar[str] = "live.schedule_imported"


@dataclass(frozen=True, kw_only=True)
class ScheduleTakenBack(Event):
    """An import of a guide was taken back."""

    kind: ClassVar[str] = "live.schedule_taken_back"


@dataclass(frozen=True, kw_only=True)
class GuideSourceAdded(Event):
    """Somebody added an address from which a guide is fetched."""

    kind: ClassVar[str] = "live.guide_source_added"


@dataclass(frozen=True, kw_only=True)
class GuideSourceChanged(Event):
    """Somebody changed where, when or how a guide is fetched."""

    kind: ClassVar[str] = "live.guide_source_changed"


@dataclass(frozen=True, kw_only=True)
class GuideSourceRemoved(Event):
    """Somebody removed a source of guides; what it brought stays."""

    kind: ClassVar[str] = "live.guide_source_removed"


@dataclass(frozen=True, kw_only=True)
class GuideChecked(Event):
    """A guide's address was asked; ``after`` says what came of it."""

    kind: ClassVar[str] = "live.guide_checked"


@dataclass(frozen=True, kw_only=True)
class SourceChannelMapped(Event):
    """Somebody said which channel a guide's channel is, or that it is none."""

    kind: ClassVar[str] = "live.source_channel_mapped"


@dataclass(frozen=True, kw_only=True)
class SuggestionsTaken(Event):
    """Somebody took the suggestions which channels a source's are; ``after`` counts them."""

    kind: ClassVar[str] = "live.suggestions_taken"


@dataclass(frozen=True, kw_only=True)
class ChannelCreated(Event):
    """There is a new channel."""

    kind: ClassVar[str] = "live.channel_created"


@dataclass(frozen=True, kw_only=True)
class ChannelUpdated(Event):
    """A channel was changed by hand."""

    kind: ClassVar[str] = "live.channel_updated"


@dataclass(frozen=True, kw_only=True)
class ChannelDeleted(Event):
    """A channel was removed with its schedule."""

    kind: ClassVar[str] = "live.channel_deleted"


@dataclass(frozen=True, kw_only=True)
class ChannelsOrdered(Event):
    """The channels have another order."""

    kind: ClassVar[str] = "live.channels_ordered"


@dataclass(frozen=True, kw_only=True)
class ProgrammeAdded(Event):
    """Somebody put an entry into a schedule."""

    kind: ClassVar[str] = "live.programme_added"


@dataclass(frozen=True, kw_only=True)
class ProgrammeChanged(Event):
    """Somebody changed or moved an entry."""

    kind: ClassVar[str] = "live.programme_changed"


@dataclass(frozen=True, kw_only=True)
class ProgrammeRemoved(Event):
    """Somebody took an entry out of a schedule."""

    kind: ClassVar[str] = "live.programme_removed"


@dataclass(frozen=True, kw_only=True)
class ScheduleEdited(Event):
    """Somebody changed several entries at once; ``after`` counts and names them."""

    kind: ClassVar[str] = "live.schedule_edited"


@dataclass(frozen=True, kw_only=True)
class ScheduleEditUndone(Event):
    """Somebody took their change of entries back; ``after`` counts them."""

    kind: ClassVar[str] = "live.schedule_edit_undone"


@dataclass(frozen=True, kw_only=True)
class ScheduleRewritten(Event):
    """A channel has another schedule for some days."""

    kind: ClassVar[str] = "live.schedule_rewritten"


@dataclass(frozen=True, kw_only=True)
class ScheduleRetentionChanged(Event):
    """The schedule is kept for another time."""

    kind: ClassVar[str] = "live.retention_changed"


@dataclass(frozen=True, kw_only=True)
class ScheduleShortened(Event):
    """The house removed programmes that ended long ago; ``after`` counts them."""

    kind: ClassVar[str] = "live.schedule_shortened"


@dataclass(frozen=True, kw_only=True)
class ReminderSet(Event):
    """Somebody wants to be told before a programme starts."""

    kind: ClassVar[str] = "live.reminder_set"


@dataclass(frozen=True, kw_only=True)
class ReminderRemoved(Event):
    """Somebody does not want to be told any more."""

    kind: ClassVar[str] = "live.reminder_removed"


@dataclass(frozen=True, kw_only=True)
class RemindersFollowed(Event):
    """People were told of programmes that start, move or are gone."""

    kind: ClassVar[str] = "live.reminders_followed"


@dataclass(frozen=True, kw_only=True)
class ProgrammesMatched(Event):
    """The house joined programmes to works of the catalogue; ``after`` counts them."""

    kind: ClassVar[str] = "live.programmes_matched"


@dataclass(frozen=True, kw_only=True)
class ProgrammeMatched(Event):
    """Somebody said which work a programme is."""

    kind: ClassVar[str] = "live.programme_matched"


@dataclass(frozen=True, kw_only=True)
class ProgrammeUnmatched(Event):
    """Somebody said that a programme is no work of the catalogue."""

    kind: ClassVar[str] = "live.programme_unmatched"


@dataclass(frozen=True, kw_only=True)
class PersonForgotten(Event):
    """Somebody's name was taken from what they left here. ``after``: ``count``."""

    kind: ClassVar[str] = "live.person_forgotten"


@dataclass(frozen=True, kw_only=True)
class StreamsChanged(Event):
    """Streams went down, or came back."""

    kind: ClassVar[str] = "live.streams_changed"


@dataclass(frozen=True, kw_only=True)
class TemplateCreated(Event):
    """Somebody added a programme that recurs; ``after`` says what came of it."""

    kind: ClassVar[str] = "live.template_created"


@dataclass(frozen=True, kw_only=True)
class TemplateChanged(Event):
    """Somebody changed a programme that recurs."""

    kind: ClassVar[str] = "live.template_changed"


@dataclass(frozen=True, kw_only=True)
class TemplateRemoved(Event):
    """Somebody removed a programme that recurs, with its entries that were to come."""

    kind: ClassVar[str] = "live.template_removed"


@dataclass(frozen=True, kw_only=True)
class TemplateFilled(Event):
    """The house made a template's entries for further days."""

    kind: ClassVar[str] = "live.template_filled"


LABELS: dict[str, str] = {
    TemplateCreated.kind: "made the template {label}",
    TemplateChanged.kind: "changed the template {label}",
    TemplateRemoved.kind: "removed the template {label}",
    TemplateFilled.kind: "filled the schedule from the template {label}",
    StreamsChanged.kind: "found streams gone or back",
    PersonForgotten.kind: "forgot a person",
    ProgrammesMatched.kind: "joined programmes to works",
    ProgrammeMatched.kind: "said which work {label} is",
    ProgrammeUnmatched.kind: "said that {label} is no work of the catalogue",
    ReminderSet.kind: "set a reminder for {label}",
    ReminderRemoved.kind: "removed the reminder for {label}",
    RemindersFollowed.kind: "reminded people",
    ChannelCreated.kind: "made the channel {label}",
    ChannelUpdated.kind: "changed the channel {label}",
    ChannelDeleted.kind: "removed the channel {label}",
    ChannelsOrdered.kind: "put the channels in another order",
    ProgrammeAdded.kind: "put {label} into the schedule",
    ProgrammeChanged.kind: "changed {label} in the schedule",
    ProgrammeRemoved.kind: "took {label} out of the schedule",
    ScheduleEdited.kind: "changed the schedule of {label}",
    ScheduleEditUndone.kind: "took a change of the schedule of {label} back",
    ScheduleRewritten.kind: "rewrote the schedule of {label}",
    ScheduleRetentionChanged.kind: "changed how long the schedule is kept",
    ScheduleShortened.kind: "removed programmes that ended long ago",
    ChannelsFound.kind: "found channels in {label}",
    PlaylistImported.kind: "brought the channels up to date from {label}",
    PlaylistTakenBack.kind: "took back the channels of {label}",
    ScheduleImported.kind: "brought the schedule up to date from {label}",
    ScheduleTakenBack.kind: "took back the schedule of {label}",
    GuideSourceAdded.kind: "added the guide {label}",
    GuideSourceChanged.kind: "changed the guide {label}",
    GuideSourceRemoved.kind: "removed the guide {label}",
    GuideChecked.kind: "looked for a new guide at {label}",
    SourceChannelMapped.kind: "said which channel {label} is",
    SuggestionsTaken.kind: "took suggestions for the channels of {label}",
}
