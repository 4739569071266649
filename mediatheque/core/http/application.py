"""The ASGI application, built from the areas' manifests."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import psycopg
import sqlalchemy.exc
import structlog
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from mediatheque.core.http import describing, health, webapp
from mediatheque.core.http.bodies import BodyLimitMiddleware
from mediatheque.core.http.client import Client
from mediatheque.core.http.compressing import LARGE, CompressionMiddleware
from mediatheque.core.http.crossing import cross_origin
from mediatheque.core.http.hosts import HostMiddleware
from mediatheque.core.http.middleware import EdgeMiddleware
from mediatheque.core.http.noting import NotingMiddleware
from mediatheque.core.http.proxies import ProxyMiddleware
from mediatheque.core.http.raises import ErrorEnvelope, envelope
from mediatheque.core.http.signpost import Signpost, paths_of
from mediatheque.core.journal import SUBSCRIPTIONS
from mediatheque.core.module import House, remember
from mediatheque.core.queue import QUEUES
from mediatheque.core.work import Work
from mediatheque.kit.errors import (
    MalformedError,
    NotFoundError,
    RefusalError,
    UnknownParameterError,
)
from mediatheque.kit.ratelimit import RateLimiter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from fastapi.routing import APIRoute

    from mediatheque.core.module import Module
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database

log = structlog.get_logger()

NUL_MESSAGE = "A text holds the character NUL (U+0000), which no text can."
DESCRIPTION = "Everything about a work in one place: what you own, play, watch and write."


def wire(house: House) -> None:
    """Make the areas' jobs and subscriptions known to this process, and what they register."""
    remember(house)
    for module in house.modules:
        if module.jobs is None:
            continue
        QUEUES.update({job.name: job.queue for job in module.jobs.jobs})
        for kind, job in module.jobs.hears:
            SUBSCRIPTIONS.add(kind, job)


def _operation_id(route: APIRoute) -> str:
    tag = str(route.tags[0]) if route.tags else "root"
    return f"{tag}:{route.name}"


def build(modules: Sequence[Module], settings: Settings, database: Database) -> FastAPI:
    """Assemble the application over an open or unopened database."""
    house = House(modules)
    wire(house)
    limiter = RateLimiter(settings.redis_url or None)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await database.open()
        work = Work(database, settings)
        try:
            for module in modules:
                if module.on_start:
                    await module.on_start(work)
        except BaseException:
            # Else its workers would keep a process alive that does not serve.
            await database.close()
            raise
        yield
        for module in reversed(modules):
            if module.on_stop:
                await module.on_stop(work)
        await limiter.close()
        await database.close()

    app = FastAPI(
        title="Mediatheque",
        version=health.version(),
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        lifespan=lifespan,
        generate_unique_id_function=_operation_id,
        responses={"4XX": {"model": ErrorEnvelope, "description": "Refused"}},
        docs_url=None,
        redoc_url=None,
    )
    app.state.client = Client(database=database, settings=settings, house=house, limiter=limiter)
    app.state.identify = next(m.identify for m in modules if m.identify)
    app.include_router(health.router)
    signpost = Signpost("/api/v1")
    app.router.routes.insert(0, signpost)
    for module in modules:
        for router in module.routers:
            made = router if isinstance(router, APIRouter) else router(house)
            app.include_router(made, prefix="/api/v1")
            signpost.lead(app.router.routes[-1], paths_of(made))
        for router in module.roots:
            app.include_router(router)
    _handle_errors(app)
    describing.mount(app)
    webapp.mount(app, settings.web_dist)
    known = house.extension("http.hosts")
    app.add_middleware(CompressionMiddleware, minimum_size=500, thread_minimum_size=LARGE)
    app.add_middleware(BodyLimitMiddleware, settings=settings)
    cross_origin(app, settings)
    app.add_middleware(HostMiddleware, settings=settings, database=database, known=known)
    app.add_middleware(NotingMiddleware, settings=settings, database=database, limiter=limiter)
    app.add_middleware(EdgeMiddleware, settings=settings)
    app.add_middleware(ProxyMiddleware, trusted=settings.trusted_proxies)
    return app


def _handle_errors(app: FastAPI) -> None:
    def answer(request: Request, refusal: RefusalError) -> Response:
        request_id = getattr(request.state, "request_id", "")
        request.state.refusal = refusal.code
        return JSONResponse(
            envelope(refusal, request_id), status_code=refusal.status, headers=refusal.headers
        )

    @app.exception_handler(RefusalError)
    async def refused(request: Request, error: RefusalError) -> Response:
        return answer(request, error)

    @app.exception_handler(psycopg.DataError)
    @app.exception_handler(sqlalchemy.exc.DBAPIError)
    async def unstorable(request: Request, error: Exception) -> Response:
        if not is_nul(error):
            raise error
        return answer(request, MalformedError(NUL_MESSAGE))

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> Response:
        return answer(request, _explain(error))

    @app.exception_handler(HTTPException)
    async def plain(request: Request, error: HTTPException) -> Response:
        if error.status_code == NotFoundError.status:
            return answer(request, NotFoundError())
        refusal = RefusalError(str(error.detail))
        body = envelope(refusal, getattr(request.state, "request_id", ""))
        body["error"]["code"] = f"http_{error.status_code}"
        return JSONResponse(body, status_code=error.status_code, headers=error.headers)


def is_nul(error: Exception) -> bool:
    """Whether PostgreSQL refused a text for the one character that it cannot store.

    Any text of any request can hold it, so it is refused here and not in each shape.
    """
    cause = getattr(error, "orig", error)
    if isinstance(cause, psycopg.errors.UntranslatableCharacter):  # within JSON
        return "\\u0000" in str(cause)
    return isinstance(cause, psycopg.DataError) and "NUL (0x00)" in str(cause)


def _explain(error: RequestValidationError) -> RefusalError:
    """The first complaint as the message, all of them in the details."""
    complaints = [
        {
            "field": ".".join(str(part) for part in one["loc"][1:]),
            "in": str(one["loc"][0]),
            "message": one["msg"],
            "type": one["type"],
        }
        for one in error.errors()
    ]
    first: dict[str, Any] = complaints[0] if complaints else {}
    field = first.get("field") or None
    if first.get("in") == "query" and first.get("type") == "extra_forbidden":
        return UnknownParameterError(
            f"There is no parameter “{field}” here.", field=field, details={"errors": complaints}
        )
    return MalformedError(
        f"{field}: {first.get('message')}" if field else MalformedError.message,
        field=field,
        details={"errors": complaints},
    )
