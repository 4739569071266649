"""What an area's manifest says about the things it wants found.

``Module.extensions["search.documents"]`` holds :class:`Documents` and
:class:`Additions`,
``Module.extensions["search.cards"]`` holds :class:`Cards`. The engine knows things only by
``ref_kind`` and id; SQL is the areas' own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Executable

    from mediatheque.core.context import ReadContext
    from mediatheque.kit.db import Row

DOCUMENTS: Final = "search.documents"
CARDS: Final = "search.cards"
REINDEX: Final = "search.index_refs"
"""The job that an area's events start: its manifest names it as their hearer."""


@dataclass(frozen=True, slots=True)
class Documents:
    """How the things of one kind are read for the index, many by one statement.

    ``rows`` takes ``:space`` and ``:ids`` and answers ``ref_id, kind, label, weight`` and the
    arrays of text ``also`` (other names), ``people``, ``terms``, ``codes`` and ``facets``
    (``facet|value|label``). ``changed`` answers ``id, changed_at`` (or null) of everything there
    is, in no order. ``follow`` turns changed ids of any kind into ids of this one; those the index
    knows already are left alone.
    """

    ref_kind: str
    rows: str
    changed: str
    follow: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Additions:
    """What another area adds to the things of a kind.

    ``rows`` takes ``:space`` and ``:ids`` and answers ``ref_id, codes, weight``: further codes,
    and what is added to the weight. ``follow`` turns changed ids of any kind into ids
    of this one, which are all read anew.
    """

    ref_kind: str
    rows: str
    follow: Sequence[str] = ()


Fragment = tuple[str, Mapping[str, Any]]
"""SQL over ``m.ref_id`` with the values of its parameters; ``:space`` is bound by the engine."""


@dataclass(frozen=True, slots=True)
class Cards:
    """How the things of one kind are shown, and to whom.

    ``kinds`` are the documents' kinds. ``visible`` is a condition. ``brief`` answers a JSON
    object with ``slug``, ``label`` and the fields of ``extras``, or null for what the actor may
    not see. ``load`` is a select of rows for ids, in any order; ``shape`` makes a ``model`` (with
    an ``id``) of one.
    """

    ref_kind: str
    model: type[BaseModel]
    kinds: Sequence[str]
    visible: Callable[[ReadContext], Fragment]
    brief: Callable[[ReadContext], Fragment]
    load: Callable[[ReadContext, Sequence[UUID]], Executable]
    shape: Callable[[Row], Any]
    extras: Mapping[str, Any] = field(default_factory=dict)
