"""What each reporting union is owed, down to the members counted."""
