"""Feeds: RSS, Atom, RDF and JSON Feed."""

from connectors.kinds.feed.kind import KIND

__all__ = ["KIND"]
