"""The short way to a route: by the first word of its path, past all other areas' routes.

Starlette tries one route after the other. With hundreds of them that costs more than many an
answer, so one route stands before all others that asks only the routers that have the word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Match, Router

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import Receive, Scope, Send

_CHOSEN = "mediatheque.route"


def paths_of(router: Router) -> list[str]:
    """The paths of a router's routes, also of those that it includes."""
    found: list[str] = []
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            found += paths_of(inner)
        else:
            found.append(getattr(route, "path", "{any}"))
    return found


class Signpost(BaseRoute):
    """Leads to the included routers below a prefix; knows nothing of what they do.

    What it does not find it leaves to the routes behind it: they answer 404, 405, redirects.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix + "/"
        self._ways: dict[str, list[BaseRoute]] = {}

    def lead(self, route: BaseRoute, paths: Sequence[str]) -> None:
        """Lead to a route that serves these paths, each relative to the prefix."""
        for word in dict.fromkeys(path.strip("/").split("/", 1)[0] for path in paths):
            self._ways.setdefault("" if "{" in word else word, []).append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """A full match of one of the word's routes, or none."""
        path = scope.get("path", "")
        if scope["type"] != "http" or not path.startswith(self.prefix):
            return Match.NONE, {}
        word = path[len(self.prefix) :].split("/", 1)[0]
        for route in (*self._ways.get(word, ()), *self._ways.get("", ())):
            match, child = route.matches(scope)
            if match is Match.FULL:
                return match, {**child, _CHOSEN: route}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand over to the route that matched."""
        await scope[_CHOSEN].handle(scope, receive, send)
