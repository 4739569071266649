"""The short way to a route: by the first word of its path, past all other areas' routes.

Starlette tries one route after the other, and FastAPI looks for it in each router on the way twice
(which is it, and again to hand over). With hundreds of routes that costs more than many an answer,
so one route stands before all others that knows the routes of each word, however deep they were
included, and hands over to the one itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match, Router

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

    from starlette.types import ASGIApp, Receive, Scope, Send

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


@dataclass(frozen=True, slots=True)
class Way:
    """One route with its whole path."""

    path: str
    pattern: re.Pattern[str]
    convertors: Mapping[str, Any]
    methods: frozenset[str]
    route: APIRoute
    endpoint: Any
    app: ASGIApp

    def scope(self, path: str, method: str) -> dict[str, Any] | None:
        """What the scope gets of a request that it serves; None for any other."""
        found = self.pattern.match(path)
        if found is None or method not in self.methods:
            return None
        params = {
            name: self.convertors[name].convert(one) for name, one in found.groupdict().items()
        }
        return {
            "endpoint": self.endpoint,
            "path_params": params,
            "route": self.route,
            _CHOSEN: self.app,
        }


def _ways(included: BaseRoute) -> list[Way] | None:
    """The routes of an included router with their whole paths; None if some are of other kinds."""
    contexts = list(getattr(included, "effective_route_contexts", list)())
    if not contexts or any(
        not isinstance(one.original_route, APIRoute) or one.app is None for one in contexts
    ):
        return None
    return [
        Way(
            one.path,
            one.path_regex,
            one.param_convertors,
            frozenset(one.methods or ()),
            one.original_route,
            one.endpoint,
            one.app,
        )
        for one in contexts
    ]


class Signpost(BaseRoute):
    """Leads to the included routers below a prefix; knows nothing of what they do.

    What it does not find it leaves to the routes behind it: they answer 404, 405, redirects.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix + "/"
        self._routers: dict[str, list[BaseRoute]] = {}
        self._found: dict[str, list[Way | BaseRoute]] = {}

    def lead(self, route: BaseRoute, paths: Sequence[str]) -> None:
        """Lead to a route that serves these paths, each relative to the prefix."""
        for word in dict.fromkeys(path.strip("/").split("/", 1)[0] for path in paths):
            self._routers.setdefault("" if "{" in word else word, []).append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """A full match of one of the word's routes, or none."""
        path = scope.get("path", "")
        if scope["type"] != "http" or not path.startswith(self.prefix):
            return Match.NONE, {}
        word = path[len(self.prefix) :].split("/", 1)[0]
        for way in self._of(word if word in self._routers else ""):
            if isinstance(way, Way):
                child = way.scope(path, scope["method"])
                if child is not None:
                    return Match.FULL, child
            else:
                match, found = way.matches(scope)
                if match is Match.FULL:
                    return match, {**found, _CHOSEN: way.handle}
        return Match.NONE, {}

    def _of(self, word: str) -> list[Way | BaseRoute]:
        """The ways of a word, then those of any: looked up when they are first asked for."""
        known = self._found.get(word)
        if known is None:
            known = self._found[word] = []
            routers = {id(one): one for key in (word, "") for one in self._routers.get(key, ())}
            for router in routers.values():
                ways = _ways(router)
                known += [router] if ways is None else [w for w in ways if self._is_for(w, word)]
        return known

    def _is_for(self, way: Way, word: str) -> bool:
        first = way.path[len(self.prefix) :].split("/", 1)[0]
        return first == word or "{" in first

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand over to the route that matched."""
        await scope[_CHOSEN](scope, receive, send)
