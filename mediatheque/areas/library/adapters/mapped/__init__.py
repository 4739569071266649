"""Tables that are nobody's: people say what each column means, and we make a suggestion."""

from mediatheque.areas.library.adapters.mapped.source import Mapped
from mediatheque.areas.library.adapters.mapped.suggest import suggest_mapping
from mediatheque.areas.library.adapters.mapped.targets import TARGETS

__all__ = ["TARGETS", "Mapped", "suggest_mapping"]
