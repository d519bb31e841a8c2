"""Passages, words and vectors: what searches read, and how it is made."""
