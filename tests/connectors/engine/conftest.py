"""The engine's tests use the network's fakes of the guarded client, and the connections' own."""

from tests.connectors.connections.conftest import connect, folder, platform, site
from tests.http.conftest import net, reply

__all__ = ["connect", "folder", "net", "platform", "reply", "site"]
