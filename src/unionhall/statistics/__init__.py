"""Lookout: counts and series over all records."""
