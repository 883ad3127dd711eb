"""The tree of unions, and the page of each."""
