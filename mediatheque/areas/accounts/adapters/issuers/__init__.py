"""Issuers of identities: OpenID Connect of anybody, and GitHub's own way."""

from mediatheque.areas.accounts.adapters.issuers.declared import Declared, read_issuers
from mediatheque.areas.accounts.adapters.issuers.flow import Flow, Issuer
from mediatheque.areas.accounts.adapters.issuers.known import issuer_of, issuers

__all__ = ["Declared", "Flow", "Issuer", "issuer_of", "issuers", "read_issuers"]
