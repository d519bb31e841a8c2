"""How connections are doing, and who is told."""
