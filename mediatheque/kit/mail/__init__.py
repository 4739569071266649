"""Letters: written from one source in both shapes, translated, and handed to a mail server."""

from mediatheque.kit.mail.errors import MailError
from mediatheque.kit.mail.message import Address, clean_line, compose
from mediatheque.kit.mail.rendering import Letter, Stationery
from mediatheque.kit.mail.translation import Translations
from mediatheque.kit.mail.transport import Mailer, MailServer

__all__ = [
    "Address",
    "Letter",
    "MailError",
    "MailServer",
    "Mailer",
    "Stationery",
    "Translations",
    "clean_line",
    "compose",
]
