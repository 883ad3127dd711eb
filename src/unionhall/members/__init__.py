"""The roll: who belongs to which union, from when to when."""
