"""A source to connect to, which says what the test wants it to say, and a connection that is synchronised
for real.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from careerforge.people.models import User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from connectors import connecting
from connectors.kinds import fetching
from connectors.models import Connection
from connectors.secrecy.credentials import Auth
from connectors.syncing import sources
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
    monkeypatch.setattr(fetching, "rest", made.rests.append)
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
        settings = {name: rest.pop(name) for name in ("items", "fields") if name in rest}
        auth = Auth(header=rest.pop("header", ""))
        settings |= rest.pop("settings", {})
        auth = rest.pop("auth", auth)
        name = rest.pop("name", "News")
        wish = Wish(name=name, kind=kind, location=str(location), settings=settings, auth=auth, **rest)
        is_home = context.current_id() == platform.organisation_id
        who = platform if is_home else make_person("their-platform", "Jane Doe", "admin-platform")
        return connecting.save(who, wish, None)

    return add
