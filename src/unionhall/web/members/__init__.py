"""The roll of members, and the page of each."""
