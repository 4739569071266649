"""Wire shapes of features that can be switched."""

from __future__ import annotations

from pydantic import Field

from mediatheque.kit.wire import Input, Wire


class FlagRead(Wire):
    """A feature, who chose what about it, and what counts."""

    name: str
    description: str
    is_on: bool = Field(description="What counts: the space's choice, else the house's, else ours.")
    default: bool = Field(description="As the program comes.")
    house: bool | None = Field(description="What the house chose; null: nothing.")
    space: bool | None = Field(None, description="What the space chose; null: nothing.")


class FlagUpdate(Input):
    """A choice about a feature."""

    enabled: bool | None = Field(description="Null takes the choice back.")
