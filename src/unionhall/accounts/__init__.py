"""Entrance: users, roles, dated grants over branches; makes the actor."""
