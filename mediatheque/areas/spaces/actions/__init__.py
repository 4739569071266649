"""Writing spaces, members and invitations."""
