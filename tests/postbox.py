"""A real mail server of the tests, which keeps what it gets."""

from __future__ import annotations

import re
import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Delivered:
    """A message as it came, with the envelope it came in."""

    sender: str
    receivers: list[str]
    message: EmailMessage

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    @property
    def link(self) -> str:
        """The first address in the text."""
        found = re.search(r"https?://\S+", self.text)
        assert found, self.text
        return found[0]

    @property
    def token(self) -> str:
        """The secret at the end of the link."""
        return self.link.partition("token=")[2]

    def _part(self, subtype: str) -> str:
        part = self.message.get_body((subtype,))
        assert part is not None
        return str(part.get_content())


@dataclass
class Postbox:
    """What came in, and what the server says next: a reply such as ``450 later`` refuses."""

    letters: list[Delivered] = field(default_factory=list)
    reply: str = ""
    url: str = ""
    wants_password: bool = False

    def to(self, address: str) -> list[Delivered]:
        return [one for one in self.letters if one.receivers == [address]]

    # The names are the library's.
    async def handle_RCPT(  # noqa: N802  (the library's name)
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        if self.reply:
            return self.reply
        if self.wants_password and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  (the library's name)
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        self.letters.append(Delivered(str(envelope.mail_from), envelope.rcpt_tos, message))
        return "250 OK"


USER, PASSWORD = "house", "p@ss/word"


def _is_known(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object
) -> AuthResult:
    known = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=data == known)


@contextmanager
def open_postbox(*, with_password: bool = False) -> Iterator[Postbox]:
    """Start a server on a free port; ``url`` is how it is reached."""
    box = Postbox(wants_password=with_password)
    options: dict[str, Any] = {}
    if with_password:
        options = {
            "authenticator": _is_known,
            "auth_require_tls": False,
        }
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port, enable_SMTPUTF8=True, **options)
    controller.start()
    try:
        box.url = f"smtp://127.0.0.1:{port}"
        if with_password:
            box.url = f"smtp://house:p%40ss%2Fword@127.0.0.1:{port}?tls=never"
        yield box
    finally:
        controller.stop()
