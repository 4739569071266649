"""Every write of the catalogue."""

from mediatheque.areas.catalog.actions.bulk import bulk_edit
from mediatheque.areas.catalog.actions.people import merge_people, rename_person
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
    "bulk_edit",
    "create_title",
    "delete_title",
    "merge_people",
    "publish_due",
    "remove_episode",
    "remove_poster",
    "remove_season",
    "rename_person",
    "save_episode",
    "save_season",
    "set_poster",
    "update_title",
]
