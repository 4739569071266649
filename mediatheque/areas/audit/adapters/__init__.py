"""The audit trail in foreign formats."""
