"""Two requests at once with one Idempotency-Key: one advice and one call to the provider."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connections

from careerforge.gateway.models import ModelCall
from coaching.models import Advice
from tests.coaching.test_nobody_waits_for_a_models_advice import (
    QUESTION,
    Slow,
    browser,
    committed,
    company,
    pseudo_id,
    slow,
)

__all__ = ["browser", "company", "pseudo_id", "slow"]


@pytest.fixture
def ask(company, browser, pseudo_id):
    """The coach asks by the API, in a browser of their own."""

    def put(key):
        client = browser(company.cast.coach)
        address = f"/api/v1/employees/{pseudo_id}/ai-advice"
        headers = {"Idempotency-Key": key}
        body = {"question": QUESTION}

        def post():
            try:
                return client.post(address, body, content_type="application/json", headers=headers)
            finally:
                connections.close_all()

        return post

    return put


@committed
def test_the_second_gets_the_first_ones_answer_or_is_told_that_it_is_at_work(company, slow: Slow, ask):
    first, second = ask("one key"), ask("one key")
    begun = Event()
    with ThreadPoolExecutor(1) as pool:
        other: list[Future[Any]] = []

        def at_work():
            begun.set()
            return second()

        def meanwhile():
            # It begins while the provider thinks, and may have to wait for what the first one gets.
            other.append(pool.submit(at_work))
            assert begun.wait(5)

        slow.meanwhile = meanwhile
        slow.thinks = 0.3
        one = first()
        two = other[0].result(timeout=20)
    assert one.status_code == 200
    assert two.status_code == 409 or two.json()["id"] == one.json()["id"]
    assert len(slow.requests) == 1
    assert company.inside(Advice.objects.count)() == 1
    assert company.inside(ModelCall.objects.filter(cached=False).count)() == 1
