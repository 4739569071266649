"""What is refused about playing."""

from __future__ import annotations

from mediatheque.kit.errors import (
    BadInputError,
    ConflictError,
    NotAllowedError,
    NotFoundError,
    RefusalError,
)


class NoStreamError(ConflictError):
    """The channel has no stream."""

    code = "no_stream"
    message = "This channel has no stream. Whoever runs the channels can add its address."


class NotEntitledError(NotAllowedError):
    """The channel is in a package that one does not have."""

    code = "not_entitled"
    message = "This channel is in a package that you do not have."


class TooManyStreamsError(ConflictError):
    """All streams that one may have at once are running; ``details.playbacks`` says which."""

    code = "too_many_streams"
    message = "You play on as many devices as you may at once. Stop one of them first."


class NoSuchPlaybackError(NotFoundError):
    """No playback of one's own."""

    code = "no_such_playback"
    message = "There is no such playback."


class StillPlayingError(ConflictError):
    """What plays cannot be forgotten."""

    code = "still_playing"
    message = "This plays at the moment. Stop it first."


class PlaybackEndedError(RefusalError):
    """It was stopped, ran out, or its package is gone."""

    status = 410
    code = "playback_ended"
    message = "This playback has ended. Start it again."


class NoSuchPlayerError(NotFoundError):
    """No player of one's own."""

    code = "no_such_player"
    message = "There is no such player."


class NoSuchProfileError(BadInputError):
    """The profile belongs to somebody else."""

    code = "no_such_profile"
    message = "You have no such profile."


class SourceFailedError(RefusalError):
    """What the stream comes from does not answer as it should."""

    status = 502
    code = "source_failed"
    message = "The source of this channel does not answer."
