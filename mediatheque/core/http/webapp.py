"""The built web application: hashed files for ever, everything else is its start page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fastapi import FastAPI, Response
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse

from mediatheque.core.http.policy import new_nonce, page_policy
from mediatheque.kit.errors import NotFoundError

if TYPE_CHECKING:
    from pathlib import Path

_OURS = ("api/", "health/", "openapi.json")
FOREVER = "public, max-age=31536000, immutable"
NONCE: Final = "__CSP_NONCE__"
"""What stands in the built page where the nonce of each answer belongs (``vite.config.ts``)."""
_FILES: Final = page_policy("none-in-files")
_POLICY: Final = "content-security-policy"


def mount(app: FastAPI, folder: Path) -> None:
    """Serve ``folder``; paths that are no file answer ``index.html`` (client-side routes)."""
    root = folder.resolve()
    page = _Page(root / "index.html")

    @app.get("/{path:path}", include_in_schema=False)
    async def web(path: str) -> Response:
        if path.startswith(_OURS):
            raise NotFoundError
        wanted = _within(root, path)
        if wanted is not None and wanted != page.path:
            kept = FOREVER if "assets/" in path else "no-cache"
            return FileResponse(wanted, headers={"cache-control": kept, _POLICY: _FILES})
        text = page.read()
        if text is None:
            return PlainTextResponse(
                "The web application is not built. Run `make build`.", status_code=503
            )
        nonce = new_nonce()
        # No validator: an answer 304 would bring a new policy to a page with the old nonce.
        return HTMLResponse(
            text.replace(NONCE, nonce),
            headers={"cache-control": "no-cache", _POLICY: page_policy(nonce)},
        )


def _within(root: Path, path: str) -> Path | None:
    """The file of a path below ``root``; None for no file, or for one outside."""
    if not path or "\0" in path:
        return None
    try:
        wanted = (root / path).resolve()
        return wanted if wanted.is_relative_to(root) and wanted.is_file() else None
    except OSError:  # a name longer than the file system allows
        return None


class _Page:
    """The start page, read again when it was built anew."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._text: str | None = None
        self._changed = -1

    def read(self) -> str | None:
        try:
            changed = self.path.stat().st_mtime_ns
            if changed != self._changed:
                self._text = self.path.read_text(encoding="utf-8")
                self._changed = changed
        except OSError:
            return None
        return self._text
