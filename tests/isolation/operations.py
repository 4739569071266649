"""Every operation of the API with a request that has the right shape, made from its description."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from mediatheque.core.settings import Settings
from mediatheque.main import create_app
from tests.files.pictures import png

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx import AsyncClient, Response

    from tests.isolation.rows import LivedIn

METHODS = ("get", "post", "put", "patch", "delete")

IDS: dict[str, Callable[[LivedIn], object]] = {
    "channel_id": lambda home: home.id_of("live_channels"),
    "copy_id": lambda home: home.id_of("library_copies"),
    "domain_id": lambda home: home.id_of("spaces_domains"),
    "duplicate_id": lambda home: home.id_of("catalog_duplicates"),
    "edition_id": lambda home: home.id_of("library_editions"),
    "file_id": lambda home: home.id_of("files_files"),
    "grant_id": lambda home: home.id_of("spaces_grants"),
    "import_id": lambda home: home.id_of("exchange_imports"),
    "invitation_id": lambda home: home.id_of("spaces_invitations"),
    "library_id": lambda home: home.id_of("library_libraries"),
    "loan_id": lambda home: home.id_of("library_loans"),
    "member_id": lambda home: home.id_of("spaces_memberships"),
    "merge_id": lambda home: home.merge_id,
    "people_merge_id": lambda home: home.people_merge_id,
    "note_id": lambda home: home.id_of("library_notes"),
    "position": lambda home: home.rows["core_journal"]["position"],
    "review_id": lambda home: (
        f"{home.id_of('exchange_imports')}.{home.rows['exchange_rows']['position']}"
    ),
    "role_id": lambda home: home.id_of("spaces_roles"),
    "slug": lambda home: home.member.space.slug,
    "support_id": lambda home: home.id_of("spaces_support_sessions"),
    "team_id": lambda home: home.id_of("spaces_teams"),
    "source_id": lambda home: home.id_of("live_guide_sources"),
    "source_key": lambda home: home.rows["live_source_channels"]["key"],
    "entitlement_id": lambda home: home.id_of("entitlements_entitlements"),
    "package_id": lambda home: home.id_of("entitlements_packages"),
    "playback_id": lambda home: home.id_of("watch_playbacks"),
    "player_id": lambda home: home.id_of("watch_players"),
    "profile_id": lambda home: home.profile_id,
    "programme_id": lambda home: home.id_of("live_programmes"),
    "reminder_id": lambda home: home.id_of("live_reminders"),
    "template_id": lambda home: home.id_of("live_templates"),
    "title_id": lambda home: home.id_of("catalog_titles"),
    "undo_id": lambda home: home.rows["live_replaced"]["import_id"],
    "user_id": lambda home: home.member.user_id,
}
"""Path parameters that name a thing of a space."""

KEYS = {"titles": "catalog_titles", "people": "catalog_people"}
"""What ``{key}`` (an id or a slug) names, by the first part of the path."""

PLAIN: dict[str, object] = {
    "avatar": "fox",
    "day": "2026-01-01",
    "decision": "approve",
    "flag": "search.suggestions",
    "integration": "tmdb",
    "season": 1,
    "number": 1,
    "size": "small",
    "step": "undo",
}
"""Path parameters that name nothing of their own."""

PERSONAL = {
    "data_export_id",
    "key_id",
    "letter_id",
    "link_id",
    "passkey_id",
    "profile_id",
    "provider",
    "session_id",
    "user_code",
}
"""Path parameters of what belongs to a person, in no space."""

PICTURE = {"url": "https://pictures.example/a.png"}


def _template(home: LivedIn) -> dict[str, Any]:
    return {
        "channel_id": str(home.id_of("live_channels")),
        "title": "News",
        "rrule": "FREQ=DAILY",
        "starts_on": "2026-01-01",
        "start_time": "20:15",
        "duration_minutes": 45,
        "time_zone": "Europe/Paris",
    }


BODIES: dict[str, Callable[[LivedIn], Any]] = {
    "spaces:set_integration": lambda _: {"values": {"token": "a-token-of-tmdb"}},
    "accounts:set_up": lambda _: {
        "token": "x" * 40,
        "email": "owner@test.example",
        "name": "Owner",
        "password": "correct horse battery",
    },
    "accounts:change_email": lambda _: {
        "email": "other@test.example",
        "password": "correct horse battery",
    },
    "library:add_copy": lambda home: {"edition_id": str(home.id_of("library_editions"))},
    "catalog:fetch_poster": lambda _: PICTURE,
    "catalog:merge_people": lambda home: {"other": str(home.other_person_id)},
    "exchange:decide_row": lambda _: {"decision": "skip"},
    "library:transfer_library": lambda home: {"space": home.member.space.slug},
    "library:fetch_cover": lambda _: PICTURE,
    "live:change_schedule": lambda home: {"remove": [str(home.id_of("live_programmes"))]},
    "live:create_template": _template,
    "live:map_source_channel": lambda _: {"channel_id": None},
    "live:match_programme": lambda home: {"title_id": str(home.id_of("catalog_titles"))},
    "live:preview_template": _template,
    "spaces:add_domain": lambda _: {"host": "films.test.example"},
    "spaces:provision_space": lambda _: {
        "slug": "a-new-space",
        "name": "A new space",
        "owner_email": "owner@test.example",
    },
}
"""Where the description alone doesn't tell what a sensible body is."""

QUERIES: dict[str, dict[str, str]] = {
    "catalog:list_terms": {"scheme": "genre"},
    "live:list_schedule": {
        "from": "2026-01-01T00:00:00Z",
        "to": "2026-01-02T00:00:00Z",
        "channels": "00000000-0000-7000-8000-000000000000",
    },
}


@dataclass(frozen=True)
class Operation:
    """One operation: its method, its path's template, its description."""

    method: str
    path: str
    described: tuple[tuple[str, Any], ...]

    @property
    def id(self) -> str:
        return str(dict(self.described)["operationId"])

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"\{(\w+)\}", self.path)

    def address(self, home: LivedIn, *, by_slug: bool = False) -> str:
        """The path with a space's real ids."""

        def put_in(found: re.Match[str]) -> str:
            name = found[1]
            if name == "key":
                row = home.rows[KEYS[self.path.split("/")[3]]]
                return str(row["slug" if by_slug else "id"])
            return str(IDS[name](home) if name in IDS else PLAIN[name])

        return re.sub(r"\{(\w+)\}", put_in, self.path)

    def query(self) -> dict[str, Any]:
        """The query parameters that must be there."""
        wanted = dict(self.described).get("parameters", ())
        return QUERIES.get(self.id) or {
            one["name"]: example(one["schema"])
            for one in wanted
            if one["in"] == "query" and one.get("required")
        }

    def body(self, home: LivedIn) -> dict[str, Any]:
        """Arguments for the client: a body that passes the schema check."""
        content = dict(self.described).get("requestBody", {}).get("content", {})
        if "multipart/form-data" in content:
            return {"files": {"file": ("a.png", png(64, 64), "image/png")}}
        if "application/json" in content:
            if self.id in BODIES:
                return {"json": BODIES[self.id](home)}
            return {"json": example(content["application/json"]["schema"])}
        form = content.get("application/x-www-form-urlencoded")
        if form:
            known = BODIES.get(self.id)
            return {"data": known(home) if known else example(form["schema"])}
        return {}

    async def call(
        self,
        client: AsyncClient,
        home: LivedIn,
        address: str = "",
        headers: dict[str, str] | None = None,
    ) -> Response:
        """Ask for it with a space's ids, as whoever the client is."""
        return await client.request(
            self.method.upper(),
            address or self.address(home),
            params=self.query(),
            headers=headers,
            **self.body(home),
        )


@cache
def document() -> dict[str, Any]:
    """The API's description."""
    settings = Settings(DATABASE_URL="postgresql://nobody@localhost/none")
    return create_app(settings).openapi()


@cache
def operations() -> tuple[Operation, ...]:
    """All operations below /api/v1."""
    return tuple(
        Operation(method, path, tuple(described.items()))
        for path, methods in document()["paths"].items()
        for method, described in methods.items()
        if method in METHODS and path.startswith("/api/v1/")
    )


def example(schema: dict[str, Any]) -> Any:  # noqa: ANN401, C901, PLR0911  (JSON: a branch for each kind of schema)
    """The smallest value that a schema allows: required fields only."""
    if "$ref" in schema:
        return example(document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return example(next(one for one in schema[several] if one.get("type") != "null"))
    if "allOf" in schema:
        return example(schema["allOf"][0])
    match schema.get("type"):
        case "object":
            known = schema.get("properties", {})
            required = schema.get("required") or list(known)[: schema.get("minProperties", 0)]
            return {name: example(known[name]) for name in required}
        case "array":
            return [example(schema["items"]) for _ in range(schema.get("minItems", 0))]
        case "integer" | "number":
            least = schema.get("minimum", schema.get("exclusiveMinimum", 0))
            return max(1, int(least) + 1) if "maximum" not in schema else schema["maximum"]
        case "boolean":
            return True
        case "string":
            return _text(schema)
        case _:
            return "x"


FORMATS = {
    "uuid": "0197f000-0000-7000-8000-000000000000",
    "date": "2026-01-01",
    "date-time": "2026-01-01T00:00:00Z",
    "uri": "https://pictures.example/a.png",
    "email": "somebody@test.example",
    "password": "correct horse battery",
}


def _text(schema: dict[str, Any]) -> str:
    least, most = max(1, int(schema.get("minLength", 1))), int(schema.get("maxLength", 10_000))
    found = FORMATS.get(str(schema.get("format")), "x" * least)
    return found if len(found) <= most else "1" * least
