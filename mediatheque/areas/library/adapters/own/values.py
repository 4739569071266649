"""Values of a JSON object, read by their type; what is of another type is left out with a word."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.library.adapters.vocabulary.formats import read_format
from mediatheque.areas.library.adapters.vocabulary.words import read_condition
from mediatheque.areas.library.schemas.rows import Problem
from mediatheque.kit.dates import read_date
from mediatheque.kit.figures import Money, read_count, read_money, to_minor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_BEST: Final = 10


class Values:
    """An object's values by name; of several names the first that is there counts."""

    def __init__(self, found: dict[str, Any], problems: list[Problem] | None = None) -> None:
        self._found = found
        self.problems: list[Problem] = [] if problems is None else problems

    def text(self, *names: str) -> str | None:
        """Return a text that is not empty; numbers count as texts."""
        name, value = self._first(names)
        if isinstance(value, str):
            return value if value.strip() else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return f"{value:g}" if isinstance(value, float) else str(value)
        self._refused(name, value, "a text")
        return None

    def whole(self, *names: str) -> int | None:
        """Return a whole number."""
        name, value = self._first(names)
        if isinstance(value, bool):
            self._refused(name, value, "a whole number")
            return None
        if isinstance(value, int):
            return value
        if isinstance(value, float) and value.is_integer():
            return int(value)
        if isinstance(value, str) and (count := read_count(value)) is not None:
            return count
        self._refused(name, value, "a whole number")
        return None

    def rating(self, name: str) -> float | None:
        """Return a number above 0 and up to 10."""
        value = self._found.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _BEST:
            return float(value) or None
        self._refused(name, value, "a number up to 10")
        return None

    def day(self, *names: str) -> date | None:
        """Return a day written by ISO 8601."""
        name, value = self._first(names)
        day = read_date(value) if isinstance(value, str) else None
        if day is None:
            self._refused(name, value, "a day such as 2022-01-25")
        return day

    def yes(self, name: str) -> bool:
        """Return a yes or no."""
        value = self._found.get(name)
        if not isinstance(value, bool):
            self._refused(name, value, "true or false")
        return value is True

    def texts(self, name: str) -> list[str]:
        """Return a list of texts; one text is a list of one."""
        value = self._found.get(name)
        if isinstance(value, str):
            return [value] if value.strip() else []
        if isinstance(value, list):
            return [one for one in value if isinstance(one, str) and one.strip()]
        self._refused(name, value, "a list of texts")
        return []

    def objects(self, name: str, names_as: str | None = None) -> list[dict[str, Any]]:
        """Return a list of objects; a text in it becomes an object with ``names_as``."""
        value = self._found.get(name)
        if names_as and isinstance(value, str | dict):
            value = [value]
        if not isinstance(value, list):
            self._refused(name, value, "a list")
            return []
        made: list[dict[str, Any]] = []
        for one in value:
            if isinstance(one, dict):
                made.append(one)
            elif names_as and isinstance(one, str):
                made.append({names_as: one})
            else:
                self._refused(name, one, "a list of objects")
        return made

    def mapping(self, *names: str) -> dict[str, Any]:
        """Return an object."""
        name, value = self._first(names)
        if isinstance(value, dict):
            return dict(value)
        self._refused(name, value, "an object")
        return {}

    def one_of(self, name: str, words: Sequence[str]) -> str | None:
        """Return one of these words."""
        value = self._found.get(name)
        if isinstance(value, str) and value in words:
            return value
        self._refused(name, value, f"one of {', '.join(words)}")
        return None

    def format(self, name: str) -> str:
        """Return our format for a name; none is ``other``."""
        text = self.text(name)
        if not text:
            return "other"
        word = read_format(text)
        if not word.known:
            message = f"“{text[:40]}” is no format we know; filed under “other”."
            self.problems.append(Problem("unknown_format", name, message))
        return word.format

    def condition(self, name: str) -> str | None:
        """Return our condition for a name."""
        text = self.text(name)
        found = read_condition(text) if text else None
        if text and found is None:
            message = f"“{text[:40]}” is no condition we know; left out."
            self.problems.append(Problem("unknown_condition", name, message))
        return found

    def money(self) -> Money | None:
        """Return ``price_cents``, or ``price``, with ``currency``."""
        currency = self.text("currency")
        cents = self.whole("price_cents")
        if cents is not None:
            return Money(cents, currency)
        price = self._found.get("price")
        if isinstance(price, int | float) and not isinstance(price, bool):
            return Money(to_minor(Decimal(str(price)), currency), currency)
        money = read_money(price, currency) if isinstance(price, str) else None
        if money is None:
            self._refused("price", price, "a price such as 12.50")
        return money

    def _first(self, names: tuple[str, ...]) -> tuple[str, Any]:
        for name in names:
            value = self._found.get(name)
            if value is not None:
                return name, value
        return names[0], None

    def _refused(self, name: str, value: object, wanted: str) -> None:
        """Note a value of another type; an empty one says nothing and is no mistake."""
        if value not in (None, "", [], {}):
            self.problems.append(Problem("bad_value", name, f"“{name}” is not {wanted}; left out."))
