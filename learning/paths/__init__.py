"""The path: what it is built from, how it is ordered, kept and done."""
