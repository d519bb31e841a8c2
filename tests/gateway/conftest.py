from datetime import UTC, datetime
from uuid import uuid4

import pytest
from pytest_httpserver import HTTPServer

from careerforge.gateway import offers
from careerforge.gateway.budget import Asker
from careerforge.gateway.clock import Clock
from careerforge.gateway.road import Road
from tests.gateway.wire import Wire

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)


@pytest.fixture
def wire(httpserver: HTTPServer) -> Wire:
    return Wire(httpserver)


@pytest.fixture
def environ(wire: Wire) -> dict[str, str]:
    """Keys of two providers that are both the scripted server."""
    address = wire.server.url_for("").rstrip("/")
    return {
        "ANTHROPIC_API_KEY": "key",
        "ANTHROPIC_BASE_URL": address,
        "OPENAI_BASE_URL": f"{address}/v1",
        "OPENAI_MODEL": "local-model",
    }


@pytest.fixture
def road(company, environ):
    """The road of one person in one team, at a minute of their choice."""
    offers.fill()
    asker = Asker(uuid4(), (uuid4(),))

    def at(now: datetime = NOW, **changes) -> Road:
        values = {"allowed": True, "environ": environ, "clock": Clock(now=lambda: now)}
        return Road(asker, **(values | changes))

    return at
