"""Where a picture comes from."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mediatheque.kit.wire import Input


class PictureAddress(Input):
    """The address of a picture; it is fetched once, and a copy of our own is kept."""

    url: Annotated[
        str, Field(min_length=1, max_length=2000, examples=["https://example.org/a.jpg"])
    ]
