"""Pages of review: what waits for me, the record beside it, the decision always at the same place."""
