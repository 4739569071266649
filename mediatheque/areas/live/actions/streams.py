"""What the looks at streams found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.live.events import StreamsChanged
from mediatheque.core.context import Context, public
from mediatheque.core.journal import Ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.areas.live.adapters.streams import Looked


_NOTE = """
    INSERT INTO live_stream_checks AS s (
        space_id, channel_id, state, checked_at, changed_at, http_status, milliseconds,
        content_type, failures, message)
    VALUES (:space, :channel, :state, :now, :now, :status, :milliseconds,
            :type, :failures, :message)
    ON CONFLICT (space_id, channel_id) DO UPDATE
    SET state = excluded.state, checked_at = excluded.checked_at,
        changed_at = CASE WHEN s.state = excluded.state THEN s.changed_at
                          ELSE excluded.changed_at END,
        http_status = excluded.http_status, milliseconds = excluded.milliseconds,
        content_type = excluded.content_type, message = excluded.message,
        failures = CASE WHEN excluded.state = 'up' THEN 0 ELSE s.failures + 1 END
    RETURNING coalesce(old.state, 'up') <> new.state
"""


@public
async def note_looks(ctx: Context, looks: Sequence[Looked]) -> int:
    """Keep what was found; answers how many streams went down or came back. News only of those."""
    changed = 0
    for one in looks:
        done = await ctx.db.execute(
            _NOTE,
            {
                "space": ctx.space_id,
                "channel": one.channel_id,
                "state": "up" if one.is_up else "down",
                "now": ctx.now,
                "status": one.http_status,
                "milliseconds": one.milliseconds,
                "type": one.content_type,
                "failures": 0 if one.is_up else 1,
                "message": one.message,
            },
        )
        changed += bool(done.scalar_one())
    if changed:
        ctx.emit(StreamsChanged(ref=Ref("channels", None, ""), after={"changed": changed}))
    return changed
