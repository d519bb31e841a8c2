"""Greenhouse: public job boards."""

from connectors.kinds.greenhouse.kind import KIND

__all__ = ["KIND"]
