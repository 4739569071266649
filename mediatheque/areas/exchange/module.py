"""The manifest of the area `exchange`."""

from mediatheque.areas.accounts.rules.belongings import EXTENSION as BELONGING
from mediatheque.areas.exchange.actions.belongings import BELONGINGS
from mediatheque.areas.exchange.events import LABELS
from mediatheque.areas.exchange.jobs import JOBS
from mediatheque.areas.exchange.routes import imports, reports, review
from mediatheque.core.module import Module

MODULE = Module(
    name="exchange",
    routers=(reports, imports, review),
    jobs=JOBS,
    labels=LABELS,
    extensions={BELONGING: BELONGINGS},
)
