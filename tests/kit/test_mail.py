"""Letters: their shapes, their languages, and a real server that takes or refuses them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mediatheque.kit.mail import (
    Address,
    Mailer,
    MailError,
    MailServer,
    Stationery,
    Translations,
    clean_line,
    compose,
)
from tests.postbox import open_postbox

if TYPE_CHECKING:
    from email.message import EmailMessage

AT = datetime(2026, 11, 21, 5, 30, tzinfo=UTC)
HOUSE = Address("house@test.example", "The House")


def message(
    receiver: Address | None = None, *, subject: str = "Grüße", text: str = "Hello\n"
) -> EmailMessage:
    return compose(
        sender=HOUSE,
        receiver=receiver or Address("ada@test.example", "Ada"),
        subject=subject,
        text=text,
        html="<p>Hello</p>",
        message_id="1@test.example",
        at=AT,
        locale="de",
    )


async def hand_in(url: str, receiver: Address | None = None) -> None:
    receiver = receiver or Address("ada@test.example")
    mailer = Mailer(MailServer.parse(url), seconds=5)
    await mailer.send(message(receiver), sender=HOUSE.wired(), receiver=receiver.wired())


async def test_letter_arrives_in_both_shapes() -> None:
    with open_postbox() as box:
        await hand_in(box.url)
    (found,) = box.letters
    assert (found.sender, found.receivers) == ("house@test.example", ["ada@test.example"])
    assert found.message["subject"] == "Grüße"
    assert found.message["from"] == "The House <house@test.example>"
    assert found.message["message-id"] == "<1@test.example>"
    assert found.message["auto-submitted"] == "auto-generated"
    assert found.message.get_content_type() == "multipart/alternative"
    assert found.text.strip() == "Hello"
    assert found.html.strip() == "<p>Hello</p>"


async def test_letter_is_handed_in_with_a_password() -> None:
    with open_postbox(with_password=True) as box:
        await hand_in(box.url)
        with pytest.raises(MailError) as refused:
            await hand_in(box.url.replace("p%40ss", "wrong"))
    assert len(box.letters) == 1
    assert refused.value.is_passing, "somebody will mend the password"
    assert "wrong" not in refused.value.message


async def test_password_is_not_sent_in_the_clear_unasked() -> None:
    with open_postbox(with_password=True) as box, pytest.raises(MailError):
        await hand_in(box.url.replace("?tls=never", ""))
    assert box.letters == []


@pytest.mark.parametrize(("reply", "is_passing"), [("450 later", True), ("550 no", False)])
async def test_refusal_says_whether_to_come_back(reply: str, *, is_passing: bool) -> None:
    with open_postbox() as box:
        box.reply = reply
        with pytest.raises(MailError, match=reply.split()[1]) as refused:
            await hand_in(box.url)
    assert refused.value.is_passing is is_passing


async def test_server_that_is_not_there_may_come_back() -> None:
    with open_postbox() as box:
        url = box.url
    with pytest.raises(MailError) as refused:
        await hand_in(url)
    assert refused.value.is_passing


async def test_domain_of_another_script_travels_in_ascii() -> None:
    with open_postbox() as box:
        await hand_in(box.url, Address("ada@bücher.example"))
    assert box.letters[0].receivers == ["ada@xn--bcher-kva.example"]


@pytest.mark.parametrize(
    "email",
    [
        "ada@test.example\r\nBcc: eve@test.example",
        "ada@test.example, eve@test.example",
        "ada@test.example;eve@test.example",
        "<eve@test.example>",
        '"ada eve"@test.example',
        "ada",
        "@test.example",
        "ada@",
        "a@b@c.example",
        "ada@test.example\u2028x",
    ],
)
def test_what_is_no_single_address_is_refused(email: str) -> None:
    with pytest.raises(ValueError, match="not an e-mail address"):
        Address(email)


@pytest.mark.parametrize(
    "evil", ["\r\nBcc: eve@test.example", "\nBcc: x", "\rX: y", "\x00", "\u2028"]
)
def test_nothing_adds_a_header(evil: str) -> None:
    made = message(Address("ada@test.example", f"Ada{evil}"), subject=f"Hello{evil}").as_bytes()
    head, _, _ = made.partition(b"\r\n\r\n")
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1].strip()]
    assert names == [
        *(b"From", b"To", b"Subject", b"Date", b"Message-ID", b"Auto-Submitted"),
        *(b"MIME-Version", b"Content-Type", b"Content-Language"),
    ]


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", MailServer("mail.example", 587)),
        ("smtp://mail.example:25?tls=never", MailServer("mail.example", 25, start_tls=False)),
        (
            "smtp://me%40here:p%3Aw@mail.example",
            MailServer("mail.example", 587, "me@here", "p:w", start_tls=True),
        ),
        ("smtps://me:pw@mail.example", MailServer("mail.example", 465, "me", "pw", is_tls=True)),
    ],
)
def test_address_of_a_server(url: str, server: MailServer) -> None:
    assert MailServer.parse(url) == server


@pytest.mark.parametrize(
    "url",
    ["http://me:secret@x", "smtp://", "mail", "smtp://x:99999", "smtp://x?tls=some", "smtp://x/y"],
)
def test_address_of_no_server_is_not_repeated(url: str) -> None:
    with pytest.raises(ValueError, match="server") as refused:
        MailServer.parse(url)
    assert "secret" not in str(refused.value)


def test_line_is_one_line() -> None:
    assert clean_line("a\r\nb\tc\u202ed") == "a b cd"
    assert clean_line("x" * 20, 5) == "xxxx…"


@pytest.fixture
def stationery(tmp_path: Path) -> Stationery:
    (tmp_path / "base.html").write_text(
        "{% macro letter(s) %}<title>{{ s }}</title>{{ caller() }}{% endmacro %}"
        "{% macro say(t) %}<p>{{ t }}</p>{% endmacro %}"
    )
    (tmp_path / "base.txt").write_text(
        "{% macro letter(s) %}{{ caller() }}{% endmacro %}{% macro say(t) %}{{ t }}{% endmacro %}"
    )
    (tmp_path / "hello.jinja").write_text(
        '{% set subject = _("Hello %(name)s", name=name) %}'
        '{% call letter(subject) %}{{ say(_("Until %(at)s", at=when(at, time_zone))) }}'
        "{{ say(name) }}{% endcall %}"
    )
    (tmp_path / "de.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Hello %(name)s"\nmsgstr "Hallo %(name)s"\n\n'
        'msgid "Until %(at)s"\nmsgstr "Bis %(at)s"\n'
    )
    return Stationery(tmp_path, Translations(tmp_path))


def test_one_template_makes_both_shapes(stationery: Stationery) -> None:
    letter = stationery.render("hello", {"name": "<A> & B", "at": AT.isoformat()})
    assert letter.subject == "Hello <A> & B"
    assert letter.text == "Until November 21, 2026, 5:30\u202fAM (UTC)<A> & B\n"
    assert "<p>&lt;A&gt; &amp; B</p>" in letter.html
    assert "<title>Hello &lt;A&gt; &amp; B</title>" in letter.html


@pytest.mark.parametrize(("locale", "language"), [("de-AT", "de"), ("de", "de"), ("pt-BR", "en")])
def test_readers_language_and_clock(stationery: Stationery, locale: str, language: str) -> None:
    data = {"name": "Ada", "at": AT}
    letter = stationery.render("hello", data, locale=locale, time_zone="Europe/Vienna")
    assert letter.language == language
    is_german = letter.subject == "Hallo Ada"
    assert is_german == (language == "de")
    if is_german:
        assert letter.text.startswith("Bis 21. November 2026, 06:30 (Europe/Vienna)")


def test_name_cannot_look_like_a_paragraph(stationery: Stationery) -> None:
    data = {"name": "Ada\n\nYour account is closed\x00", "at": AT}
    letter = stationery.render("hello", data, time_zone="Nowhere/At all")
    assert letter.subject == "Hello Ada Your account is closed"
    assert "\n\nYour" not in letter.text


def test_forgotten_value_is_an_error(stationery: Stationery) -> None:
    with pytest.raises(Exception, match="name"):
        stationery.render("hello", {"at": AT})
