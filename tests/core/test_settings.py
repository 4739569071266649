"""Every setting can stand in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest

from mediatheque.cli.options import BadSettingError, read_options
from mediatheque.core.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES: dict[type[Any], str] = {int: "77", bool: "1"}


def variable(name: str) -> str:
    return "DATABASE_URL" if name == "database_url" else f"MEDIATHEQUE_{name.upper()}"


@pytest.mark.parametrize("name", [one for one in Settings.model_fields if "_file" not in one])
def test_every_setting_is_read_from_a_file(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "master_key":
        pytest.skip("the file of keys is a setting of its own: tests/core/test_keys.py")
    usual = getattr(Settings(), name)
    others = [one for one in get_args(Settings.model_fields[name].annotation) if one != usual]
    wanted = others[0] if others else EXAMPLES.get(type(usual), "/some/where")
    if isinstance(usual, bool):
        wanted = str(int(not usual))
    (tmp_path / "secret").write_text(f"{wanted}\n")
    monkeypatch.setenv(f"{variable(name)}_FILE", str(tmp_path / "secret"))
    found = getattr(Settings(), name)
    assert found != usual
    assert str(int(found) if isinstance(found, bool) else found) == wanted


def test_the_variable_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("of the file\n\n")
    monkeypatch.setenv("MEDIATHEQUE_TMDB_TOKEN_FILE", str(tmp_path / "secret"))
    assert Settings().tmdb_token == "of the file"
    monkeypatch.setenv("MEDIATHEQUE_TMDB_TOKEN", "of the environment")
    assert Settings().tmdb_token == "of the environment"
    assert Settings(tmdb_token="said").tmdb_token == "said"


def test_a_file_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIATHEQUE_SMTP_URL_FILE", str(tmp_path / "nothing"))
    with pytest.raises(ValueError, match=r"MEDIATHEQUE_SMTP_URL_FILE names .*nothing"):
        Settings()


def test_what_starting_needs_is_read_from_files_too(tmp_path: Path) -> None:
    path = tmp_path / "url"
    path.write_text("postgresql://me:secret@db/mediatheque\n")
    found = read_options({"DATABASE_URL_FILE": str(path)})
    assert found.database_url == "postgresql://me:secret@db/mediatheque"
    both = read_options({"DATABASE_URL_FILE": str(path), "DATABASE_URL": "postgresql://other"})
    assert both.database_url == "postgresql://other"
    with pytest.raises(BadSettingError, match="MEDIATHEQUE_PORT_FILE"):
        read_options({"MEDIATHEQUE_PORT_FILE": str(tmp_path / "nothing")})
