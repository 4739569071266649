"""Envelopes: what opens where, under which key, and what was tampered with."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediatheque.kit.envelope import (
    BadKeyError,
    DamagedError,
    Keyring,
    UnknownKeyError,
    key_id,
    new_key,
    parse_key,
    used_key,
)


@given(secret=st.text(), about=st.text())
def test_what_is_sealed_opens_at_its_place(secret: str, about: str) -> None:
    ring = Keyring([new_key()])
    sealed = ring.seal(secret, about)
    assert ring.open(sealed, about) == secret
    with pytest.raises(DamagedError):
        ring.open(sealed, f"{about} ")
    assert ring.seal(secret, about) != sealed


def test_keys_follow_each_other() -> None:
    old, new = new_key(), new_key()
    before, both, after = Keyring([old]), Keyring([new, old]), Keyring([new])
    sealed = before.seal("secret", "here")
    assert used_key(sealed) == key_id(old) == before.current
    assert both.open(sealed, "here") == "secret"
    with pytest.raises(UnknownKeyError) as missing:
        after.open(sealed, "here")
    assert missing.value.key_id == key_id(old)
    wrapped = both.rewrap(sealed, "here")
    assert after.open(wrapped, "here") == "secret"
    assert wrapped.split(".")[3] == sealed.split(".")[3], "the secret itself is not touched"
    assert both.rewrap(wrapped, "here") == wrapped
    with pytest.raises(UnknownKeyError):
        after.rewrap(sealed, "here")
    with pytest.raises(DamagedError):
        both.rewrap(sealed, "elsewhere")


@given(place=st.integers(min_value=0), sign=st.sampled_from("AZaz09-_."))
def test_no_change_goes_unseen(place: int, sign: str) -> None:
    ring = Keyring([bytes(32)])
    sealed = ring.seal("a secret", "here")
    at = place % len(sealed)
    changed = sealed[:at] + sign + sealed[at + 1 :]
    try:
        opened = ring.open(changed, "here")
    except (DamagedError, UnknownKeyError):
        return
    # Only spare bits of the last base64 digit may differ without changing a byte.
    assert opened == "a secret"
    assert [base64.urlsafe_b64decode(part) for part in changed.split(".")[2:]] == [
        base64.urlsafe_b64decode(part) for part in sealed.split(".")[2:]
    ]


@pytest.mark.parametrize("text", ["", "e1", "e1.a.b", "e1.a.b.c.d", "e2.a.b.c", "plain text"])
def test_nonsense_is_damaged(text: str) -> None:
    with pytest.raises((DamagedError, UnknownKeyError)):
        Keyring([bytes(32)]).open(text, "here")


def test_keys_as_people_write_them() -> None:
    key = new_key()
    for text in (
        key.hex(),
        f"  {key.hex().upper()}\n",
        base64.b64encode(key).decode(),
        base64.urlsafe_b64encode(key).decode().rstrip("="),
    ):
        assert parse_key(text) == key
    for wrong in ("", "secret", "00" * 31, key.hex() + "0", "ü" * 32):
        with pytest.raises(BadKeyError) as refused:
            parse_key(wrong)
        assert not wrong or wrong not in str(refused.value)
    with pytest.raises(BadKeyError):
        Keyring([])
