"""Decisions about second factors: codes of authenticators, of paper, of letters."""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import pyotp
import segno
import structlog

from mediatheque.areas.accounts.rules.passwords import is_password
from mediatheque.kit import crypto
from mediatheque.kit.envelope import EnvelopeError
from mediatheque.kit.errors import (
    BadInputError,
    ConflictError,
    NotAllowedError,
    NotFoundError,
    NotSignedInError,
)
from mediatheque.kit.ratelimit import Rule

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from mediatheque.kit.envelope import Keyring

log = structlog.get_logger()

Method: TypeAlias = Literal["totp", "backup_code", "email", "passkey"]

CHALLENGE_LASTS: Final = timedelta(minutes=10)
CODE_LASTS: Final = timedelta(minutes=10)
ATTEMPTS: Final = 10
"""So many wrong codes end a challenge: whoever it is shows the password again."""
LETTERS_PER_HOUR: Final = 3
GUESSES_A_DAY: Final = 20
"""So many times what a minute allows: a hundred, unless a setting says otherwise."""
BACKUP_CODES: Final = 10
PASSKEYS_PER_USER: Final = 20
STEP_SECONDS: Final = 30
ISSUER: Final = "Mediatheque"
_PAPER: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_PAPER_LENGTH: Final = 24
"""119 bits. From 112 on a fast hash keeps a code as well as a slow one (ASVS 5.0, 6.5.2)."""
_OLD_SELECTOR: Final = 4
_OLD_LENGTH: Final = 12


class WrongCodeError(NotSignedInError):
    """A wrong code, an old one, one used before: always the same answer."""

    code = "wrong_code"
    message = "This code is not right, or was used before. Take the next one."


class ChallengeClosedError(NotSignedInError):
    """The sign-in took too long, failed too often, or is done."""

    code = "challenge_closed"
    message = "This took too long or failed too often. Sign in again from the beginning."


class WrongPasskeyError(NotSignedInError):
    """A passkey that nobody here has, or whose signature does not fit."""

    code = "wrong_passkey"
    message = "This passkey does not work here. Use another way to sign in."


class PasskeyRefusedError(BadInputError):
    """A new passkey whose answer does not fit what was asked."""

    code = "passkey_refused"
    message = "This passkey could not be added. Try again."


class PasskeyKnownError(ConflictError):
    """The passkey is somebody's already."""

    code = "passkey_known"
    message = "This passkey has been added already."


class TooManyPasskeysError(ConflictError):
    """More passkeys than anybody has devices."""

    code = "too_many_passkeys"
    message = f"You have {PASSKEYS_PER_USER} passkeys. Remove one that you don't use any more."


class NoSuchPasskeyError(NotFoundError):
    """No passkey of one's own has this id."""

    message = "You have no such passkey."


class TotpKnownError(ConflictError):
    """An authenticator is set up already."""

    code = "totp_known"
    message = "You have an authenticator already. Remove it before you set up another one."


class NoTotpError(ConflictError):
    """There is no authenticator to confirm, or none that is confirmed."""

    code = "no_totp"
    message = "Set up an authenticator or a passkey first."


class BrokenTotpError(ConflictError):
    """The authenticator's secret was encrypted under a key that this server does not have."""

    code = "totp_broken"
    message = (
        "The server cannot read the secret of your authenticator. Use a backup code or a passkey, "
        "and tell those who run this house: its master key was changed."
    )


class WrongSetupCodeError(BadInputError):
    """The code of an authenticator that is being set up is wrong."""

    code = "wrong_code"
    message = "This code is not right. Look at the clock of the device, then take the next code."


class ProofNeededError(BadInputError):
    """Taking a factor away needs the password or a code of the authenticator."""

    code = "proof_needed"
    message = "Give your password, or a code of your authenticator."


class WrongProofError(BadInputError):
    """The password or the code is not right."""

    code = "wrong_proof"
    message = "This is not right. Give your password, or the next code of your authenticator."


class EnrolmentNeededError(NotAllowedError):
    """The house lets administrators in with a second factor only, and this one has none."""

    code = "second_factor_needed"
    message = "Administrators need a second factor here. Set one up in your account first."


class SignInFirstError(NotAllowedError):
    """What a password alone would open, for somebody who has a second factor."""

    code = "sign_in_first"
    message = "This account has a second factor. Sign in first, then open this link again."


class NoAdministratorError(NotAllowedError):
    """Somebody without a role in the house wants into its administration."""

    code = "no_administrator"
    message = "This is for those who run this house."


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody showed: how, and what is used up by it."""

    method: Method
    step: int | None = None
    selector: str | None = None
    passkey: Assertion | None = None


@dataclass(frozen=True, slots=True)
class Assertion:
    """A good signature of a passkey, and its counter after it."""

    credential: str
    sign_count: int


def about(user_id: UUID) -> str:
    """What the sealed secret of an authenticator is about: copied to another user it won't open."""
    return f"accounts totp {user_id}"


def opened(keys: Keyring, sealed: str, user_id: UUID) -> str:
    """The secret of an authenticator; BrokenTotpError, and a line in the log, if it won't open."""
    try:
        return keys.open(sealed, about(user_id))
    except EnvelopeError as error:
        log.error("an authenticator's secret does not open", user=str(user_id), why=str(error))  # noqa: TRY400  (where it was raised tells nothing)
        raise BrokenTotpError from error


def new_secret() -> str:
    """160 random bits in base32, as RFC 4226 recommends."""
    return pyotp.random_base32(32)


def uri_of(secret: str, email: str) -> str:
    """What an authenticator reads from the picture (``otpauth://``)."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def picture_of(uri: str) -> str:
    """A QR code as an SVG document, without styles or scripts."""
    out = io.BytesIO()
    segno.make(uri, error="m").save(out, kind="svg", scale=5, border=3, xmldecl=False, nl=False)
    return out.getvalue().decode()


def matching_step(secret: str, code: str, now: datetime, *, after: int) -> int | None:
    """The time step that a code belongs to: now or a neighbour, and later than ``after``.

    RFC 6238, section 5.2: a step is taken at most once. Every step is looked at, so that the
    time does not tell which was near.
    """
    totp, here = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    typed = code.replace(" ", "")
    found = [
        step
        for step in (here - 1, here, here + 1)
        if crypto.same(totp.generate_otp(step), typed) and step > after
    ]
    return found[0] if found else None


def new_backup_code() -> str:
    """A code for paper: six groups of four characters that nobody takes for one another."""
    text = "".join(secrets.choice(_PAPER) for _ in range(_PAPER_LENGTH))
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


@dataclass(frozen=True, slots=True)
class PaperCode:
    """A backup code as it is kept: ``selector`` finds it, ``code_hash`` is what it must fit.

    Codes of today are random enough for SHA-256, whose beginning finds them. Those of earlier
    versions have twelve characters: four that find them, and eight under Argon2id.
    """

    selector: str
    code_hash: str

    @classmethod
    def of(cls, code: str) -> PaperCode:
        """A code as it was typed; an empty one for what can be none."""
        plain = "".join(one for one in code.lower() if one in _PAPER)
        if len(plain) == _PAPER_LENGTH:
            hashed = crypto.hash_token(plain)
            return cls(hashed[:16], hashed)
        if len(plain) == _OLD_LENGTH:
            return cls(plain[:_OLD_SELECTOR], "")
        return cls("", "")


async def is_paper_code(code: str, kept: str | None) -> bool:
    """Whether a typed backup code is the one that is kept as ``kept``; never in a transaction."""
    plain = "".join(one for one in code.lower() if one in _PAPER)
    if len(plain) == _OLD_LENGTH:
        return await is_password(plain[_OLD_SELECTOR:], kept)
    return crypto.same(PaperCode.of(code).code_hash, kept or "-")


def new_letter_code() -> str:
    """Eight digits for a letter; they live some minutes (NIST SP 800-63B, 3.1.3)."""
    return f"{secrets.randbelow(10**8):08d}"


def code_rule(per_minute: int) -> Rule:
    """For one account, whose second factor somebody tries."""
    return Rule("second_factor", per_minute, 60)


def guess_rule(per_minute: int) -> Rule:
    """For the codes of one account that are short enough to be guessed, over a day.

    Of a million codes three are good at any time: five guesses a minute would find one within
    weeks, a hundred a day not within a lifetime (NIST SP 800-63B, 3.2.2).
    """
    return Rule("second_factor_day", per_minute * GUESSES_A_DAY, 86_400)


def letter_rule() -> Rule:
    """For one account that wants letters with codes."""
    return Rule("recovery_code", LETTERS_PER_HOUR, 3600)
