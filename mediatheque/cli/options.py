"""The few settings that starting needs, read without the weight of the settings model.

Names and defaults are those of ``mediatheque.core.settings``; a test holds the two together.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NO = frozenset({"0", "false", "no", "off", "n", "f"})
PACKAGE_HOME = Path(__file__).resolve().parents[2]


class BadSettingError(ValueError):
    """A setting that cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Options:
    """Where data, database, web address and port are; ``database_url`` is empty if embedded."""

    data: Path
    host: str
    port: int
    demo: bool
    database_url: str
    public_url: str
    postgres: Mapping[str, str]

    @property
    def address(self) -> str:
        """What a person types into a browser."""
        if self.public_url:
            return self.public_url.rstrip("/")
        everywhere = self.host in {"", "0.0.0.0", "::", "127.0.0.1", "::1"}  # noqa: S104 - no bind
        name = "localhost" if everywhere else self.host
        return f"http://{f'[{name}]' if ':' in name else name}:{self.port}"

    @property
    def cluster(self) -> Path:
        """The folder of the embedded PostgreSQL."""
        return self.data / "postgres"


def read_options(environment: Mapping[str, str] | None = None) -> Options:
    """Read ``DATABASE_URL`` and ``MEDIATHEQUE_…``. Raises ``BadSettingError``."""
    found = _Told(os.environ if environment is None else environment)
    return Options(
        data=Path(found.get("MEDIATHEQUE_DATA") or "var").expanduser().resolve(),
        host=found.get("MEDIATHEQUE_HOST") or "127.0.0.1",
        port=_port(found.get("MEDIATHEQUE_PORT") or "8000"),
        demo=(found.get("MEDIATHEQUE_DEMO") or "1").lower() not in NO,
        database_url=found.get("DATABASE_URL") or found.get("MEDIATHEQUE_DATABASE_URL") or "",
        public_url=found.get("MEDIATHEQUE_PUBLIC_URL") or "",
        postgres=_pairs(found.get("MEDIATHEQUE_POSTGRES") or ""),
    )


class _Told:
    """The environment, and the files that ``…_FILE`` names in it; the variable goes first."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def get(self, name: str) -> str | None:
        """What is said, None if nothing. BadSettingError if its file cannot be read."""
        said = self._environment.get(name)
        path = self._environment.get(f"{name}_FILE")
        if said or not path:
            return said
        try:
            return Path(path).read_text().rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise BadSettingError(f"{name}_FILE names {path}: {error}") from error


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) <= 65535:  # noqa: PLR2004 - the range of ports
        return int(text)
    raise BadSettingError(f"MEDIATHEQUE_PORT is {text!r}; it must be a number from 1 to 65535.")


def _pairs(text: str) -> dict[str, str]:
    """Split ``shared_buffers=1GB work_mem=32MB``."""
    words = [word.partition("=") for word in text.split()]
    for name, sign, value in words:
        if not (name and sign and value):
            raise BadSettingError(
                "MEDIATHEQUE_POSTGRES holds settings of PostgreSQL like "
                f"'shared_buffers=1GB work_mem=32MB'; {name!r} is none."
            )
    return {name: value for name, _, value in words}
