"""One work by hand: created, changed, deleted, given a poster."""

from mediatheque.areas.catalog.actions.titles.create import create_title
from mediatheque.areas.catalog.actions.titles.delete import delete_title
from mediatheque.areas.catalog.actions.titles.posters import remove_poster, set_poster
from mediatheque.areas.catalog.actions.titles.publish import publish_due
from mediatheque.areas.catalog.actions.titles.update import update_title

__all__ = [
    "create_title",
    "delete_title",
    "publish_due",
    "remove_poster",
    "set_poster",
    "update_title",
]
