"""The tables of people and their credentials. They belong to the house, not to a space."""

from mediatheque.areas.accounts.models.belongings import DataExport
from mediatheque.areas.accounts.models.credentials import Credential, DeviceCode
from mediatheque.areas.accounts.models.factors import BackupCode, Challenge, Passkey, Totp
from mediatheque.areas.accounts.models.letters import Letter
from mediatheque.areas.accounts.models.links import SignInLink
from mediatheque.areas.accounts.models.profiles import Profile
from mediatheque.areas.accounts.models.resets import Ticket
from mediatheque.areas.accounts.models.users import User

__all__ = [
    "BackupCode",
    "Challenge",
    "Credential",
    "DataExport",
    "DeviceCode",
    "Letter",
    "Passkey",
    "Profile",
    "SignInLink",
    "Ticket",
    "Totp",
    "User",
]
