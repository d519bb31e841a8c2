"""Each operation of the API that reads a body refuses JSON that no client sends by accident (case 52)."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.security.policy import API
from tests.security.routes import operations
from tests.security.test_odd_json_is_refused import BODIES
from tests.security.test_who_gets_where import address_of
from tests.security.world import World

Browser = Callable[[str], Client]
LONG = json.dumps({"question": "Why? " * 20_000, "name": "a" * 100_000, "status": "x" * 100_000})

# Beside what is asked for, where no field's own type refuses it.
MORE = {"long": LONG, "endless digits beside": '{"question": "Why?", "level": 1e999}'}


def reads_a_body(operation: Any) -> bool:
    return any(model.__ninja_param_source__ == "body" for model in operation.ninja.models)


READING = [one for one in operations() if reads_a_body(one)]


def test_there_are_such_operations() -> None:
    written = {name for name, rule in API.items() if rule.body}
    assert len(READING) >= 5
    assert written <= {operation.name for operation in READING}


@pytest.mark.parametrize("operation", READING, ids=lambda operation: operation.name)
def test_in_words_and_in_no_time(world: World, browser_of: Browser, operation: Any) -> None:
    rule = API[operation.name]
    address, client = address_of(operation, rule.kwargs(world)), browser_of(min(rule.may))
    # Where a body may be left out, none at all is fine.
    bodies = {name: body for name, body in BODIES.items() if body} | MORE
    for name, body in bodies.items():
        began = time.process_time()
        response = client.generic(rule.method, address, body, content_type="application/json")
        # Fields that nobody asked for are passed over, however long they are.
        if name != "long" or response.status_code != 202:
            assert 400 <= response.status_code < 500, name
            assert response["Content-Type"] == "application/problem+json", name
        assert "a" * 200 not in response.content.decode(), name
        assert time.process_time() - began < 1, name
