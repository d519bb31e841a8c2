"""Folders of files that the operator has opened."""

from connectors.kinds.folder.kind import KIND

__all__ = ["KIND"]
