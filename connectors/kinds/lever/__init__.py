"""Lever: public postings."""

from connectors.kinds.lever.kind import KIND

__all__ = ["KIND"]
