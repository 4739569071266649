"""Foreign formats of live television."""
