"""Every write of the catalogue."""

from mediatheque.areas.catalog.actions.bulk import bulk_edit
from mediatheque.areas.catalog.actions.duplicates import (
    dismiss_duplicate,
    find_duplicates,
    record_duplicate,
    record_duplicates,
    request_duplicates,
)
from mediatheque.areas.catalog.actions.merges import (
    MergeFollower,
    merge_duplicate,
    merge_people,
    merge_titles,
    undo_merge,
    undo_people_merge,
)
from mediatheque.areas.catalog.actions.people import rename_person
from mediatheque.areas.catalog.actions.series import (
    remove_episode,
    remove_season,
    save_episode,
    save_season,
)
from mediatheque.areas.catalog.actions.titles import (
    create_title,
    delete_title,
    publish_due,
    remove_poster,
    set_poster,
    update_title,
)

__all__ = [
    "MergeFollower",
    "bulk_edit",
    "create_title",
    "delete_title",
    "dismiss_duplicate",
    "find_duplicates",
    "merge_duplicate",
    "merge_people",
    "merge_titles",
    "publish_due",
    "record_duplicate",
    "record_duplicates",
    "remove_episode",
    "remove_poster",
    "remove_season",
    "rename_person",
    "request_duplicates",
    "save_episode",
    "save_season",
    "set_poster",
    "undo_merge",
    "undo_people_merge",
    "update_title",
]
