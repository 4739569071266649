"""What may happen to an import in each state, and the refusals."""

from __future__ import annotations

from mediatheque.kit.errors import BadInputError, ConflictError, TooLargeError

RUNNABLE = frozenset({"queued", "running"})
OVER = frozenset({"failed", "succeeded", "cancelled", "undone"})
STEPS: dict[str, tuple[frozenset[str], str]] = {
    "pause": (RUNNABLE, "paused"),
    "resume": (frozenset({"paused"}), "queued"),
    "cancel": (frozenset({"queued", "running", "paused", "needs_mapping"}), "cancelled"),
}


def possible(status: str, *, failed: int, dry_run: bool, retryable: bool) -> dict[str, bool]:
    """Which steps an import in this state can take."""
    over = status in {"succeeded", "cancelled", "failed"}
    return {
        "pause": status in RUNNABLE,
        "resume": status == "paused",
        "cancel": status in STEPS["cancel"][0],
        "retry": status == "failed" or (over and failed > 0 and retryable),
        "undo": over and not dry_run,
    }


class StepImpossibleError(ConflictError):
    """The import is not in a state in which this can be done."""

    code = "import_step_impossible"


class UnknownSourceError(BadInputError):
    """A source that no area registered."""

    code = "unknown_source"


class EmptyUploadError(BadInputError):
    """Neither a file nor pasted text."""

    code = "empty_upload"
    message = "Choose a file or paste some lines."


class UploadTooLargeError(TooLargeError):
    """The file is over the limit of `MEDIATHEQUE_UPLOAD_LIMIT_MB`."""

    code = "upload_too_large"


class BadMappingError(BadInputError):
    """A mapping that names unknown columns or no title."""

    code = "bad_mapping"


class ReviewClosedError(ConflictError):
    """The row has been decided already."""

    code = "review_closed"
    message = "Somebody decided this row already."


class BadDecisionError(BadInputError):
    """A decision that lacks its work."""

    code = "bad_decision"
