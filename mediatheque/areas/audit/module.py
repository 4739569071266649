"""The manifest of the area `audit`."""

from mediatheque.areas.audit.events import LABELS
from mediatheque.areas.audit.jobs import JOBS
from mediatheque.areas.audit.routes.activity import activity
from mediatheque.areas.audit.routes.events import events
from mediatheque.areas.audit.routes.pulse import close_pulse
from mediatheque.areas.audit.routes.trail import audit
from mediatheque.core.module import Module

MODULE = Module(
    name="audit",
    routers=(activity, events, audit),
    jobs=JOBS,
    labels=LABELS,
    on_stop=close_pulse,
)
