"""Stairs: flows that join rooms by one decision; they own no tables."""
