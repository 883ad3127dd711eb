"""Porch: what doors share."""
