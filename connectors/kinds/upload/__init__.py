"""Documents that somebody hands in."""

from connectors.kinds.upload.kind import KIND

__all__ = ["KIND"]
