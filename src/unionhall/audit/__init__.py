"""Cellar: who did what, when, and why. Append-only, hash-chained, in the deed's own transaction."""
