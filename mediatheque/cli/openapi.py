"""``mediatheque openapi``: the committed description of the API."""

from __future__ import annotations

import json
from pathlib import Path

import click

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def render() -> str:
    """Describe the API as the application does, with sorted keys, so that changes are small."""
    from mediatheque.core.settings import Settings  # noqa: PLC0415 - needs no environment
    from mediatheque.main import create_app  # noqa: PLC0415 - loads every area

    settings = Settings.model_validate({"DATABASE_URL": "postgresql://nobody@localhost/none"})
    found = create_app(settings).openapi()
    return json.dumps(found, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


@click.command()
@click.option(
    "--check", is_flag=True, help="Fail if the committed document is not the present one."
)
def openapi(*, check: bool) -> None:
    """Write docs/openapi.json from the application."""
    text = render()
    if not check:
        DOCUMENT.parent.mkdir(parents=True, exist_ok=True)
        DOCUMENT.write_text(text, encoding="utf-8")
        click.echo(f"Wrote {DOCUMENT}.")
    elif not DOCUMENT.exists() or DOCUMENT.read_text(encoding="utf-8") != text:
        raise click.ClickException("docs/openapi.json is out of date; run `make openapi`.")
