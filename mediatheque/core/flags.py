"""Features that a house or a space can switch: declared here, read where they are used.

What is switched comes with the space of the request (the statement that finds out who asks reads
it), so that asking costs nothing: ``if ENRICHMENT.is_on(ctx): …`` or ``ENRICHMENT.needs(ctx)``.
A space's own choice goes before the instance's, that before the default.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mediatheque.kit.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mediatheque.core.context import ReadContext, Space


class FeatureOffError(ConflictError):
    """The feature is switched off, in this space or in the whole house."""

    code = "feature_off"
    message = "This feature is switched off. An owner can switch it on in the space's settings."


@dataclass(frozen=True, slots=True)
class Flag:
    """A switch: ``area.feature``, what it does in a sentence, and whether it is on by default."""

    name: str
    description: str
    default: bool = True

    def value(self, chosen: Mapping[str, bool]) -> bool:
        """Whether it is on where these choices were made."""
        return chosen.get(self.name, self.default)

    def is_on_in(self, space: Space | None) -> bool:
        """Whether it is on in a space; outside of any, its default."""
        return self.default if space is None else self.value(space.flags)

    def is_on(self, ctx: ReadContext) -> bool:
        """Whether it is on in the context's space."""
        return self.is_on_in(ctx.space)

    def needs(self, ctx: ReadContext) -> None:
        """Refuse where it is off: FeatureOffError."""
        if not self.is_on(ctx):
            raise FeatureOffError(details={"flag": self.name})


ENRICHMENT = Flag(
    "catalog.enrichment",
    "Complete works from outside providers, after an import and when somebody asks.",
)
HDHOMERUN = Flag(
    "live.hdhomerun",
    "Offer the channels to media players as a network tuner (HDHomeRun).",
    default=False,
)
SUGGESTIONS = Flag(
    "search.suggestions",
    "Suggest works and people while something is typed into the search.",
)

CHOSEN = """(
    coalesce((SELECT jsonb_object_agg(d.name, d.is_on) FROM spaces_flag_defaults d), '{}')
    || coalesce((SELECT jsonb_object_agg(f.name, f.is_on) FROM spaces_flags f
                 WHERE f.space_id = s.id), '{}'))"""
"""SQL of what was chosen in the space ``s``, by the house and by itself."""

FLAGS: dict[str, Flag] = {one.name: one for one in (ENRICHMENT, HDHOMERUN, SUGGESTIONS)}
"""Every flag, by name."""
