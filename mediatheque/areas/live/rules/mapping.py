"""Which of our channels a guide's channel is: by id, by name, by number, by likeness."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from mediatheque.kit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

SURE: Final = 90
"""From this score on the house maps by itself; below, a person says."""
LIKELY: Final = 60
"""Below this score nothing is suggested."""
_QUALITY: Final = frozenset({"hd", "fhd", "uhd", "4k", "8k", "sd", "hevc", "h265", "tv", "channel"})
_SHIFT: Final = re.compile(r"\+\s?\d")


@dataclass(frozen=True, slots=True)
class Ours:
    """A channel of the space."""

    id: UUID
    name: str
    names: tuple[str, ...] = ()
    guide_key: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Theirs:
    """A channel of a guide or a playlist."""

    key: str
    names: tuple[str, ...] = ()
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Which channel it may be, 0–100, and why."""

    channel_id: UUID
    score: int
    reasons: tuple[str, ...]


def plain(name: str) -> str:
    """A name without what says only how good the picture is. A shift of an hour is a name."""
    shifted = _SHIFT.search(name)
    words = [word for word in fold(name).split() if word not in _QUALITY]
    if all(word.isdecimal() for word in words):
        words = fold(name).split()
    return " ".join(words) + (" " + shifted[0].replace(" ", "") if shifted else "")


def _base(key: str) -> str:
    """An id without its feed (``BBCOne.uk@HD``) and in small letters."""
    return key.partition("@")[0].casefold()


def _own(key: str) -> str:
    """The id of ours in a key of our own guides: ``C12.<id>.mediatheque``."""
    return key.split(".")[1] if key.endswith(".mediatheque") and key.count(".") == 2 else ""  # noqa: PLR2004  (channel.space.mediatheque)


def _digits(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", name))


@dataclass(slots=True)
class Matcher:
    """Our channels, ready to be asked many times."""

    ours: Sequence[Ours]
    by_key: dict[str, Ours] = field(default_factory=dict)
    by_id: dict[str, Ours] = field(default_factory=dict)
    by_base: dict[str, list[Ours]] = field(default_factory=dict)
    by_name: dict[str, list[Ours]] = field(default_factory=dict)
    by_plain: dict[str, list[Ours]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look the channels up by all that names them."""
        for one in self.ours:
            self.by_id[str(one.id)] = one
            if one.guide_key:
                self.by_key.setdefault(one.guide_key.casefold(), one)
                self.by_base.setdefault(_base(one.guide_key), []).append(one)
            for name in {one.name, *one.names}:
                self.by_name.setdefault(fold(name), []).append(one)
                self.by_plain.setdefault(plain(name), []).append(one)

    def suggest(self, theirs: Theirs, *, is_alike: bool = True) -> Suggestion | None:
        """The likeliest channel, or None; ``is_alike``: those with names like it as well."""
        if found := self.by_key.get(theirs.key.casefold()) or self.by_id.get(_own(theirs.key)):
            return Suggestion(found.id, 100, ("same id",))
        best = max(self._exact(theirs), key=lambda one: one.score, default=None)
        if best is not None and best.score >= SURE:
            return best
        like = self._alike(theirs) if is_alike else None
        found_all = [one for one in (best, like) if one is not None and one.score >= LIKELY]
        return max(found_all, key=lambda one: one.score, default=None)

    def _exact(self, theirs: Theirs) -> Iterable[Suggestion]:
        based = self.by_base.get(_base(theirs.key), ())
        if len(based) == 1:
            yield Suggestion(based[0].id, 92, ("same id but for the feed",))
        for name in theirs.names:
            for table, score, reason in (
                (self.by_name, 94, "same name"),
                (self.by_plain, 90, "same name but for the quality"),
            ):
                key = fold(name) if table is self.by_name else plain(name)
                for one in table.get(key, ()) if key else ():
                    several = len({found.id for found in table[key]}) > 1
                    same = bool(one.number and one.number == theirs.number)
                    yield Suggestion(
                        one.id,
                        score + 4 * same - 20 * (several and not same),
                        (reason, "same number") if same else (reason,),
                    )

    def _alike(self, theirs: Theirs) -> Suggestion | None:
        """By likeness, where the digits agree: “Sports 1” is not “Sports 2”."""
        best: Suggestion | None = None
        names = list(self.by_plain)
        for name in {plain(one) for one in theirs.names}:
            for found, score, _ in process.extract(
                name, names, scorer=fuzz.token_sort_ratio, score_cutoff=80, limit=5
            ):
                if _digits(found) != _digits(name):
                    continue
                one = self.by_plain[found][0]
                said = round(score) - 12
                if best is None or said > best.score:
                    best = Suggestion(one.id, min(said, SURE - 1), (f"like “{one.name}”",))
        return best


def assign(
    theirs: Iterable[Theirs],
    ours: Sequence[Ours],
    taken: frozenset[UUID] = frozenset(),
    *,
    is_alike: bool = True,
) -> dict[str, Suggestion]:
    """Suggestions by key. Of one source's channels at most one is surely a channel of ours.

    ``taken`` are channels that this source's other channels are mapped to already. Without
    ``is_alike`` only what is the same counts, which takes no time with many.
    """
    matcher = Matcher(ours)
    found = {
        one.key: suggestion
        for one in theirs
        if (suggestion := matcher.suggest(one, is_alike=is_alike))
    }
    held = set(taken)
    answers: dict[str, Suggestion] = {}
    for key, one in sorted(found.items(), key=lambda pair: -pair[1].score):
        if one.channel_id in held:
            score = min(one.score, SURE - 1)
            answers[key] = Suggestion(one.channel_id, score, (*one.reasons, "another one is it"))
        else:
            answers[key] = one
            if one.score >= SURE:
                held.add(one.channel_id)
    return answers
