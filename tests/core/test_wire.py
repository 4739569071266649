"""What every route shares on the wire: one envelope, named refusals, no unknown parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from mediatheque.main import create_app

if TYPE_CHECKING:
    from httpx import Response

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House

ENVELOPE = {"code", "message", "field", "details", "request_id"}


def refusal(answer: Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == {"error"}
    error: dict[str, Any] = answer.json()["error"]
    assert set(error) == ENVELOPE
    assert error["message"]
    assert error["request_id"] == answer.headers["x-request-id"]
    return error


async def test_an_unknown_query_parameter_is_refused_with_its_name(house: House) -> None:
    member = await house.member()
    answer = await member.client.get("/api/v1/titles?kind=movie&filter[password]=x")
    error = refusal(answer, 400)
    assert (error["code"], error["field"]) == ("unknown_parameter", "filter[password]")
    assert "filter[password]" in error["message"]


async def test_an_unknown_field_of_a_body_is_refused_with_its_name(house: House) -> None:
    member = await house.member()
    answer = await member.client.post("/api/v1/libraries", json={"name": "A", "space_id": "x"})
    error = refusal(answer, 422)
    assert (error["code"], error["field"]) == ("malformed", "space_id")


async def test_who_is_not_signed_in(anonymous: AsyncClient) -> None:
    assert refusal(await anonymous.get("/api/v1/titles"), 401)["code"] == "not_signed_in"


async def test_an_invalid_key_is_not_taken_for_nobody(anonymous: AsyncClient) -> None:
    headers = {"Authorization": "Bearer mk_wrong"}
    answer = await anonymous.get("/api/v1/version", headers=headers)
    assert answer.status_code == 200
    assert refusal(await anonymous.get("/api/v1/titles", headers=headers), 401)


async def test_a_lacking_permission_is_named(house: House) -> None:
    member = await house.member(role="viewer")
    error = refusal(await member.client.post("/api/v1/libraries", json={"name": "A"}), 403)
    assert error["code"] == "not_allowed"
    assert error["details"] == {"permission": "library.library.manage"}


async def test_what_is_not_there(house: House) -> None:
    member = await house.member()
    refusal(await member.client.get(f"/api/v1/copies/{uuid4()}"), 404)
    refusal(await member.client.get("/api/v1/nothing-of-ours"), 404)


async def test_a_method_that_a_path_does_not_have(house: House) -> None:
    member = await house.member()
    assert refusal(await member.client.put("/api/v1/libraries"), 405)["code"] == "http_405"


async def test_another_sites_page_cannot_use_the_cookie(house: House) -> None:
    member = await house.member()
    body = {"name": "A", "kind": "movies"}
    for headers in (
        {"x-csrf-token": "guessed"},
        {"origin": "https://elsewhere.example"},
        {"sec-fetch-site": "cross-site"},
    ):
        answer = await member.client.post("/api/v1/libraries", json=body, headers=headers)
        assert refusal(answer, 403)["code"] == "bad_csrf_token"
    assert await house.count("library_libraries", member.space) == 0


async def test_a_fault_of_ours_answers_in_the_envelope_and_says_nothing(
    settings: Settings, database: Database, house: House
) -> None:
    app: FastAPI = create_app(settings, database)

    @app.post("/api/v1/broken")
    async def broken() -> None:
        raise RuntimeError("secret detail")

    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.post("/api/v1/broken")
    assert refusal(answer, 500)["code"] == "internal_error"
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("referrer-policy", "same-origin"),
    ],
)
async def test_headers_of_every_answer(anonymous: AsyncClient, header: str, value: str) -> None:
    answer = await anonymous.get("/api/v1/version")
    assert answer.headers[header] == value
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
