"""The manifest of the area `library`."""

from mediatheque.areas.library.actions.imports.desk import DESK
from mediatheque.areas.library.actions.merges import FOLLOWER
from mediatheque.areas.library.events import LABELS
from mediatheque.areas.library.queries.documents import ADDITIONS, HEARD, TITLE_CARDS
from mediatheque.areas.library.routes import router
from mediatheque.core.module import Module
from mediatheque.core.queue import Jobs

MODULE = Module(
    name="library",
    routers=(router,),
    jobs=Jobs("library", hears=[*HEARD]),
    labels=LABELS,
    sources=DESK.sources,
    extensions={
        "catalog.merge_followers": (FOLLOWER,),
        "search.documents": (ADDITIONS,),
        "search.cards": (TITLE_CARDS,),
    },
)
