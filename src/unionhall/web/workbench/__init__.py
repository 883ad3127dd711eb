"""The first page: what waits for me, and where we stand."""
