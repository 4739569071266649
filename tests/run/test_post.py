"""What the doctor says about letters."""

from __future__ import annotations

import pytest

from mediatheque.cli.checks import Level, check_post
from mediatheque.core.settings import Settings


@pytest.mark.parametrize(
    ("chosen", "level", "word"),
    [
        ({}, Level.WARNING, "outbox"),
        ({"smtp_url": "smtp://mail.example"}, Level.WARNING, "links in letters"),
        ({"smtp_url": "mail:s3cret"}, Level.FAILURE, "MEDIATHEQUE_SMTP_URL"),
        ({"mail_from": "nobody"}, Level.FAILURE, "MEDIATHEQUE_MAIL_FROM"),
        (
            {"smtp_url": "smtp://mail.example", "public_url": "https://m.example"},
            Level.FINE,
            "mail.example",
        ),
    ],
)
def test_doctor_looks_at_the_post(chosen: dict[str, str], level: Level, word: str) -> None:
    settings = Settings(DATABASE_URL="postgresql://nobody@localhost/none")
    (finding,) = check_post(settings.model_copy(update=chosen))
    assert (finding.level, word in finding.text) == (level, True)
    assert "s3cret" not in finding.text
