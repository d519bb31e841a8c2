import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from careerforge.gateway.answer import Reading, Unreadable, read, unclosed
from tests.gateway.wire import GOOD, Reply


def kind_of(text: str, *, mend: bool = False) -> str:
    with pytest.raises(Unreadable) as caught:
        read(text, Reply, mend=mend)
    return caught.value.kind


def test_plain_json_is_read() -> None:
    assert read(GOOD, Reply) == Reading(Reply(title="Data engineer", score=0.5), repaired=False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("   ", "empty"),
        ("I’m sorry, but no.", "declined"),
        ("no idea", "not_json"),
        ('{"title": "x"', "cut"),
        ('{"title": "x", "score": 1e999}', "schema"),
        ('{"title": "x", "score": Infinity}', "schema"),
        ('{"title": "x", "score": 5, "is_admin": true}', "schema"),
        ('{"title": "x", "title": "x", "score": 0.5}', "schema"),
        ("[" * 50_000 + "]" * 50_000, "not_json"),
        ("9" * 6_000, "not_json"),
        ("x" * 300_000, "too_long"),
    ],
)
def test_what_is_wrong_is_called_by_its_name(text, kind) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize("text", ['Here: [1] and also [{"title": "A"}]', '[1] and also {"title": "A"}'])
def test_two_values_are_not_glued_into_one(text) -> None:
    kind_of(text, mend=True)


def test_keys_that_nobody_asked_for_are_left_out() -> None:
    text = '{"title": "x", "score": 0.5, "is_admin": true, "more": [1]}'
    assert read(text, Reply).parsed == Reply(title="x", score=0.5)


def test_mending_closes_nothing() -> None:
    assert kind_of("{'title': 'Data eng", mend=True) == "cut"


@given(st.text(max_size=200))
@example("[[[{}]]]")
@example('{"title": "\\ud800", "score": 0}')
def test_any_text_is_read_or_refused_and_nothing_else(text) -> None:
    for mend in (False, True):
        try:
            assert isinstance(read(text, Reply, mend=mend).parsed, Reply)
        except Unreadable:
            continue


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda some: st.lists(some)))
def test_whole_json_is_never_called_cut(value) -> None:
    assert not unclosed(json.dumps(value))
