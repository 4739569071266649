"""Wire shapes of the activity, of live news and of the audit trail."""
