"""Whatever a model answers about a path, roles or a gap: nothing raises, and nothing invalid gets through."""

import json
from random import Random
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from careerforge.assistant.frame import Task, broken
from careerforge.assistant.support import Line
from learning.paths.plan import Kind
from learning.words import checking, wordings
from learning.words.offering import Offer, Offered, Row
from learning.words.wordings import Subject

ANSWERS = 10_000
ONE = UUID(int=1)
STEPS = tuple(
    Offered(
        f"s{n}", f"skill:{n}:3", f"Skill {n}", Kind.SKILL, (Line("You run jobs."),), 20, 40, after, ("r1",)
    )
    for n, after in enumerate(((), ("s1",), ("s2",)), 1)
)
OFFER = Offer("Analyst", "Engineer", ("Runs jobs.",), STEPS, (), (Row("r1", ONE, "course: Jobs, 20 hours"),))
SUBJECTS = {f"r{n}": Subject(ONE, None, f"Role {n}", (Line("You run jobs."),)) for n in (1, 2, 3)}
WORDED = {"roles": wordings.task(wordings.ROLES, SUBJECTS), "skills": wordings.task(wordings.GAP, SUBJECTS)}

TEXTS = (
    "You run jobs.",
    "You earn 90000 euros.",
    "See https://e.example.",
    "",
    "<b>x</b>",
    "In 2027 you lead.",
)
# Words that say nothing: what supports no sentence is struck afterwards.
HARMLESS = {"You run jobs.", "s9", "r9"}
ODD: tuple[Any, ...] = (None, -1, 1e9, float("nan"), float("inf"), [], {}, "s9", "r9", True, "x" * 5_000)


def step(random: Random, at: int) -> dict[str, Any]:
    ids = ["s1", "s2", "s3", "s3", "s4"]
    return {
        "id": f"s{at}" if random.random() < 0.9 else random.choice(ids),
        "description": TEXTS[0] if random.random() < 0.9 else random.choice(TEXTS),
        "estimated_hours": random.choice([20, 30, 40, 40, 400]) if random.random() < 0.2 else 30,
        "prerequisites": [f"s{at - 1}"] * (at > 1) if random.random() < 0.8 else [random.choice(ids)],
        "resources": ["r1"] if random.random() < 0.9 else ["r7"],
    }


def path(random: Random) -> dict[str, Any]:
    nodes = [step(random, at) for at in (1, 2, 3)]
    if random.random() < 0.1:
        random.shuffle(nodes)
    return {"target_role": "Engineer", "summary": TEXTS[0], "nodes": nodes}


def words(random: Random, key: str) -> dict[str, Any]:
    rows = [
        {"id": f"r{n}", "text": TEXTS[0] if random.random() < 0.8 else random.choice(TEXTS)} for n in (1, 2)
    ]
    if random.random() < 0.1:
        rows.append({"id": random.choice(["r1", "r9"]), "text": TEXTS[0]})
    return {key: rows}


def spoilt(random: Random, answer: dict[str, Any]) -> dict[str, Any]:
    """One place anywhere in it holds something odd, or an act is added."""
    place: Any = random.choice([answer, *next(v for v in answer.values() if isinstance(v, list))])
    place[random.choice([*place, "match_score", "action"])] = random.choice(ODD)
    return answer


def judged(task: Task[Any], text: str) -> Any:
    """The answer if it may be used; None if not. Raises nothing else."""
    try:
        parsed = task.schema.model_validate_json(text)
    except ValidationError:
        return None
    return None if broken(task.checks, parsed) else parsed


def is_sound_path(found: Any) -> None:
    place = {one.id: at for at, one in enumerate(checking.ordered(OFFER, found))}
    assert set(place) == {"s1", "s2", "s3"}
    assert place["s1"] < place["s2"] < place["s3"]
    for one in found.nodes:
        assert 20 <= one.estimated_hours <= 40
        assert set(one.prerequisites) <= set(place) - {one.id}
        assert set(one.resources) <= {"r1"}
        assert one.description in HARMLESS


def is_sound_words(found: Any) -> None:
    rows = found.model_dump()[next(iter(found.model_dump()))]
    assert len({row["id"] for row in rows}) == len(rows)
    assert {row["id"] for row in rows} <= SUBJECTS.keys()
    assert {row["text"] for row in rows} <= HARMLESS
    assert all(row.keys() == {"id", "text"} for row in rows)


def test_ten_thousand_answers_are_used_only_when_everything_in_them_is_true():
    random, task, used = Random(129), checking.task(OFFER), {"path": 0, "words": 0}
    for n in range(ANSWERS):
        key = random.choice(["roles", "skills"])
        answer = path(random) if n % 2 else words(random, key)
        text = json.dumps(spoilt(random, answer) if random.random() < 0.3 else answer)
        found = judged(
            task if n % 2 else WORDED[key], text[: random.randrange(len(text))] if n % 20 == 7 else text
        )
        if found is not None:
            (is_sound_path if n % 2 else is_sound_words)(found)
            used["path" if n % 2 else "words"] += 1
    assert min(used.values()) > ANSWERS / 20
    assert sum(used.values()) < ANSWERS * 0.9
