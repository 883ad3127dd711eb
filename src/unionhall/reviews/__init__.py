"""The chain of review: a submitted thing climbs the tree. Kinds are only words here."""
