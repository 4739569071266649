"""The description of the API: complete, and the committed one."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from fastapi import FastAPI

from mediatheque.cli.openapi import DOCUMENT, render
from mediatheque.core.settings import Settings
from mediatheque.main import create_app
from mediatheque.registry import MODULES

METHODS = {"get", "put", "post", "patch", "delete"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    app: FastAPI = create_app(Settings(DATABASE_URL="postgresql://nobody@localhost/none"))
    return app.openapi()


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    ]


@pytest.mark.skipif(not DOCUMENT.exists(), reason="docs/openapi.json is not written yet")
def test_the_committed_document_is_the_present_one() -> None:
    assert orjson.loads(DOCUMENT.read_text()) == orjson.loads(render()), "run: make openapi"


def test_every_route_has_a_summary_and_a_description(document: dict[str, Any]) -> None:
    found = operations(document)
    assert len(found) > 50
    silent = [name for name, one in found if not (one.get("summary") and one.get("description"))]
    assert silent == []


def test_every_operation_has_its_own_id_named_for_its_area(document: dict[str, Any]) -> None:
    ids = [one["operationId"] for _, one in operations(document)]
    assert len(ids) == len(set(ids))
    areas = {module.name for module in MODULES} | {"system"}
    assert [one for one in ids if one.partition(":")[0] not in areas] == []


def test_every_refusal_has_the_one_envelope(document: dict[str, Any]) -> None:
    envelope = "#/components/schemas/ErrorEnvelope"
    others = [
        f"{name} {status}"
        for name, one in operations(document)
        for status, answer in one["responses"].items()
        if status[0] in "45" and _schema(answer) != envelope
    ]
    assert others == ["POST /api/v1/oauth/token 400"], "RFC 6749 has a form of its own"


def _schema(answer: dict[str, Any]) -> str:
    media = answer.get("content", {}).get("application/json", {})
    return str(media.get("schema", {}).get("$ref", ""))
