"""The edge of spaces: who asks, spaces, members, invitations, first set-up."""
