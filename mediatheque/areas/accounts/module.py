"""The manifest of the area `accounts`."""

from mediatheque.areas.accounts.actions.secrets import rewrap_secrets
from mediatheque.areas.accounts.events import LABELS
from mediatheque.areas.accounts.events.secrets import LABELS as SECRET_LABELS
from mediatheque.areas.accounts.jobs import JOBS, begin
from mediatheque.areas.accounts.queries.belongings import BELONGINGS
from mediatheque.areas.accounts.routes import router
from mediatheque.areas.accounts.rules.belongings import EXTENSION
from mediatheque.core.keys import REWRAP
from mediatheque.core.module import Module

MODULE = Module(
    name="accounts",
    routers=(router,),
    jobs=JOBS,
    labels=LABELS | SECRET_LABELS,
    extensions={REWRAP: rewrap_secrets, EXTENSION: BELONGINGS},
    on_start=begin,
)
