"""What the search decides without looking at a table."""
