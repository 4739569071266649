"""What goes wrong when something is fetched from outside."""

from typing import Final

_PASSING: Final = frozenset({"dns_failed", "connect_failed", "timed_out", "broken_answer"})
_PASSING_STATUS: Final = frozenset({408, 425, 429, 500, 502, 503, 504})


class FetchError(Exception):
    """A fetch that gave nothing. `message` is a sentence for people and repeats no secret.

    Codes: `bad_url`, `forbidden_address`, `insecure_redirect`, `too_many_redirects`, `dns_failed`,
    `connect_failed`, `tls_failed`, `timed_out`, `broken_answer`, `bad_status` (with `status`),
    `bad_encoding`, `wrong_type`, `too_large`, `not_json`.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        host: str | None = None,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.host = host
        self.status = status
        self.retry_after = retry_after  # seconds the other side asked for

    @property
    def is_passing(self) -> bool:
        """Whether trying again later may help."""
        return self.code in _PASSING or self.status in _PASSING_STATUS
