"""What goes wrong when a letter is sent."""

from __future__ import annotations


class MailError(Exception):
    """A letter that the mail server did not take. ``message`` is for people, without secrets.

    ``is_passing`` says whether trying again later may help (RFC 5321, section 4.2.1: 4yz replies
    are transient, 5yz are not).
    """

    def __init__(self, message: str, *, is_passing: bool) -> None:
        super().__init__(message)
        self.message = message
        self.is_passing = is_passing
