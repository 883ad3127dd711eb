"""Pages of collection: hand sheets in, see every finding in its cell, mend it there, submit."""
