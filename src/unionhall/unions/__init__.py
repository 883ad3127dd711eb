"""Pillars: the tree of unions, the employers they cover, and affiliation over time."""
