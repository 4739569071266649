"""The activity feed and live news."""
