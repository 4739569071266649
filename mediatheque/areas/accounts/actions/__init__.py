"""Writing users and their credentials."""
