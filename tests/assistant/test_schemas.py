import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from careerforge.assistant import schemas
from careerforge.assistant.receipt import Factor, Receipt
from careerforge.gateway.answer import Unreadable, read

BARE = (schemas.LearningPath, schemas.RoleSuggestions, schemas.SkillGap, schemas.Advice)


def node(name: str, *before: str, **changes):
    return {
        "id": name,
        "title": "Kafka",
        "type": "skill",
        "description": "Reads and writes streams.",
        "estimated_hours": 40,
        "prerequisites": list(before),
        "resources": [],
    } | changes


def path(*nodes, **changes):
    return {"target_role": "Data engineer", "summary": "Streams first.", "nodes": list(nodes)} | changes


def fits(schema: type[BaseModel], value) -> bool:
    try:
        read(json.dumps(value), schema)
    except Unreadable:
        return False
    return True


def test_a_path_is_accepted_and_can_be_put_in_order() -> None:
    found = read(json.dumps(path(node("b", "a"), node("a"))), schemas.LearningPath).parsed
    assert [step.id for step in schemas.in_order(found.nodes) or []] == ["a", "b"]


@pytest.mark.parametrize(
    "wrong",
    [
        path(),
        path(node("a", "a")),
        path(node("a", "b"), node("b", "a")),
        path(node("a", "b"), node("b", "c"), node("c", "a"), node("d")),
        path(node("a", "z")),
        path(node("a"), node("a")),
        path(node("a", estimated_hours=-1)),
        path(node("a", estimated_hours=401)),
        path(node("a", estimated_hours="40")),
        path(node("a", estimated_hours=True)),
        path(node("a", type="magic")),
        path(node("a", title=" ")),
        path(node("a", title="x\u0000y")),
        path(node("../a")),
        path(node("a"), is_admin=True),
        path(node("a", resources=[{"type": "course", "title": "x", "url": "javascript:alert(1)"}])),
        path(*(node(f"n{number}") for number in range(41))),
    ],
)
def test_a_path_that_cannot_be_walked_is_refused(wrong) -> None:
    assert fits(schemas.LearningPath, path(node("a")))
    assert not fits(schemas.LearningPath, wrong)


def suggestion(score=0.5, **changes):
    return {"role_title": "A", "match_score": score, "description": "d", "required_skills": []} | changes


@pytest.mark.parametrize("score", [0, 1, 0.333])
def test_a_score_is_a_share(score) -> None:
    assert fits(schemas.RoleSuggestions, [suggestion(score)])


@pytest.mark.parametrize("score", [1.7, -0.1, "0.9", None, True, float("nan"), float("inf")])
def test_what_is_no_share_is_refused(score) -> None:
    assert not fits(schemas.RoleSuggestions, [suggestion(score)])


def test_five_suggestions_are_enough() -> None:
    assert fits(schemas.RoleSuggestions, [suggestion()] * 5)
    assert not fits(schemas.RoleSuggestions, [suggestion()] * 6)


def test_unknown_is_not_zero() -> None:
    gap = {"skill": "SQL", "skill_ids": ["1"], "required_level": 4, "current_level": None, "market_demand": None}
    assert fits(schemas.SkillGap, [gap])
    assert not fits(schemas.SkillGap, [gap | {"required_level": None}])
    assert not fits(schemas.SkillGap, [gap] * 9)


def test_invented_links_do_not_stay_in_a_path() -> None:
    links = [{"type": "course", "title": "x", "url": f"https://example.org/{name}"} for name in ("known", "invented")]
    found = read(json.dumps(path(node("a", resources=links))), schemas.LearningPath).parsed
    [step] = schemas.only_known(found, {"https://example.org/known"}).nodes
    assert [resource.url for resource in step.resources] == ["https://example.org/known"]


ENVELOPE = {
    "id": UUID(int=1),
    "sources": [],
    "model_used": "rules",
    "prompt_version": None,
    "generated_at": datetime(2026, 11, 21, tzinfo=UTC),
    "confidence": "high",
}


def test_a_result_carries_its_envelope_and_survives_storage() -> None:
    receipt = Receipt("advice-1", (Factor("SQL", 0.25, "level 4, certificate of 3 May"),), ("age",), "one level of SQL")
    result = schemas.AdviceResult(answer="Learn SQL.", receipt=receipt.as_json(), **ENVELOPE)
    assert schemas.AdviceResult.model_validate_json(result.model_dump_json()) == result


def test_a_time_without_a_zone_is_no_time() -> None:
    with pytest.raises(ValidationError):
        schemas.AdviceResult(answer="x", receipt=Receipt("r").as_json(), **ENVELOPE | {"generated_at": datetime(2026, 1, 1)})


def test_a_quote_has_a_length() -> None:
    source = {"document": UUID(int=1), "title": "t", "url": None, "date": None, "quote": "q", "start": 5, "end": 5}
    with pytest.raises(ValidationError):
        schemas.Source(**source)


def test_a_receipt_adds_up_and_comes_back_from_json() -> None:
    receipt = Receipt("readiness-1", (Factor("SQL", 0.5, ""), Factor("Kafka", 0.25, "")), ("salary goal",), "Kafka +1")
    assert receipt.points == 0.75
    assert Receipt.from_json(json.loads(json.dumps(receipt.as_json()))) == receipt


WORDS = st.sampled_from(["a", "b", "skill", "high", "https://x.example", "", "\u0000", "\ud800", "x" * 300]) | st.text(max_size=8)
NUMBERS = st.integers(-1, 500) | st.floats() | st.integers() | st.booleans() | st.none()
KEYS = st.sampled_from(
    sorted({name for schema in (*BARE, schemas.Node, schemas.RoleSuggestion, schemas.Gap, schemas.Resource) for name in schema.model_fields})
)  # fmt: skip
VALUES = st.recursive(
    WORDS | NUMBERS,
    lambda some: st.lists(some, max_size=4) | st.dictionaries(KEYS | WORDS, some, max_size=7),
    max_leaves=12,
)
NODES = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["a", "b", "c", "", "a b"]),
        "title": WORDS,
        "type": st.sampled_from(["skill", "project", "magic"]),
        "description": WORDS,
        "estimated_hours": NUMBERS,
        "prerequisites": st.lists(st.sampled_from(["a", "b", "c", "z"]), max_size=3),
        "resources": st.just([]) | VALUES,
    }
)
PATHS = st.fixed_dictionaries({"target_role": WORDS, "summary": WORDS, "nodes": st.lists(NODES, max_size=4)})
GAPS = st.fixed_dictionaries(
    {
        "skill": WORDS,
        "skill_ids": st.lists(WORDS, max_size=2),
        "required_level": NUMBERS,
        "current_level": NUMBERS,
        "market_demand": st.sampled_from(["high", "huge", None]),
    }
)


@settings(max_examples=10_000, deadline=None)
@given(
    st.sampled_from(BARE), VALUES | PATHS | st.fixed_dictionaries({"skills": st.lists(GAPS, max_size=3)}), st.integers(0, 9)
)
def test_whatever_a_model_writes_is_valid_or_refused(schema: type[BaseModel], value, cut: int) -> None:
    text = json.dumps(value)
    text = text[: len(text) - cut] if cut > 6 else text
    try:
        found = read(text, schema, mend=True).parsed
    except Unreadable:
        return
    assert schema.model_validate_json(found.model_dump_json()) == found
    if isinstance(found, schemas.LearningPath):
        assert schemas.in_order(found.nodes) is not None
        assert all(0 <= step.estimated_hours <= schemas.MOST_HOURS for step in found.nodes)
