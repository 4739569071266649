"""The manifest of the area `accounts`."""

from mediatheque.areas.accounts.actions.secrets import rewrap_secrets
from mediatheque.areas.accounts.events import LABELS
from mediatheque.areas.accounts.events.secrets import LABELS as SECRET_LABELS
from mediatheque.areas.accounts.jobs import JOBS, announce_setup
from mediatheque.areas.accounts.routes import router
from mediatheque.core.keys import REWRAP
from mediatheque.core.module import Module

MODULE = Module(
    name="accounts",
    routers=(router,),
    jobs=JOBS,
    labels=LABELS | SECRET_LABELS,
    extensions={REWRAP: rewrap_secrets},
    on_start=announce_setup,
)
