"""Money per approved member, never paid twice. Amounts are integer fen."""
