"""One sync: what was seen, what is new, what is gone, what failed."""
