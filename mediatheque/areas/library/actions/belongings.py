"""What the library knows about a person, and how it forgets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from mediatheque.areas.accounts.rules.belongings import Belongings
from mediatheque.areas.library.events import PersonForgotten
from mediatheque.areas.library.models import Copy, Edition, Loan, Mark, Note, Rating
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID


@requires(Permission.LIBRARY_MANAGE)
async def forget_person(ctx: Context, person: UUID, nobody: UUID) -> None:
    """Make a person's contributions to this space anonymous, and delete what was for them alone.

    Copies, editions and loans stay. Ratings and shared notes stay as those of ``nobody``: others
    read them, and averages count them. Private notes and marks are deleted.
    """
    here = ctx.space_id
    count = await ctx.db.execute_each(
        (
            update(Copy)
            .where(Copy.space_id == here, Copy.added_by == person)
            .values(added_by=None),
            update(Edition)
            .where(Edition.space_id == here, Edition.added_by == person)
            .values(added_by=None),
            update(Loan).where(Loan.space_id == here, Loan.lent_by == person).values(lent_by=None),
            delete(Mark).where(Mark.space_id == here, Mark.user_id == person),
            delete(Note).where(
                Note.space_id == here, Note.user_id == person, Note.is_shared.is_(False)
            ),
            update(Note)
            .where(Note.space_id == here, Note.user_id == person)
            .values(user_id=nobody),
            update(Rating)
            .where(Rating.space_id == here, Rating.user_id == person)
            .values(user_id=nobody),
        )
    )
    if count:
        ctx.emit(PersonForgotten(ref=Ref("user", person), after={"count": count}))


BELONGINGS = Belongings(
    area="library",
    parts={
        "notes": (
            "SELECT n.id, n.space_id, t.title, n.body, n.is_shared, n.created_at, n.edited_at "
            "FROM library_notes n JOIN catalog_titles t ON t.space_id = n.space_id "
            "AND t.id = n.title_id WHERE n.user_id = :person ORDER BY n.id"
        ),
        "ratings": (
            "SELECT r.space_id, r.title_id, t.title, r.value, r.edited_at FROM library_ratings r "
            "JOIN catalog_titles t ON t.space_id = r.space_id AND t.id = r.title_id "
            "WHERE r.user_id = :person ORDER BY r.space_id, r.title_id"
        ),
        "marks": (
            "SELECT m.space_id, m.title_id, t.title, m.season, m.episode, m.status, "
            "m.finished_on, m.times FROM library_marks m "
            "JOIN catalog_titles t ON t.space_id = m.space_id AND t.id = m.title_id "
            "WHERE m.user_id = :person ORDER BY m.space_id, m.title_id, m.season, m.episode"
        ),
        "copies": (
            "SELECT c.id, c.space_id, t.title, e.format, c.condition, c.location, c.price_cents, "
            "c.currency, c.bought_on, c.signed, c.notes, c.added_at FROM library_copies c "
            "JOIN library_editions e ON e.space_id = c.space_id AND e.id = c.edition_id "
            "JOIN catalog_titles t ON t.space_id = c.space_id AND t.id = c.title_id "
            "WHERE c.added_by = :person ORDER BY c.id"
        ),
        "loans": (
            "SELECT l.id, l.space_id, l.copy_id, l.borrower, l.lent_on, l.due_on, l.returned_on, "
            "l.note FROM library_loans l WHERE l.lent_by = :person ORDER BY l.id"
        ),
    },
    spaces=" UNION ".join(
        f"SELECT space_id FROM {table} WHERE {column} = :person"  # noqa: S608  (our own names)
        for table, column in (
            ("library_copies", "added_by"),
            ("library_editions", "added_by"),
            ("library_loans", "lent_by"),
            ("library_marks", "user_id"),
            ("library_notes", "user_id"),
            ("library_ratings", "user_id"),
        )
    ),
    traces="SELECT id FROM library_notes WHERE user_id = :person AND NOT is_shared",
    erase=forget_person,
)
