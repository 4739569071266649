"""Two works or people become one, and two again."""

from mediatheque.areas.catalog.actions.merges.followers import MergeFollower
from mediatheque.areas.catalog.actions.merges.merge import merge_duplicate, merge_titles
from mediatheque.areas.catalog.actions.merges.people import merge_people, undo_people_merge
from mediatheque.areas.catalog.actions.merges.undo import undo_merge

__all__ = [
    "MergeFollower",
    "merge_duplicate",
    "merge_people",
    "merge_titles",
    "undo_merge",
    "undo_people_merge",
]
