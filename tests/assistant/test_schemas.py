import json
import random
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from careerforge.assistant import schemas
from careerforge.assistant.receipt import Factor, Receipt
from careerforge.gateway.answer import Unreadable, read

GAP = {"skill": "SQL", "skill_ids": ["1"], "required_level": 4, "current_level": None, "market_demand": None}


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


def step(name: str, *before: str):
    return {
        "id": name,
        "description": "Reads and writes streams.",
        "estimated_hours": 40,
        "prerequisites": list(before),
        "resources": ["r1"],
    }


def proposed(*steps):
    return {"target_role": "Data engineer", "summary": "Streams first.", "nodes": list(steps)}


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
        path(node("a", resources=[{"type": "course", "title": "x", "url": "javascript:alert(1)"}])),
        path(*(node(f"n{number}") for number in range(41))),
    ],
)
def test_a_path_that_cannot_be_walked_is_refused(wrong) -> None:
    assert fits(schemas.LearningPath, path(node("a")))
    assert not fits(schemas.LearningPath, wrong)


def test_no_answer_holds_an_act_or_anything_else_that_nobody_asked_for() -> None:
    found = read(json.dumps(path(node("a", action="mail"), is_admin=True)), schemas.LearningPath).parsed
    assert not {"is_admin", "action"} & {*found.model_dump(), *found.nodes[0].model_dump()}
    for schema, _good in GOOD:
        with pytest.raises(ValidationError):
            schema.model_validate({"action": "mail the manager"})


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
    assert fits(schemas.SkillGap, [GAP])
    assert not fits(schemas.SkillGap, [GAP | {"required_level": None}])
    assert not fits(schemas.SkillGap, [GAP] * 9)


ENVELOPE = {
    "id": UUID(int=1),
    "sources": [],
    "model_used": "rules",
    "prompt_version": None,
    "generated_at": datetime(2026, 11, 21, tzinfo=UTC),
    "confidence": "high",
}


def test_a_result_carries_its_envelope_and_survives_storage() -> None:
    receipt = Receipt(
        "advice-1", (Factor("SQL", 0.25, "level 4, certificate of 3 May"),), ("age",), "one level of SQL"
    )
    result = schemas.AdviceResult(answer="Learn SQL.", receipt=receipt.as_json(), **ENVELOPE)
    assert schemas.AdviceResult.model_validate_json(result.model_dump_json()) == result


def test_a_time_without_a_zone_is_no_time() -> None:
    zoneless = ENVELOPE | {"generated_at": datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)}
    with pytest.raises(ValidationError, match="timezone"):
        schemas.AdviceResult(answer="x", receipt=Receipt("r").as_json(), **zoneless)


def test_a_quote_has_a_length() -> None:
    source = {
        "document": UUID(int=1),
        "title": "t",
        "url": None,
        "date": None,
        "quote": "q",
        "start": 5,
        "end": 5,
    }
    with pytest.raises(ValidationError):
        schemas.Source(**source)


def test_a_receipt_adds_up_and_comes_back_from_json() -> None:
    receipt = Receipt(
        "readiness-1", (Factor("SQL", 0.5, ""), Factor("Kafka", 0.25, "")), ("salary goal",), "Kafka +1"
    )
    assert receipt.points == 0.75
    assert Receipt.from_json(json.loads(json.dumps(receipt.as_json()))) == receipt


ODD_TEXTS = ["a", "b", "skill", "high", "https://x.example", "", " ", "\u0000", "\ud800", "x" * 5_000, "0.9"]
ODD_VALUES: list[Any] = [
    None,
    True,
    -1,
    0,
    1,
    0.5,
    1e308,
    float("nan"),
    float("-inf"),
    10**30,
    [],
    {},
    [[]],
    *ODD_TEXTS,
]
GOOD = (
    (schemas.LearningPath, path(node("a"), node("b", "a"), node("c", "a", "b"))),
    (schemas.RoleSuggestions, {"suggestions": [suggestion(), suggestion(1)]}),
    (schemas.SkillGap, {"skills": [GAP, GAP]}),
    (schemas.Advice, {"answer": "Learn Kafka next."}),
    (schemas.ProposedPath, proposed(step("a"), step("b", "a"))),
    (schemas.RolesInWords, {"roles": [{"id": "r1", "text": "Streams first."}]}),
    (schemas.GapInWords, {"skills": [{"id": "s1", "text": "Streams first."}]}),
)


def places(value) -> list[tuple[Any, Any]]:
    """Every container with every key or index of it."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]


def spoil(value, dice: random.Random):
    """A copy with something odd, missing, added, swapped or doubled."""
    copy = json.loads(json.dumps(value))
    for _ in range(dice.randint(0, 3)):
        here, key = dice.choice(places(copy) or [(copy, None)])
        if (
            key is None
            or (isinstance(here, list) and key >= len(here))
            or (isinstance(here, dict) and key not in here)
        ):
            continue
        how = dice.randrange(4)
        if how == 0:
            here[key] = dice.choice(ODD_VALUES)
        elif how == 1:
            here.pop(key)
        elif how == 2:
            here[key] = dice.choice([found[at] for found, at in places(copy)])
        elif isinstance(here, dict):
            here[dice.choice(["is_admin", "id", "answer", "nodes"])] = dice.choice(ODD_VALUES)
        else:
            here.append(here[key])
    return copy


def test_ten_thousand_answers_are_valid_or_refused() -> None:
    dice = random.Random(20261121)
    accepted = 0
    for _ in range(10_000):
        schema, good = dice.choice(GOOD)
        try:
            text = json.dumps(spoil(good, dice))
        except (ValueError, RecursionError):
            continue
        if dice.random() < 0.2:
            text = text[: dice.randrange(len(text))] + dice.choice(["", "}", "]", "NaN", '"', "```"])
        accepted += is_sound(schema, text)
    assert 1_000 < accepted < 9_000


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([schema for schema, _ in GOOD]),
    st.recursive(
        st.sampled_from(ODD_TEXTS) | st.integers() | st.floats() | st.none(),
        lambda some: (
            st.lists(some, max_size=3)
            | st.dictionaries(
                st.sampled_from(["answer", "nodes", "id", "skills"]) | st.text(max_size=3), some, max_size=3
            )
        ),
        max_leaves=8,
    ),
)
def test_any_json_is_valid_or_refused(schema: type[BaseModel], value) -> None:
    is_sound(schema, json.dumps(value))


def is_sound(schema: type[BaseModel], text: str) -> bool:
    """False when it is refused; when it is accepted it has to keep every promise of the schema."""
    try:
        found = read(text, schema, mend=True).parsed
    except Unreadable:
        return False
    assert schema.model_validate_json(found.model_dump_json()) == found
    if isinstance(found, schemas.LearningPath | schemas.ProposedPath):
        assert schemas.in_order(found.nodes) is not None
        assert all(0 <= step.estimated_hours <= schemas.MOST_HOURS for step in found.nodes)
    if isinstance(found, schemas.RoleSuggestions):
        assert all(0 <= one.match_score <= 1 for one in found.suggestions)
    return True
