"""Make a new cluster."""

from __future__ import annotations

import locale
import os
import shutil
import subprocess
from pathlib import Path

from mediatheque.kit.postgres.errors import PostgresError
from mediatheque.kit.postgres.place import Place
from mediatheque.kit.postgres.programs import Programs
from mediatheque.kit.processes import launch

MAJOR = "18"
SUPERUSER = "postgres"
CHARACTER_TYPES = ("C.UTF-8", "en_US.UTF-8")


def character_type() -> str:
    """Name the libc locale that classifies characters.

    Sorting and case come from PostgreSQL's own ``C.UTF-8``, but pg_trgm and the text search
    parser of PostgreSQL 18 still ask libc what a letter is; under ``C`` trigrams drop every
    letter beyond ASCII.
    """
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in CHARACTER_TYPES:
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def environment() -> dict[str, str]:
    """Return what server programs see: none of our PG… variables, messages in English."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def ensure_cluster(place: Place, programs: Programs, database: str) -> bool:
    """Make the cluster with one database if there is none; True if it was made now.

    It is built in a sibling and renamed, so a killed start leaves no half of one.
    """
    _remove_halves(place)
    version = place.data / "PG_VERSION"
    if version.exists():
        found = version.read_text().strip()
        if found != MAJOR:
            raise PostgresError(
                f"{place.data} was made by PostgreSQL {found}, this is PostgreSQL {MAJOR}. "
                "Export with the version that made it and import here."
            )
        return False
    if place.data.exists():
        raise PostgresError(f"{place.data} is there but holds no cluster; move it away.")
    building = place.home / f"data.new-{os.getpid()}"
    building.mkdir(mode=0o700)
    place.give(building)
    _initdb(building, place, programs)
    _create_database(building, place, programs, database)
    building.rename(place.data)
    _sync_folder(place.home)
    return True


def _remove_halves(place: Place) -> None:
    for half in place.home.glob("data.new-*"):
        shutil.rmtree(half, ignore_errors=True)


def _initdb(folder: Path, place: Place, programs: Programs) -> None:
    _run(
        [
            str(programs.initdb),
            f"--pgdata={folder}",
            f"--username={SUPERUSER}",
            "--encoding=UTF8",
            "--locale=C",
            f"--lc-ctype={character_type()}",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--auth-local=trust",
            "--auth-host=reject",
            "--no-instructions",
        ],
        place,
        "The database cluster could not be made",
    )


def _create_database(folder: Path, place: Place, programs: Programs, database: str) -> None:
    """Create it in single-user mode: it is part of the cluster from the first moment."""
    told = _run(
        [
            "/bin/sh",
            "-c",
            'printf "%s\\n" "$1" | "$2" --single -D "$3" -c log_checkpoints=off template1',
            "sh",
            f'CREATE DATABASE "{database}"',
            str(programs.postgres),
            str(folder),
        ],
        place,
        "The database could not be created",
    )
    if "ERROR:" in told:  # a failed statement does not fail this mode
        raise PostgresError(f"The database could not be created in {place.home}:\n{told}")


def _run(command: list[str], place: Place, failure: str) -> str:
    process = launch(
        command,
        account=place.account,
        only=environment(),
        output=subprocess.PIPE,
        folder=place.home,
        own_session=True,
    )
    output, _ = process.communicate()
    told = output.decode(errors="replace").strip()
    if process.returncode != 0:
        raise PostgresError(f"{failure} in {place.home}:\n{told}")
    return told


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
