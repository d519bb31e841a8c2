"""An answer while it is written, from the road to the ledger."""

import pytest

from careerforge.gateway import sent
from careerforge.gateway.budget import Exceeded
from careerforge.gateway.cache import Keeping, Patience
from careerforge.gateway.errors import Cut
from careerforge.gateway.flow import Flow
from careerforge.gateway.models import CachedAnswer, FunctionSwitch, Limit, ModelCall, SentText, Spend
from careerforge.gateway.models.limits import Scope
from careerforge.gateway.prompt import Completion
from tests.gateway import streams
from tests.gateway.streams import CUT, END, ERROR, NOTHING, pieces
from tests.gateway.wire import GOOD, Wire, prompt


def keeping(**changes) -> Keeping:
    seal, unseal = (lambda _key, text: text.encode()), (lambda _key, sealed: sealed.decode())
    return Keeping(("about", "somebody"), 3600, seal, unseal, **changes)


@pytest.fixture
def stream(road):
    """Ask for the title of a reply, from one provider and then another one."""
    patience = Patience(seconds=0.3, sleep=lambda _: None)

    def flow(kept: Keeping | None = None, **changes) -> Flow:
        found: Flow = road(patience=patience).stream(prompt(**changes), kept, field="title")
        return found

    return flow


def says(wire: Wire, texts: list[str] | None = None, then: str = END) -> Wire:
    events = streams.message_events(pieces() if texts is None else texts, then)
    return wire.answers_with(streams.response(events, then))


def test_the_text_of_one_field_grows_and_ends_in_the_checked_answer(stream, wire):
    says(wire)
    with stream() as flow:
        got = list(flow)
    assert len(got) > 1
    assert "".join(got) == "Data engineer"
    assert isinstance(flow.ended, Completion)
    assert flow.ended.text == GOOD
    assert flow.ended.call_id == ModelCall.objects.get().pk
    assert Spend.objects.get(scope=Scope.PERSON).calls == 1


def test_the_next_time_it_comes_in_one_piece_and_names_the_call_that_made_it(stream, wire):
    says(wire)
    first, second = stream(keeping()), stream(keeping())
    list(first)
    assert list(second) == ["Data engineer"]
    assert isinstance(second.ended, Completion)
    assert second.ended.call_id == first.ended.call_id
    assert len(wire.requests) == 1


@pytest.mark.parametrize("then", [CUT, ERROR, NOTHING])
def test_after_the_first_piece_a_break_ends_it_and_nobody_else_goes_on(stream, wire, then):
    says(wire, pieces()[:3], then)
    wire.chat()
    flow = stream(keeping())
    assert "".join(flow) == "Data engin"
    assert isinstance(flow.ended, Cut)
    assert len(wire.requests) == 1
    assert not CachedAnswer.objects.exists()
    assert ModelCall.objects.get().outcome == "cut"
    assert sent.open_text(SentText.objects.get()).answer == "".join(pieces()[:3])


def test_before_the_first_piece_the_next_provider_is_asked(stream, wire):
    wire.fails(402)
    wire.answers_with(streams.response(streams.chat_events(pieces())))
    flow = stream()
    assert "".join(flow) == "Data engineer"
    assert isinstance(flow.ended, Completion)
    assert flow.ended.provider == "openai"
    assert [one.outcome for one in ModelCall.objects.order_by("started_at", "latency_ms")] != ["ok"]


def test_what_is_wrong_before_the_first_piece_is_mended_by_the_same_model(stream, wire):
    says(says(wire, ['{"score": 0.5}']))
    flow = stream()
    assert "".join(flow) == "Data engineer"
    assert isinstance(flow.ended, Completion)
    assert flow.ended.repaired
    assert ModelCall.objects.filter(provider="anthropic").count() == 2
    assert "title: Field required" in wire.sent["messages"][0]["content"][-1]["text"]


def test_what_is_wrong_after_the_first_piece_is_a_cut(stream, wire):
    says(wire, pieces('{"title": "Data engineer", "score": 7}'))
    flow = stream(keeping())
    assert "".join(flow) == "Data engineer"
    assert isinstance(flow.ended, Cut)
    assert len(wire.requests) == 1
    assert not CachedAnswer.objects.exists()


def test_who_leaves_early_has_it_cancelled_and_pays_for_what_came(stream, wire):
    says(wire, pieces(size=1))
    with stream(keeping()) as flow:
        next(flow)
    assert flow.ended is None
    assert list(flow) == []
    call = ModelCall.objects.get()
    assert (call.outcome, call.error_kind) == ("cut", "left")
    assert call.output_tokens > 0
    assert Spend.objects.get(scope=Scope.PERSON).micros == call.micros > 0
    assert not CachedAnswer.objects.exists()


def test_a_flow_that_nobody_reads_asks_nobody(stream, wire):
    stream().close()
    assert not wire.requests
    assert not ModelCall.objects.exists()


def test_a_limit_and_a_switch_end_it_before_it_begins(stream, wire):
    FunctionSwitch.objects.create(function="off", is_on=False)
    off = stream(function="off")
    Limit.objects.create(scope=Scope.PERSON, calls=0)
    limited = stream(keeping())
    assert list(off) == list(limited) == []
    assert off.ended is None
    assert isinstance(limited.ended, Exceeded)
    assert not wire.requests
    assert not CachedAnswer.objects.exists()


def test_what_is_not_good_is_given_out_and_not_kept(stream, wire):
    says(wire)
    flow = stream(keeping(good=lambda answer: answer.text != GOOD))
    assert "".join(flow) == "Data engineer"
    assert isinstance(flow.ended, Completion)
    assert not CachedAnswer.objects.exists()
