"""A space's stock for tests, put straight into the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from mediatheque.areas.catalog.models import Alias, Credit, Person, Term, Title, TitleTerm
from mediatheque.areas.library.models import Copy, Edition, Library, Loan
from mediatheque.kit.ids import uuid7
from mediatheque.kit.text import compact, fold, slugify

if TYPE_CHECKING:
    from mediatheque.core.context import Context


class Stock:
    """Adds works and what hangs on them to the space of a context."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.terms: dict[tuple[str, str], UUID] = {}
        self.people: dict[str, UUID] = {}

    async def title(self, title: str, kind: str = "movie", **more: object) -> Title:
        made = Title(
            space_id=self.ctx.space_id,
            id=uuid7(),
            slug=more.pop("slug", f"{slugify(title)}-{uuid7().hex[-6:]}"),
            kind=kind,
            title=title,
            sort_title=title,
            sort_key=fold(title),
            title_key=compact(title),
            **more,
        )
        await self.ctx.db.add(made)
        return made

    async def term(self, title: Title, scheme: str, name: str) -> None:
        slug = slugify(name)
        if (scheme, slug) not in self.terms:
            word = Term(space_id=self.ctx.space_id, id=uuid7(), scheme=scheme, slug=slug, name=name)
            await self.ctx.db.add(word)
            self.terms[scheme, slug] = word.id
        await self.ctx.db.add(
            TitleTerm(
                space_id=self.ctx.space_id, term_id=self.terms[scheme, slug], title_id=title.id
            )
        )

    async def credit(self, title: Title, name: str, job: str, position: int = 1) -> UUID:
        if name not in self.people:
            person = Person(
                space_id=self.ctx.space_id,
                id=uuid7(),
                slug=slugify(name),
                name=name,
                sort_key=fold(name),
                name_key=fold(name),
            )
            await self.ctx.db.add(person)
            self.people[name] = person.id
        await self.ctx.db.add(
            Credit(
                space_id=self.ctx.space_id,
                title_id=title.id,
                position=position,
                person_id=self.people[name],
                job=job,
            )
        )
        return self.people[name]

    async def alias(self, title: Title, alias: str) -> None:
        await self.ctx.db.add(Alias(space_id=self.ctx.space_id, alias=alias, title_id=title.id))

    async def library(self, name: str, **more: object) -> Library:
        made = Library(
            space_id=self.ctx.space_id, id=uuid7(), slug=slugify(name), name=name, **more
        )
        await self.ctx.db.add(made)
        return made

    async def edition(self, title: Title, format: str = "dvd", **more: object) -> Edition:  # noqa: A002  (the column's name)
        made = Edition(
            space_id=self.ctx.space_id, id=uuid7(), title_id=title.id, format=format, **more
        )
        await self.ctx.db.add(made)
        return made

    async def copy(self, edition: Edition, library: Library, **more: object) -> Copy:
        made = Copy(
            space_id=self.ctx.space_id,
            id=uuid7(),
            title_id=edition.title_id,
            edition_id=edition.id,
            library_id=library.id,
            **more,
        )
        await self.ctx.db.add(made)
        return made

    async def loan(self, copy: Copy, borrower: str = "Ada", **more: object) -> Loan:
        made = Loan(
            space_id=self.ctx.space_id, id=uuid7(), copy_id=copy.id, borrower=borrower, **more
        )
        await self.ctx.db.add(made)
        return made
