"""What many tests of the catalogue do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.house import Member

METROPOLIS: dict[str, Any] = {
    "kind": "movie",
    "title": "The Metropolis",
    "original_title": "Metropolis",
    "year": 1927,
    "released_on": "1927-01-10",
    "runtime_minutes": 153,
    "synopsis": "A city of towers above and of workers below.",
    "languages": ["DE"],
    "countries": ["de"],
    "genres": ["Science fiction", "Drama", "drama"],
    "tags": ["silent"],
    "external_ids": {"imdb": "tt0017136", "tmdb": "19"},
    "rating": 8.3,
    "credits": [
        {"name": "Fritz Lang", "job": "director"},
        {"name": "Thea von Harbou", "job": "writer"},
        {"name": "Brigitte Helm", "job": "actor", "character": "Maria"},
        {"name": "Brigitte Helm", "job": "actor", "character": "Machine"},
    ],
}


async def add(member: Member, /, **fields: object) -> dict[str, Any]:
    answer = await member.client.post(
        "/api/v1/titles", json={"kind": "movie", "title": "Untold", **fields}
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def change(member: Member, known: dict[str, Any], /, **fields: object) -> dict[str, Any]:
    answer = await member.client.patch(f"/api/v1/titles/{known['id']}", json=fields)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
