"""The built web application: hashed files for ever, everything else is its start page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI, Response
from fastapi.responses import FileResponse, PlainTextResponse

from mediatheque.kit.errors import NotFoundError

if TYPE_CHECKING:
    from pathlib import Path

_OURS = ("api/", "health/", "openapi.json")
FOREVER = "public, max-age=31536000, immutable"


def mount(app: FastAPI, folder: Path) -> None:
    """Serve ``folder``; paths that are no file answer ``index.html`` (client-side routes)."""
    root = folder.resolve()

    @app.get("/{path:path}", include_in_schema=False)
    async def web(path: str) -> Response:
        if path.startswith(_OURS):
            raise NotFoundError
        wanted = (root / path).resolve()
        if path and wanted.is_relative_to(root) and wanted.is_file():
            forever = "assets/" in path
            return FileResponse(
                wanted, headers={"cache-control": FOREVER if forever else "no-cache"}
            )
        index = root / "index.html"
        if index.is_file():
            return FileResponse(index, headers={"cache-control": "no-cache"})
        return PlainTextResponse(
            "The web application is not built. Run `make build`.", status_code=503
        )
