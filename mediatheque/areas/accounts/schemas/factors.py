"""Wire shapes of second factors and of signing in with them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, SecretStr, StringConstraints

from mediatheque.areas.accounts.schemas.people import Line, Password, SecretInput, Token
from mediatheque.kit.wire import Input, Wire

Code = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[^\x00]*$")]


class Challenge(Wire):
    """The password was right; now a second factor has to be shown."""

    challenge: str = Field(description="Send it along with the second factor.")
    methods: list[Literal["totp", "backup_code", "email", "passkey"]]
    expires_at: datetime


class SecondFactorOffer(Wire):
    """No session yet: a second factor is needed."""

    second_factor: Challenge


class SecondFactorAnswer(SecretInput):
    """A code of an authenticator, of paper or of a letter."""

    challenge: Token
    method: Literal["totp", "backup_code", "email"]
    code: Code


class ProofAgain(SecretInput):
    """Who is signed in shows again that it is them, by one of these."""

    password: SecretStr | None = Field(None, min_length=1, max_length=256)
    code: SecretStr | None = Field(
        None, min_length=1, max_length=40, description="Of the authenticator."
    )
    credential: dict[str, Any] | None = Field(
        None, description="The answer of a passkey to `/auth/passkey/options`."
    )


class ChallengeInput(Input):
    """Which sign-in goes on."""

    challenge: Token


class PasskeyQuestion(Input):
    """Sign in with a passkey: alone, or as the second factor of a sign-in."""

    challenge: Token | None = None


class PasskeyOptions(Wire):
    """What the browser gives to the authenticator."""

    challenge: str = Field(description="Send it back with the answer.")
    options: dict[str, Any] = Field(
        description="For `PublicKeyCredential.parseRequestOptionsFromJSON` or "
        "`parseCreationOptionsFromJSON`."
    )


class PasskeyAnswer(Input):
    """What the authenticator answered (`PublicKeyCredential.toJSON()`)."""

    challenge: Token | None = Field(None, description="As the options came with it.")
    credential: dict[str, Any]


class PasskeyCreate(Input):
    """A new passkey, and what its owner calls it."""

    name: Line
    challenge: Token | None = Field(None, description="As the options came with it.")
    credential: dict[str, Any]


class PasskeyUpdate(Input):
    """Another name."""

    name: Line


class PasskeyRead(Wire):
    """A passkey of one's own."""

    id: UUID
    name: str
    is_backed_up: bool = Field(description="Whether its maker keeps it on several devices.")
    created_at: datetime
    last_used_at: datetime | None


class SecondFactorRead(Wire):
    """What protects the account besides its password."""

    totp: bool = Field(description="An authenticator is set up.")
    totp_since: datetime | None
    backup_codes_left: int
    passkeys: int
    is_enough: bool = Field(description="There is one that spaces and the house accept.")


class TotpSetup(Wire):
    """What an authenticator is set up with; shown this once."""

    secret: str
    uri: str
    qr_svg: str = Field(description="The same as a picture: an SVG document.")


class TotpCode(SecretInput):
    """A code of the authenticator."""

    code: Code


class BackupCodes(Wire):
    """Codes for paper, each good once; shown this once."""

    backup_codes: list[str]


class FactorProof(SecretInput):
    """Who takes protection away shows the password, or a code of the authenticator."""

    password: Password | None = None
    code: SecretStr | None = Field(None, min_length=1, max_length=40)
