"""Asking a provider about one work of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mediatheque.areas.library.rules.choosing import choose

if TYPE_CHECKING:
    from mediatheque.areas.library.adapters.providers.provider import Facts, Provider
    from mediatheque.areas.library.schemas.enrichment import Lacking

WHY = {
    "not_found": "{label} does not know it by this title and year.",
    "several_found": "{label} knows several works of this title; add a year or an id.",
    "gone": "{label} has it no more.",
    "unknown_kind": "{label} knows nothing of this kind.",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider said of a work: facts, or the reason why there are none."""

    work: Lacking
    facts: Facts | None
    reason: str = ""
    message: str = ""


async def look_up(provider: Provider, work: Lacking) -> Answer:
    """Find a work by its ids, else by title and year, and get its facts; the provider's errors."""
    if work.kind not in provider.kinds:
        return _missed(provider, work, "unknown_kind")
    found_id, reason = await _identify(provider, work)
    if found_id is None:
        return _missed(provider, work, reason)
    facts = await provider.details(work.kind, found_id)
    return Answer(work, facts) if facts else _missed(provider, work, "gone")


async def _identify(provider: Provider, work: Lacking) -> tuple[str | None, str]:
    own = work.ids.get(provider.name) or work.ids.get(f"{provider.name}_tv")
    if own:
        return own, ""
    for scheme, value in work.ids.items():
        found = await provider.find(work.kind, scheme, value)
        if len(found) == 1:
            return found[0].id, ""
    titles = [title for title in (work.title, work.original_title) if title]
    reason = "not_found"
    for title in titles:
        choice = choose(titles, work.year, await provider.search(work.kind, title, work.year))
        if choice.found:
            return choice.found.id, ""
        reason = choice.reason
    return None, reason


def _missed(provider: Provider, work: Lacking, reason: str) -> Answer:
    return Answer(work, None, reason, WHY[reason].format(label=provider.label))
