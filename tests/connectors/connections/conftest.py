"""A source to connect to, which says what the test wants it to say, and a connection that is synchronised
for real.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from careerforge.people.models import User
from careerforge.tenancy.models import Organisation
from connectors import connecting, sources
from connectors.models import Connection
from connectors.wishes import Wish
from tests.cast import make_person
from tests.connectors.connections.site import Site
from tests.http.conftest import Net

ADDRESS = "http://news.example/feed"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A server that only our guarded client can reach, at ``news.example``; every other name is an internal
    one.
    """
    net = Net()
    made = Site(net)
    made.start()
    monkeypatch.setattr(sources, "client", lambda timeout_s=5.0: net.client(timeout_s=min(timeout_s, 5.0)))
    yield made
    for origin in net.origins:
        origin.close()


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    """An empty folder that the operator has opened."""
    root = tmp_path / "library"
    root.mkdir()
    settings.FOLDERS = [tmp_path]
    return root


@pytest.fixture
def platform(company: Organisation) -> User:
    """A platform administrator."""
    return make_person("second-platform", "Wilhelmine Attenborough", "admin-platform")


@pytest.fixture
def connect(platform: User) -> Callable[..., Connection]:
    """Adds a connection as a platform administrator does."""

    def add(location: str = ADDRESS, kind: str = "feed", **rest) -> Connection:
        wish = Wish(name=rest.pop("name", "News"), kind=kind, location=str(location), **rest)
        return connecting.save(platform, wish, None)

    return add
