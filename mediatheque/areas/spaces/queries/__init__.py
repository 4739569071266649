"""Selects about identities, spaces, members and invitations."""
