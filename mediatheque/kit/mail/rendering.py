"""From one template to both shapes of a letter.

A template says what stands in the letter, not how it looks::

    {% set subject = _("Choose a new password") %}
    {% call letter(subject) %}
    {{ greet(name) }}
    {{ say(_("Somebody asked for a new password for your account.")) }}
    {{ button(_("Choose a new password"), link) }}
    {{ facts([(_("Device"), device)]) }}
    {{ code("1234-5678") }}
    {{ small(_("The link works for one hour.")) }}
    {% endcall %}

The words are the macros of ``base.html`` and ``base.txt`` in the same folder: the text and the
HTML cannot say different things.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mediatheque.kit.mail.message import clean_line

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.environment import TemplateModule

    from mediatheque.kit.mail.translation import Translations

_WIDTH: Final = 72
_VALUE_LIMIT: Final = 200
_LINK_LIMIT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is read: its subject, its text, the same as HTML, in one language."""

    subject: str
    text: str
    html: str
    language: str


class Stationery:
    """The templates of a folder: ``base.html``, ``base.txt`` and one ``{name}.jinja`` a letter."""

    def __init__(self, folder: Path, translations: Translations) -> None:
        self._translations = translations
        self._loader = FileSystemLoader(folder)
        self._environments: dict[tuple[str, str], Environment] = {}

    def render(
        self,
        name: str,
        data: Mapping[str, Any],
        *,
        locale: str = "en",
        time_zone: str = "UTC",
    ) -> Letter:
        """Fill a template in a reader's language; times are shown in their zone.

        Strings of ``data`` are put on one line and cut, so that nobody's name can look like a
        paragraph of ours; in the HTML they are escaped. A name that a template uses and ``data``
        lacks is an error.
        """
        language = self._translations.language(locale)
        values = {key: _tamed(key, value) for key, value in data.items()}
        values |= {"language": language, "time_zone": _zone(time_zone)}
        text = self._filled(name, values, language, "txt")
        html = self._filled(name, values, language, "html")
        # In the HTML the subject is escaped, so that of the text is taken.
        subject = clean_line(str(vars(text)["subject"]))
        plain = re.sub(r"\n{3,}", "\n\n", str(text)).strip()
        return Letter(subject, f"{plain}\n", f"{str(html).strip()}\n", language)

    def _filled(
        self, name: str, values: dict[str, Any], language: str, shape: str
    ) -> TemplateModule:
        template = self._environment(language, shape).get_template(f"{name}.jinja")
        return template.make_module(values)

    def _environment(self, language: str, shape: str) -> Environment:
        found = self._environments.get((language, shape))
        if found is None:
            found = Environment(
                loader=self._loader,
                # The text has no markup to escape; in it, nothing is markup.
                autoescape=shape == "html",  # noqa: S701  (see above)
                undefined=StrictUndefined,
                extensions=["jinja2.ext.i18n"],
                trim_blocks=True,
                lstrip_blocks=True,
            )
            catalogue = self._translations.of(language)
            found.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
            found.filters["wrapped"] = _wrapped
            found.globals["language_tag"] = language
            found.globals["when"] = _when(language)
            macros = vars(found.get_template(f"base.{shape}").module)
            found.globals.update(
                {name: one for name, one in macros.items() if not name.startswith("_")}
            )
            self._environments[language, shape] = found
        return found


def _tamed(key: str, value: Any) -> Any:  # noqa: ANN401  (any value of a letter)
    if isinstance(value, str):
        return clean_line(value, _LINK_LIMIT if key == "link" else _VALUE_LIMIT)
    if isinstance(value, Mapping):
        return {name: _tamed(str(name), one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_tamed(key, one) for one in value]
    return value


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError):
        return ZoneInfo("UTC")


def _when(language: str) -> Any:  # noqa: ANN401  (a function of the templates)
    def when(at: datetime | str, zone: ZoneInfo) -> str:
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        local = moment.astimezone(zone)
        day = format_date(local.date(), "long", locale=language)
        return f"{day}, {format_time(local.time(), 'short', locale=language)} ({zone.key})"

    return when


def _wrapped(text: str) -> str:
    return fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
