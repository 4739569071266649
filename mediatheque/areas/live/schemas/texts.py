"""Texts of channels, sources and programmes as they come in, by their lengths."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mediatheque.kit.wire import OneLine, Prose

ChannelName = Annotated[OneLine, Field(min_length=1, max_length=120)]
SourceName = Annotated[OneLine, Field(min_length=1, max_length=200)]
Genre = Annotated[OneLine, Field(min_length=1, max_length=60)]
Title = Annotated[OneLine, Field(min_length=1, max_length=500)]
SubTitle = Annotated[OneLine, Field(max_length=500)]
Description = Annotated[Prose, Field(max_length=20_000)]
