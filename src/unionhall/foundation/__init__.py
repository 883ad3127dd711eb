"""Footing: the base record, the actor and the scope, sealed values, row-level policies. No union nouns."""
