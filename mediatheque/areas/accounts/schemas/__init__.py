"""Wire shapes of users, sessions and keys."""

from mediatheque.areas.accounts.schemas.keys import ApiKeyCreate, ApiKeyCreated, ApiKeyRead
from mediatheque.areas.accounts.schemas.people import (
    Email,
    Line,
    Password,
    PasswordChange,
    SecretInput,
    SetupRequest,
    SetupState,
    SignInRequest,
    TimeZone,
    Token,
    UserRead,
    UserUpdate,
)
from mediatheque.areas.accounts.schemas.sessions import SessionFilter, SessionInfo

__all__ = [
    "ApiKeyCreate",
    "ApiKeyCreated",
    "ApiKeyRead",
    "Email",
    "Line",
    "Password",
    "PasswordChange",
    "SecretInput",
    "SessionFilter",
    "SessionInfo",
    "SetupRequest",
    "SetupState",
    "SignInRequest",
    "TimeZone",
    "Token",
    "UserRead",
    "UserUpdate",
]
