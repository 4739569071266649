"""Translations from gettext's ``.po`` files, read once when a process first needs them."""

from __future__ import annotations

from functools import cached_property
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Translations:
    """The catalogues ``{language}.po`` of a folder; the messages themselves are English."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def catalogues(self) -> Mapping[str, NullTranslations]:
        """Language → its catalogue. A fuzzy entry is not used, as with gettext's own tools."""
        found: dict[str, NullTranslations] = {"en": NullTranslations()}
        for path in sorted(self._folder.glob("*.po")):
            with path.open("rb") as file:
                catalogue = read_po(file, locale=path.stem, abort_invalid=True)
            compiled = BytesIO()
            write_mo(compiled, catalogue)
            compiled.seek(0)
            found[path.stem] = GNUTranslations(compiled)
        return found

    def language(self, locale: str) -> str:
        """The language in which somebody of a locale is written to, e.g. ``pt-BR`` → ``en``."""
        tag = locale.replace("_", "-")
        while tag:
            if tag in self.catalogues:
                return tag
            tag = tag.rpartition("-")[0]
        return "en"

    def of(self, locale: str) -> NullTranslations:
        """The catalogue for a locale, English where there is none."""
        return self.catalogues[self.language(locale)]
