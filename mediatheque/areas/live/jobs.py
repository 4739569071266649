"""What live television does in the background."""

from __future__ import annotations

from mediatheque.core.queue import Jobs

JOBS = Jobs("live")
