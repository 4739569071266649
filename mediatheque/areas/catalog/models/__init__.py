"""The catalogue's tables."""

from mediatheque.areas.catalog.models.credits import Credit, Person, PersonAlias
from mediatheque.areas.catalog.models.duplicates import Alias, Duplicate, Merge
from mediatheque.areas.catalog.models.series import Episode, Season
from mediatheque.areas.catalog.models.terms import Term, TitleTerm
from mediatheque.areas.catalog.models.titles import KINDS, STATUSES, ExternalId, Title

__all__ = [
    "KINDS",
    "STATUSES",
    "Alias",
    "Credit",
    "Duplicate",
    "Episode",
    "ExternalId",
    "Merge",
    "Person",
    "PersonAlias",
    "Season",
    "Term",
    "Title",
    "TitleTerm",
]
