"""The memory of the house, for auditors."""
