"""Bulk arrival of works: set-based, one transaction per batch, all three import modes."""

from mediatheque.areas.catalog.actions.intake.drafts import (
    CreditDraft,
    EpisodeDraft,
    Intake,
    Mode,
    SeasonDraft,
    TitleDraft,
    stage,
)
from mediatheque.areas.catalog.actions.intake.load import take_in
from mediatheque.areas.catalog.actions.intake.undo import take_back

__all__ = [
    "CreditDraft",
    "EpisodeDraft",
    "Intake",
    "Mode",
    "SeasonDraft",
    "TitleDraft",
    "stage",
    "take_back",
    "take_in",
]
