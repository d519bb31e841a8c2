"""Five failures in a row, counted here and not read from the product: then nobody waits for it (case 76)."""

import pytest

from careerforge.gateway.prompt import Completion
from tests.gateway.test_an_outage import asked, play
from tests.gateway.wire import Wire, prompt


@pytest.mark.parametrize(("failures", "then"), [(4, ["anthropic", "openai"]), (5, ["openai"])])
def test_after_four_it_is_asked_once_more_and_after_five_it_is_not(road, wire: Wire, failures, then):
    for _ in range(failures):
        play(wire)
        assert isinstance(road().ask(prompt()), Completion)
    wire.requests.clear()
    wire.answers.clear()
    if len(then) > 1:
        wire.fails(418)
    wire.chat()
    assert isinstance(road().ask(prompt()), Completion)
    assert asked(wire) == then
