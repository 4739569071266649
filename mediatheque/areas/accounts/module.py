"""The manifest of the area `accounts`."""

from mediatheque.areas.accounts.events import LABELS
from mediatheque.areas.accounts.jobs import JOBS, announce_setup
from mediatheque.areas.accounts.routes import router
from mediatheque.core.module import Module

MODULE = Module(
    name="accounts",
    routers=(router,),
    jobs=JOBS,
    labels=LABELS,
    on_start=announce_setup,
)
