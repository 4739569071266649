"""Every write of the catalogue."""

from mediatheque.areas.catalog.actions.titles import (
    create_title,
    delete_title,
    publish_due,
    remove_poster,
    set_poster,
    update_title,
)

__all__ = [
    "create_title",
    "delete_title",
    "publish_due",
    "remove_poster",
    "set_poster",
    "update_title",
]
