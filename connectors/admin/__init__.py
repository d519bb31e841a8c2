"""The admin's pages of connections."""

from connectors.admin.connections import ConnectionAdmin
from connectors.admin.runs import SyncProblemAdmin, SyncRunAdmin

__all__ = ["ConnectionAdmin", "SyncProblemAdmin", "SyncRunAdmin"]
