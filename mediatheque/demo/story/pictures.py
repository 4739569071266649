"""Drawing the posters, in threads, while the database is at work."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from mediatheque.areas.files.actions import prepare_image
from mediatheque.demo.artwork import draw, raster
from mediatheque.demo.facts import cover_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.areas.files.actions import PreparedImage
    from mediatheque.core.settings import Settings
    from mediatheque.demo.facts import Work
    from mediatheque.demo.story.stage import Stage
    from mediatheque.kit.images import Format

# A first start waits for this: no AVIF, and no wider than a page shows a poster on a dense screen.
WIDTH: Final = 480
SIZES: Final = {"small": 150, "medium": WIDTH}
FORMATS: Final[tuple[Format, ...]] = ("webp",)
DRAWN_WIDTH: Final = 600
AT_ONCE: Final = 3


class Studio:
    """Draws for a telling; the pictures are taken in by who keeps the shelf."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._easels = asyncio.Semaphore(AT_ONCE)

    def order(
        self, stage: Stage, keeper: str, works: Sequence[Work]
    ) -> asyncio.Task[list[PreparedImage]]:
        """Begin drawing some works, in their order."""
        return asyncio.create_task(self._draw_all(stage, keeper, works))

    async def _draw_all(
        self, stage: Stage, keeper: str, works: Sequence[Work]
    ) -> list[PreparedImage]:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._draw(stage, keeper, work)) for work in works]
        return [task.result() for task in tasks]

    async def _draw(self, stage: Stage, keeper: str, work: Work) -> PreparedImage:
        async with self._easels:
            drawn = await asyncio.to_thread(
                lambda: raster(draw(cover_of(work)), WIDTH / DRAWN_WIDTH)
            )
            return await prepare_image(
                stage.read(keeper),
                self._settings,
                drawn,
                name=f"{work.key}.png",
                sizes=SIZES,
                formats=FORMATS,
            )
