"""The manifest of the area `watch`."""

from mediatheque.areas.accounts.rules.belongings import EXTENSION as BELONGING
from mediatheque.areas.watch.actions.belongings import BELONGINGS
from mediatheque.areas.watch.events import LABELS
from mediatheque.areas.watch.jobs import JOBS
from mediatheque.areas.watch.routes import root, router
from mediatheque.core.module import Module

MODULE = Module(
    name="watch",
    routers=(router,),
    roots=(root,),
    jobs=JOBS,
    labels=LABELS,
    extensions={BELONGING: BELONGINGS},
)
