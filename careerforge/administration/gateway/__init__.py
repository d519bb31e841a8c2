"""Language models: who is asked in which turn, for what, up to what; what that has cost, and how they are."""
