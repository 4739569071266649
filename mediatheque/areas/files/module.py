"""The manifest of the area `files`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.accounts.rules.belongings import EXTENSION as BELONGING
from mediatheque.areas.files.actions.belongings import BELONGINGS
from mediatheque.areas.files.events import LABELS
from mediatheque.areas.files.jobs import JOBS
from mediatheque.areas.files.queries import USAGE
from mediatheque.areas.files.routes import router
from mediatheque.core.module import Module
from mediatheque.core.stores import fetcher

if TYPE_CHECKING:
    from mediatheque.core.work import Work


async def close(work: Work) -> None:
    """Close the connections that pictures were fetched over."""
    await fetcher(work.settings).close()


MODULE = Module(
    name="files",
    routers=(router,),
    jobs=JOBS,
    labels=LABELS,
    extensions={BELONGING: BELONGINGS, "spaces.usage": USAGE},
    on_stop=close,
)
