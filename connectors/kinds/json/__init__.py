"""Any JSON endpoint: where its entries are, what they say, and how it pages."""

from connectors.kinds.json.kind import KIND

__all__ = ["KIND"]
