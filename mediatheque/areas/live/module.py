"""The manifest of the area `live`."""

from mediatheque.areas.live.events import LABELS
from mediatheque.areas.live.jobs import JOBS
from mediatheque.core.module import Module

MODULE = Module(name="live", jobs=JOBS, labels=LABELS)
