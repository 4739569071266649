"""Passkeys: what an authenticator is asked, and whether its answer fits (WebAuthn level 3)."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mediatheque.areas.accounts.rules.factors import (
    ISSUER,
    Assertion,
    PasskeyRefusedError,
    WrongPasskeyError,
)
from mediatheque.kit.later import Later

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    import webauthn
    from webauthn.helpers import exceptions, structs
else:
    webauthn = Later("webauthn")
    exceptions = Later("webauthn.helpers.exceptions")
    structs = Later("webauthn.helpers.structs")

_SHAPE = re.compile(r"[A-Za-z0-9_-]{1,1400}")


def _unreadable() -> tuple[type[Exception], ...]:
    """What the library raises for answers that don't fit, and for those that are none."""
    return (
        exceptions.WebAuthnException,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        EOFError,
        OverflowError,
    )


def _transports() -> set[str]:
    return {one.value for one in structs.AuthenticatorTransport}


@dataclass(frozen=True, slots=True)
class Site:
    """Who asks: the host's name and the origins that its pages have."""

    name: str
    origins: tuple[str, ...]


def site_of(base: str, public: str) -> Site:
    """The site as the request reaches it; where TLS ends before us, the public address helps."""
    here = urlsplit(base)
    known = urlsplit(public)
    origins = [f"{here.scheme}://{here.netloc}"]
    if known.hostname == here.hostname:
        origins.append(f"{known.scheme}://{known.netloc}")
    return Site(here.hostname or "", tuple(origins))


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """A passkey that has just been made; ids and keys in base64url."""

    credential: str
    public_key: str
    sign_count: int
    transports: list[str]
    is_backed_up: bool


@dataclass(frozen=True, slots=True)
class KnownPasskey:
    """A passkey as it is kept."""

    credential: str
    transports: Sequence[str]


def pack(data: bytes) -> str:
    """Bytes in base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unpack(text: str) -> bytes:
    """Bytes from base64url; ValueError for anything else."""
    return urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))


def nonce_of(credential: dict[str, Any]) -> str:
    """The challenge that an answer says it is for; empty if it says none."""
    try:
        told = json.loads(unpack(credential["response"]["clientDataJSON"]))
        return _plain(told["challenge"])
    except _unreadable():
        return ""


def id_of(credential: dict[str, Any]) -> str:
    """The passkey that an answer is from; empty if it says none."""
    return _plain(credential.get("id"))


def _plain(value: object) -> str:
    """What has the shape of base64url, as both sides write it; anything else is nothing."""
    return value if isinstance(value, str) and _SHAPE.fullmatch(value) else ""


def creation_options(  # noqa: PLR0913  (each is a part of the question)
    site: Site, nonce: str, *, user_id: UUID, email: str, name: str, known: Sequence[KnownPasskey]
) -> dict[str, Any]:
    """What a new passkey is made from, as JSON for ``parseCreationOptionsFromJSON``."""
    made = webauthn.generate_registration_options(
        rp_id=site.name,
        rp_name=ISSUER,
        user_id=user_id.bytes,
        user_name=email,
        user_display_name=name,
        challenge=unpack(nonce),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            require_resident_key=True,
            user_verification=structs.UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_descriptors(known),
    )
    return _json(webauthn.options_to_json(made))


def request_options(
    site: Site, nonce: str, *, known: Sequence[KnownPasskey] = (), is_first: bool
) -> dict[str, Any]:
    """What a passkey signs, as JSON for ``parseRequestOptionsFromJSON``.

    As the first and only factor it has to verify its user itself, by a finger or a PIN.
    """
    wanted = structs.UserVerificationRequirement.REQUIRED if is_first else None
    made = webauthn.generate_authentication_options(
        rp_id=site.name,
        challenge=unpack(nonce),
        allow_credentials=_descriptors(known),
        user_verification=wanted or structs.UserVerificationRequirement.PREFERRED,
    )
    return _json(webauthn.options_to_json(made))


def registered(site: Site, nonce: str, credential: dict[str, Any]) -> NewPasskey:
    """The passkey in an answer; PasskeyRefusedError when it does not fit."""
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=unpack(nonce),
            expected_rp_id=site.name,
            expected_origin=list(site.origins),
        )
        told = credential["response"].get("transports") or []
        transports = [one for one in told if one in _transports()]
    except _unreadable() as error:
        raise PasskeyRefusedError(field="credential") from error
    return NewPasskey(
        pack(made.credential_id),
        pack(made.credential_public_key),
        made.sign_count,
        transports,
        made.credential_backed_up,
    )


def asserted(  # noqa: PLR0913  (each is a part of the proof)
    site: Site,
    nonce: str,
    credential: dict[str, Any],
    *,
    public_key: str,
    sign_count: int,
    is_first: bool,
) -> Assertion:
    """The signature in an answer; WrongPasskeyError when it does not fit.

    A counter that went back is the sign of a copied authenticator, and refused too.
    """
    try:
        seen = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=unpack(nonce),
            expected_rp_id=site.name,
            expected_origin=list(site.origins),
            credential_public_key=unpack(public_key),
            credential_current_sign_count=sign_count,
            require_user_verification=is_first,
        )
    except _unreadable() as error:
        raise WrongPasskeyError from error
    return Assertion(pack(seen.credential_id), seen.new_sign_count)


def _descriptors(known: Sequence[KnownPasskey]) -> list[structs.PublicKeyCredentialDescriptor]:
    return [
        structs.PublicKeyCredentialDescriptor(
            id=unpack(one.credential),
            transports=[structs.AuthenticatorTransport(name) for name in one.transports] or None,
        )
        for one in known
    ]


def _json(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found
