"""The page on which the API describes itself, for people: its document in HTML, no script."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from fastapi.responses import HTMLResponse
from jinja2 import Environment, StrictUndefined

from mediatheque.core.http.policy import new_nonce

if TYPE_CHECKING:
    from fastapi import FastAPI

POLICY: Final = (
    "default-src 'none'; style-src 'nonce-{nonce}'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_NONCE: Final = "a-nonce-for-each-answer"
_SHAPES: Final = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Kind:
    """A type in words, with the shape it names if it names one."""

    words: str
    shape: str = ""


def kind_of(schema: dict[str, Any]) -> Kind:
    """What a schema allows, in few words: ``string (uuid) or null``, ``list of`` a shape."""
    shape = str(schema.get("$ref", "")).removeprefix(_SHAPES)
    if shape:
        return Kind("", shape)
    if "const" in schema:
        return Kind(f"“{schema['const']}”")
    if "enum" in schema:
        return Kind(" | ".join(str(one) for one in schema["enum"]))
    several = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if several:
        found = [kind_of(one) for one in several]
        return Kind(
            " or ".join(one.words or one.shape for one in found),
            next((one.shape for one in found if one.shape), ""),
        )
    if schema.get("type") == "array":
        inner = kind_of(schema.get("items", {}))
        return Kind(f"list of {inner.words or inner.shape or 'anything'}", inner.shape)
    form = f" ({schema['format']})" if "format" in schema else ""
    return Kind(f"{schema.get('type', 'anything')}{form}")


def content_of(described: dict[str, Any]) -> list[tuple[str, Kind]]:
    """The media types of a body or an answer, each with its kind."""
    return [
        (media, kind_of(one.get("schema", {})))
        for media, one in described.get("content", {}).items()
    ]


def by_area(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The operations of each area, in the order of their paths."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, methods in sorted(document["paths"].items()):
        for method, operation in methods.items():
            told = {"method": method.upper(), "path": path, **operation}
            found.setdefault(operation.get("tags", ["other"])[0], []).append(told)
    return dict(sorted(found.items()))


@cache
def _environment() -> Environment:
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.globals.update(kind_of=kind_of, content_of=content_of)
    return made


def page_of(document: dict[str, Any], address: str) -> str:
    """The whole page; each answer puts its own nonce in the place of ``_NONCE``."""
    source = resources.files(__package__ or "").joinpath("describing.html").read_text("utf-8")
    return (
        _environment()
        .from_string(source)
        .render(
            areas=by_area(document),
            shapes=dict(sorted(document["components"]["schemas"].items())),
            info=document["info"],
            address=address,
            nonce=_NONCE,
        )
    )


def mount(app: FastAPI) -> None:
    """Serve ``/api/docs``."""
    made: list[str] = []

    @app.get("/api/docs", include_in_schema=False)
    async def describe() -> HTMLResponse:
        if not made:
            made.append(page_of(app.openapi(), app.openapi_url or ""))
        nonce = new_nonce()
        return HTMLResponse(
            made[0].replace(_NONCE, nonce, 1),
            headers={"content-security-policy": POLICY.format(nonce=nonce)},
        )
