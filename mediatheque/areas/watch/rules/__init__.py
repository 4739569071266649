"""What playing is bound to."""
