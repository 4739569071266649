"""The manifest of the area `audit`."""

from mediatheque.areas.audit.routes.activity import activity
from mediatheque.areas.audit.routes.events import events
from mediatheque.areas.audit.routes.pulse import close_pulse
from mediatheque.core.module import Module

MODULE = Module(name="audit", routers=(activity, events), on_stop=close_pulse)
