"""Handing messages to a mail server (RFC 5321, with RFC 3207 and RFC 8314 for TLS)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

import aiosmtplib

from mediatheque.kit.mail.errors import MailError
from mediatheque.kit.mail.message import clean_line

if TYPE_CHECKING:
    from email.message import EmailMessage
    from ssl import SSLContext

_TLS: Final = {"offered": None, "required": True, "never": False}
_ERROR_LIMIT: Final = 300
_PERMANENT: Final = 500


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in. ``start_tls``: None takes TLS where it is offered."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    is_tls: bool = False
    start_tls: bool | None = None

    @classmethod
    def parse(cls, url: str) -> MailServer:
        """Read ``smtp://user:pass@host:port`` (587) or ``smtps://…`` (465, TLS from the start).

        ``smtp`` changes to TLS by STARTTLS: always, when there is a password; where it is offered,
        without one. ``?tls=required``, ``offered`` or ``never`` says otherwise. ValueError for
        what is none of this, without repeating the URL.
        """
        parts = urlsplit(url)
        wanted = dict(parse_qsl(parts.query))
        try:
            port = parts.port
        except ValueError:
            port = -1
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or port in {-1, 0}:
            raise ValueError("The address of a mail server is smtp://user:password@host:port.")
        if parts.path.strip("/") or set(wanted) - {"tls"} or wanted.get("tls", "never") not in _TLS:
            raise ValueError("A mail server's address takes only ?tls=required, offered or never.")
        is_tls = parts.scheme == "smtps"
        user = unquote(parts.username or "")
        chosen = _TLS[wanted.get("tls", "required" if user else "offered")]
        return cls(
            host=parts.hostname,
            port=port or (465 if is_tls else 587),
            user=user,
            password=unquote(parts.password or ""),
            is_tls=is_tls,
            start_tls=None if is_tls else chosen,
        )


class Mailer:
    """Sends letters, one connection each: they are few, and a server may be gone meanwhile."""

    def __init__(
        self, server: MailServer, *, seconds: float = 30.0, tls: SSLContext | None = None
    ) -> None:
        self.server = server
        self._seconds = seconds
        self._tls = tls

    async def send(self, message: EmailMessage, *, sender: str, receiver: str) -> None:
        """Hand one message in; returns when the server has taken it over. Raises MailError.

        The envelope is given, not read from the headers: nothing in a message can add a receiver.
        """
        server = self.server
        try:
            await aiosmtplib.send(
                message,
                sender=sender,
                recipients=[receiver],
                hostname=server.host,
                port=server.port,
                username=server.user or None,
                password=server.password or None,
                use_tls=server.is_tls,
                start_tls=False if server.is_tls else server.start_tls,
                tls_context=self._tls,
                timeout=self._seconds,
                local_hostname="mediatheque",
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            refused = error.recipients[0]
            raise _answered(refused.code, refused.message) from error
        except aiosmtplib.SMTPResponseException as error:
            raise _answered(error.code, error.message) from error
        except aiosmtplib.SMTPNotSupported as error:
            raise MailError(f"{server.host} cannot do this: {error}.", is_passing=False) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailError(
                clean_line(f"{server.host} cannot be reached: {error}", _ERROR_LIMIT),
                is_passing=True,
            ) from error


def _answered(code: int, message: str) -> MailError:
    """A reply as an error; what asks for other credentials may be mended, and is tried again."""
    text = clean_line(f"The mail server answered {code}: {message}", _ERROR_LIMIT)
    return MailError(text, is_passing=code < _PERMANENT or code in {530, 534, 535, 538})
