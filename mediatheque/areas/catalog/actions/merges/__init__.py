"""Two works become one, and two again."""

from mediatheque.areas.catalog.actions.merges.followers import MergeFollower
from mediatheque.areas.catalog.actions.merges.merge import merge_duplicate, merge_titles
from mediatheque.areas.catalog.actions.merges.undo import undo_merge

__all__ = ["MergeFollower", "merge_duplicate", "merge_titles", "undo_merge"]
