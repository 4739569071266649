"""Which features there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.core.flags import FLAGS
from mediatheque.kit.errors import NotFoundError

if TYPE_CHECKING:
    from mediatheque.core.flags import Flag


class NoSuchFlagError(NotFoundError):
    """No feature has this name."""

    code = "no_such_flag"
    message = "There is no feature of this name."


def flag_named(name: str) -> Flag:
    """A feature by its name; NoSuchFlagError."""
    if name not in FLAGS:
        raise NoSuchFlagError(details={"flags": sorted(FLAGS)})
    return FLAGS[name]
