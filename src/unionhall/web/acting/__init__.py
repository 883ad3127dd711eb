"""Pages about whom one acts for."""
