"""The tables of live television."""

from mediatheque.areas.live.models.channels import Channel, ChannelGenre, StreamCheck
from mediatheque.areas.live.models.programmes import Programme, Replaced
from mediatheque.areas.live.models.reminders import Reminder
from mediatheque.areas.live.models.retention import ScheduleRetention
from mediatheque.areas.live.models.sources import GuideSource, SourceChannel
from mediatheque.areas.live.models.templates import Template, TemplateOverride

__all__ = [
    "Channel",
    "ChannelGenre",
    "GuideSource",
    "Programme",
    "Reminder",
    "Replaced",
    "ScheduleRetention",
    "SourceChannel",
    "StreamCheck",
    "Template",
    "TemplateOverride",
]
