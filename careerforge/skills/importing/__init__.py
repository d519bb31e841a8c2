"""Frameworks of others, read from their publishers' files: O*NET, ESCO and CASE."""
