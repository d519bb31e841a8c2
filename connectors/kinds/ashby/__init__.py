"""Ashby: public job boards."""

from connectors.kinds.ashby.kind import KIND

__all__ = ["KIND"]
