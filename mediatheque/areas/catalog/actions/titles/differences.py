"""What an edit changes: new column values, lists to write, both sides for the journal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import orjson

from mediatheque.areas.catalog.actions.titles.lists import Lists
from mediatheque.areas.catalog.rules.matching import id_scheme
from mediatheque.areas.catalog.rules.names import default_sort_title, sort_key, title_key
from mediatheque.areas.catalog.rules.refusals import NotASeriesError
from mediatheque.areas.catalog.rules.titles import merged_details
from mediatheque.areas.catalog.rules.words import SCHEMES, words_of
from mediatheque.areas.catalog.schemas.details import DETAILS, read_details

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.areas.catalog.schemas.series import SeasonCreate
    from mediatheque.areas.catalog.schemas.titles import CreditInput, TitleUpdate
    from mediatheque.kit.db import Row

TENTHS: Final = 10
PLAIN: Final = (
    "slug",
    "kind",
    "status",
    "title",
    "original_title",
    "synopsis",
    "year",
    "released_on",
    "runtime_minutes",
    "age_rating",
    "minimum_age",
    "available_from",
    "available_until",
)


@dataclass(slots=True)
class Edit:
    """An edit against the present state.

    ``columns`` are to be set; ``before`` / ``after`` hold each changed field as the wire knows it.
    """

    columns: dict[str, Any] = field(default_factory=dict)
    lists: Lists = field(default_factory=Lists)
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    def note(self, name: str, before: object, after: object) -> bool:
        """Remember a field's two sides; whether they differ."""
        if before == after:
            return False
        self.before[name], self.after[name] = before, after
        return True

    def now(self, name: str, current: Row) -> Any:  # noqa: ANN401  (any column's type)
        """A column's value after the edit."""
        return (self.columns if name in self.columns else current)[name]


def edit_of(current: Row, update: TitleUpdate) -> Edit:
    """Compare what was sent with the present state.

    ``current`` has the fields of ``TitleCore`` and ``all_ids``, ``edited_fields``.
    """
    sent = update.sent()
    edit = Edit()
    for name in PLAIN:
        if name in sent:
            value = sent[name] if sent[name] != "" else None
            if edit.note(name, current[name], value):
                edit.columns[name] = value
    kind = edit.now("kind", current)
    if "rating" in sent and edit.note("rating", current["rating"], sent["rating"]):
        edit.columns["rating"] = None if sent["rating"] is None else round(sent["rating"] * TENTHS)
    _names(edit, current, sent)
    given = read_details(kind, sent["details"]) if "details" in sent else {}
    _details(edit, current, kind, given)
    for name in SCHEMES:
        if name in sent:
            _words(edit, name, current[name], sent[name])
    if "credits" in sent:
        _credits(edit, current["credits"], sent["credits"])
    _ids(edit, current, kind, dict(sent.get("external_ids", {})), given)
    if "seasons" in sent:
        _seasons(edit, current["seasons"], sent["seasons"], kind)
    return edit


def _names(edit: Edit, current: Row, sent: dict[str, Any]) -> None:
    """Keep keys and sort title in step with the title; a sort title by hand stays."""
    title = edit.now("title", current)
    sort = current["sort_title"]
    if "sort_title" in sent:
        sort = sent["sort_title"] or default_sort_title(title, _codes(current, sent))
        if edit.note("sort_title", current["sort_title"], sort):
            edit.columns["sort_title"] = sort
    elif "title" in edit.columns and "sort_title" not in current["edited_fields"]:
        sort = edit.columns["sort_title"] = default_sort_title(title, _codes(current, sent))
    if "title" in edit.columns:
        edit.columns["title_key"] = title_key(title)
    if "sort_title" in edit.columns:
        edit.columns["sort_key"] = sort_key(sort)


def _codes(current: Row, sent: dict[str, Any]) -> list[str]:
    codes: list[str] = (sent if "languages" in sent else current)["languages"]
    return codes


def _details(edit: Edit, current: Row, kind: str, given: dict[str, Any]) -> None:
    known = DETAILS[kind].model_fields if "kind" in edit.columns else None
    details = merged_details(current["details"], given, known)
    if edit.note("details", current["details"], details):
        edit.columns["details"] = orjson.dumps(details).decode()


def _words(edit: Edit, name: str, current: Sequence[Any], names: Sequence[str]) -> None:
    before = [one if isinstance(one, str) else one["name"] for one in current]
    wanted = {word.slug: word.name for word in words_of(SCHEMES[name], names)}
    held = {word.slug for word in words_of(SCHEMES[name], before)}
    if held == wanted.keys():
        return
    edit.note(name, before, list(wanted.values()))
    edit.lists.take_words(name, names)


def _credits(edit: Edit, current: Sequence[Any], wanted: Sequence[CreditInput]) -> None:
    before = [
        {"name": one["person"]["name"], "job": one["job"], "character": one["character"]}
        for one in current
    ]
    after = [
        {"name": one.name, "job": one.job, "character": one.character or None} for one in wanted
    ]
    people = [str(one["person"]["id"]) for one in current]
    same_people = all(
        one.person_id is None or str(one.person_id) == person
        for one, person in zip(wanted, people, strict=False)
    )
    if edit.note("credits", before, after) or not same_people:
        edit.before["credits"], edit.after["credits"] = before, after
        edit.lists.credits = wanted


def _ids(
    edit: Edit,
    current: Row,
    kind: str,
    sent: dict[str, str | None],
    details: dict[str, Any],
) -> None:
    """New ids in, replaced ones out; a scheme that has several keeps those not shown."""
    held: dict[str, list[str]] = current["all_ids"]
    wanted = {id_scheme(kind, scheme): value for scheme, value in sent.items()}
    if "isbn13" in details:
        wanted.setdefault("isbn13", details["isbn13"])
    for scheme, value in wanted.items():
        has = held.get(scheme, [])
        if value is None:
            edit.lists.dropped_ids += [(scheme, one) for one in has]
        elif value not in has:
            edit.lists.ids.append((scheme, value))
            edit.lists.dropped_ids += [(scheme, one) for one in has[:1]]
    if edit.lists.ids or edit.lists.dropped_ids:
        before = {s: current["external_ids"].get(s) for s in wanted}
        changed = {s for s, _ in (*edit.lists.ids, *edit.lists.dropped_ids)}
        edit.note(
            "external_ids",
            {s: before[s] for s in changed},
            {s: wanted[s] for s in changed},
        )


def _seasons(edit: Edit, current: Sequence[Any], wanted: Sequence[SeasonCreate], kind: str) -> None:
    if wanted and kind != "series":
        raise NotASeriesError(field="seasons")
    before = [
        {name: one[name] for name in ("number", "title", "expected_episodes")} for one in current
    ]
    after = [
        {
            "number": one.number,
            "title": one.title,
            "expected_episodes": one.expected_episodes,
            **({} if one.episodes is None else {"episodes": len(one.episodes)}),
        }
        for one in sorted(wanted, key=lambda one: one.number)
    ]
    if edit.note("seasons", before, after):
        edit.lists.seasons = wanted
