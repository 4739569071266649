"""The manifest of the area `live`."""

from mediatheque.areas.accounts.rules.belongings import EXTENSION as BELONGING
from mediatheque.areas.live.actions.belongings import BELONGINGS
from mediatheque.areas.live.actions.imports.desk import DESK
from mediatheque.areas.live.events import LABELS
from mediatheque.areas.live.jobs import JOBS
from mediatheque.areas.live.queries.pictures import shown_logos
from mediatheque.areas.live.routes import router
from mediatheque.core.module import Module

MODULE = Module(
    name="live",
    routers=(router,),
    jobs=JOBS,
    labels=LABELS,
    sources=DESK.sources,
    extensions={BELONGING: BELONGINGS, "files.visible": shown_logos},
)
