"""What a connection signs in with."""
