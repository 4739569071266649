"""The page on which the API describes itself, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse

from mediatheque.core.http.policy import new_nonce

if TYPE_CHECKING:
    from fastapi import FastAPI

_FROM: Final = "https://cdn.jsdelivr.net"
POLICY: Final = (
    "default-src 'none'; script-src 'nonce-{nonce}' "
    + _FROM
    + "; style-src 'unsafe-inline' "
    + _FROM
    + "; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""Swagger UI comes from its delivery network and writes style elements; nothing else may."""


def mount(app: FastAPI) -> None:
    """Serve ``/api/docs``."""

    @app.get("/api/docs", include_in_schema=False)
    async def describe() -> HTMLResponse:
        nonce = new_nonce()
        page = get_swagger_ui_html(
            openapi_url=app.openapi_url or "",
            title="Mediatheque: API",
            swagger_js_url=f"{_FROM}/npm/swagger-ui-dist@5/swagger-ui-bundle.js",
            swagger_css_url=f"{_FROM}/npm/swagger-ui-dist@5/swagger-ui.css",
            swagger_favicon_url="/icon.svg",
        )
        text = bytes(page.body).decode().replace("<script>", f'<script nonce="{nonce}">')
        return HTMLResponse(text, headers={"content-security-policy": POLICY.format(nonce=nonce)})
