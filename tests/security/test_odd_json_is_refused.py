"""JSON that no client sends by accident is refused in words and in no time."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from careerforge.people.models import User

DEEP = 20_000
BODIES = {
    "lists in lists": "[" * DEEP,
    "closed lists in lists": "[" * DEEP + "]" * DEEP,
    "objects in objects": '{"question":' * DEEP,
    "deep in a field": f'{{"question": "Why?", "more": {"[" * DEEP}{"]" * DEEP}}}',
    "an endless number": '{"question": 1e999}',
    "no number": '{"question": NaN}',
    "no number beside": '{"question": "Why?", "level": NaN}',
    "endless beside": '{"question": "Why?", "level": -Infinity}',
    "one key twice": '{"question": "Why?", "question": "How?"}',
    "half a character": '{"question": "\\ud800"}',
    "a NUL": '{"question": "a\\u0000b"}',
    "nothing": "",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_it_is_refused_in_words(
    body: str, coach: User, owner: User, profile_of: Any, signed_in: Callable[[User], Client]
) -> None:
    address = f"/api/v1/employees/{profile_of(owner).pseudo_id}/ai-advice"
    client = signed_in(coach)
    client.raise_request_exception = False
    began = time.process_time()
    response = client.post(address, body, "application/json")
    assert 400 <= response.status_code < 500, response.content[:300]
    assert json.loads(response.content)
    assert time.process_time() - began < 1
