"""Messages as mail servers take them (RFC 5322), from parts that cannot add a header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BIDI = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NAME_LIMIT = 120
_SUBJECT_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody's address. ``email`` is ``local@domain``; ValueError for anything else."""

    email: str
    name: str = ""

    def __post_init__(self) -> None:
        local, at, domain = self.email.rpartition("@")
        if not (local and at and domain) or "@" in local or clean_line(self.email) != self.email:
            raise ValueError("This is not an e-mail address.")
        if re.search(r"[\s,;<>()\[\]\\\"]", self.email):
            raise ValueError("This is not an e-mail address.")

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read ``Name <local@domain>`` or the bare address."""
        name, email = parseaddr(text)
        return cls(email, name)

    @property
    def is_ascii(self) -> bool:
        """Whether any mail server takes it, or only those with SMTPUTF8 (RFC 6531)."""
        return self.email.rpartition("@")[0].isascii()

    def wired(self) -> str:
        """The address as it travels: a domain of other scripts in its ASCII form (IDNA)."""
        local, _, domain = self.email.rpartition("@")
        if domain.isascii():
            return self.email
        return f"{local}@{domain.encode('idna').decode()}"

    def header(self) -> HeaderAddress:
        """The address as a header's value, with the name cut and on one line."""
        local, _, domain = self.wired().rpartition("@")
        name = clean_line(self.name, _NAME_LIMIT)
        return HeaderAddress(display_name=name, username=local, domain=domain)


def clean_line(text: str, limit: int = 0) -> str:
    """One line: control characters and direction marks gone, cut at ``limit`` characters."""
    line = " ".join(_BIDI.sub("", _CONTROLS.sub(" ", text)).split())
    return f"{line[: limit - 1].rstrip()}…" if limit and len(line) > limit else line


def compose(  # noqa: PLR0913  (each is a part of a letter)
    *,
    sender: Address,
    receiver: Address,
    subject: str,
    text: str,
    html: str,
    message_id: str,
    at: datetime,
    locale: str,
) -> EmailMessage:
    """Put a letter together: text first, HTML as its alternative (RFC 2046, section 5.1.4).

    ``message_id`` is ``id@domain`` and the same at every attempt, so that a receiver who gets two
    keeps one. The letter says of itself that a machine wrote it (RFC 3834), so that no absence
    notice answers.
    """
    is_ascii = sender.is_ascii and receiver.is_ascii
    message = EmailMessage(policy=SMTP if is_ascii else SMTPUTF8)
    message["From"] = sender.header()
    message["To"] = receiver.header()
    message["Subject"] = clean_line(subject, _SUBJECT_LIMIT)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{message_id}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = locale
    return message
