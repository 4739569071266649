"""What the library refuses, each condition by its name."""

from __future__ import annotations

from mediatheque.kit.errors import NotFoundError


class NoSuchTitleError(NotFoundError):
    """No work has this id or address here."""

    code = "no_such_title"
    message = "There is no such work here."
