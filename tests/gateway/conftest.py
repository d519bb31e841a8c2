import pytest
from pytest_httpserver import HTTPServer

from tests.gateway.wire import Wire


@pytest.fixture
def wire(httpserver: HTTPServer) -> Wire:
    return Wire(httpserver)
