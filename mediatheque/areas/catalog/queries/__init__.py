"""Every select of the catalogue that others may ask for."""

from mediatheque.areas.catalog.queries.bulk import preview_bulk_edit
from mediatheque.areas.catalog.queries.duplicates import list_duplicates, list_merges
from mediatheque.areas.catalog.queries.history import list_history
from mediatheque.areas.catalog.queries.people import find_person_id, get_person, list_people
from mediatheque.areas.catalog.queries.series import get_season
from mediatheque.areas.catalog.queries.terms import list_terms
from mediatheque.areas.catalog.queries.titles import find_title_id, get_title, list_cores

__all__ = [
    "find_person_id",
    "find_title_id",
    "get_person",
    "get_season",
    "get_title",
    "list_cores",
    "list_duplicates",
    "list_history",
    "list_merges",
    "list_people",
    "list_terms",
    "preview_bulk_edit",
]
