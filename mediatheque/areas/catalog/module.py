"""The manifest of the area `catalog`."""

from mediatheque.areas.accounts.rules.belongings import EXTENSION as BELONGING
from mediatheque.areas.catalog.actions.belongings import BELONGINGS
from mediatheque.areas.catalog.jobs import JOBS
from mediatheque.areas.catalog.queries.documents import DOCUMENTS, HEARD, PERSON_CARDS
from mediatheque.areas.catalog.queries.grantable import GRANTABLE, USAGE
from mediatheque.areas.catalog.queries.pictures import shown_pictures
from mediatheque.areas.catalog.queries.told import TOLD
from mediatheque.areas.catalog.routes import bulk, duplicates, people, posters, series, titles
from mediatheque.core.module import Module

LABELS = {
    "catalog.title_created": "added {label}",
    "catalog.title_updated": "changed {label}",
    "catalog.title_deleted": "deleted {label}",
    "catalog.titles_bulk_edited": "changed {label} at once",
    "catalog.titles_published": "published {label} on time",
    "catalog.titles_imported": "brought in {label}",
    "catalog.import_taken_back": "took back the works of an import",
    "catalog.season_saved": "changed a season of {label}",
    "catalog.season_removed": "removed a season of {label}",
    "catalog.episode_saved": "changed an episode of {label}",
    "catalog.episode_removed": "removed an episode of {label}",
    "catalog.person_renamed": "renamed {label}",
    "catalog.people_merged": "merged two people into {label}",
    "catalog.people_merge_undone": "undid the merge of two people into {label}",
    "catalog.duplicates_requested": "asked for {label}",
    "catalog.duplicates_found": "found {label}",
    "catalog.duplicate_dismissed": "said that {label} are two titles",
    "catalog.titles_merged": "merged two titles into {label}",
    "catalog.merge_undone": "undid the merge of {label}",
    "catalog.person_forgotten": "let go of a person",
}

JOBS.hears.extend(HEARD)

MODULE = Module(
    name="catalog",
    routers=(
        bulk.router,
        titles.router,
        posters.router,
        series.router,
        people.router,
        duplicates.router,
    ),
    jobs=JOBS,
    labels=LABELS,
    extensions={
        BELONGING: BELONGINGS,
        "spaces.grantable": GRANTABLE,
        "spaces.usage": USAGE,
        "search.documents": DOCUMENTS,
        "search.cards": (PERSON_CARDS,),
        "audit.visible": TOLD,
        "files.visible": shown_pictures,
    },
)
