"""The manifest of the area `library`."""

from mediatheque.areas.accounts.rules.belongings import EXTENSION as BELONGING
from mediatheque.areas.library.actions.belongings import BELONGINGS
from mediatheque.areas.library.actions.imports.desk import DESK
from mediatheque.areas.library.actions.merges import FOLLOWER
from mediatheque.areas.library.events import LABELS
from mediatheque.areas.library.jobs import JOBS
from mediatheque.areas.library.queries.documents import ADDITIONS, HEARD, TITLE_CARDS
from mediatheque.areas.library.queries.grantable import GRANTABLE
from mediatheque.areas.library.queries.pictures import shown_covers
from mediatheque.areas.library.queries.told import TOLD
from mediatheque.areas.library.routes import router
from mediatheque.core.module import Module

JOBS.hears.extend(HEARD)

MODULE = Module(
    name="library",
    routers=(router,),
    jobs=JOBS,
    labels=LABELS,
    sources=DESK.sources,
    extensions={
        BELONGING: BELONGINGS,
        "spaces.grantable": GRANTABLE,
        "catalog.merge_followers": (FOLLOWER,),
        "search.documents": (ADDITIONS,),
        "search.cards": (TITLE_CARDS,),
        "audit.visible": TOLD,
        "files.visible": shown_covers,
    },
)
