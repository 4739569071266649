"""From a row of the outbox to a letter, and to the mail server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mediatheque.kit.mail import (
    Address,
    Letter,
    Mailer,
    MailError,
    MailServer,
    Stationery,
    Translations,
    compose,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mediatheque.core.settings import Settings

FOLDER = Path(__file__).parent
TRANSLATIONS = Translations(FOLDER / "translations")
STATIONERY = Stationery(FOLDER / "templates", TRANSLATIONS)


@dataclass(frozen=True, slots=True)
class Post:
    """How letters leave this house; ``mailer`` is None where there is no mail server."""

    sender: Address
    mailer: Mailer | None
    base_url: str

    @classmethod
    def of(cls, settings: Settings) -> Post:
        """By the settings; ValueError when they make no sense."""
        return _post(settings.smtp_url, settings.mail_from, settings.base_url)

    def write(self, row: Mapping[str, Any]) -> Letter:
        """Fill the template of a letter's row; its ``path`` becomes a link to this house.

        Links begin with the address of the settings, never with what a request called us: who
        sends a forged ``Host`` gets no secret led astray.
        """
        data = dict(row["data"])
        path = data.pop("path", None)
        if path is not None:
            data["link"] = f"{self.base_url}{path}"
        return STATIONERY.render(
            row["template"], data, locale=row["locale"], time_zone=row["time_zone"]
        )

    async def send(self, row: Mapping[str, Any]) -> None:
        """Hand a letter in; raises MailError."""
        if self.mailer is None:
            raise MailError("There is no mail server.", is_passing=True)
        try:
            receiver = Address(row["receiver"], row["data"].get("name") or "")
            letter = self.write(row)
            message = compose(
                sender=self.sender,
                receiver=receiver,
                subject=letter.subject,
                text=letter.text,
                html=letter.html,
                message_id=f"{row['id']}@{self.sender.wired().rpartition('@')[2]}",
                at=datetime.now(UTC),
                locale=letter.language,
            )
            envelope = {"sender": self.sender.wired(), "receiver": receiver.wired()}
        except ValueError as error:  # UnicodeError, of a domain that is none, is one too
            raise MailError("No mail server takes this address.", is_passing=False) from error
        await self.mailer.send(message, **envelope)


@cache
def _post(smtp_url: str, mail_from: str, base_url: str) -> Post:
    host = urlsplit(base_url).hostname or "localhost"
    try:
        sender = Address.parse(mail_from) if mail_from else Address(_own(host), "Mediatheque")
    except ValueError as error:
        raise ValueError(f"MEDIATHEQUE_MAIL_FROM: {error}") from error
    try:
        mailer = Mailer(MailServer.parse(smtp_url)) if smtp_url else None
    except ValueError as error:
        raise ValueError(f"MEDIATHEQUE_SMTP_URL: {error}") from error
    return Post(sender, mailer, base_url)


def _own(host: str) -> str:
    """An address at this house; an IP address goes in brackets no mail server likes."""
    is_name = any(letter.isalpha() for letter in host) and ":" not in host
    return f"mediatheque@{host if is_name else 'localhost'}"
