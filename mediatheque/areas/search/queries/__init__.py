"""Every select of the search."""
