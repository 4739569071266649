"""One result of the doctor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is; only a failure makes the command fail."""

    FINE = "ok"
    WARNING = "warning"
    FAILURE = "FAILED"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and what to do about it."""

    name: str
    level: Level
    text: str
    advice: str = ""


def fine(name: str, text: str) -> Finding:
    """Report that a thing is as it should be."""
    return Finding(name, Level.FINE, text)


def warning(name: str, text: str, advice: str) -> Finding:
    """Report what works but should be looked at."""
    return Finding(name, Level.WARNING, text, advice)


def failure(name: str, text: str, advice: str) -> Finding:
    """Report what keeps the product from working."""
    return Finding(name, Level.FAILURE, text, advice)
