"""C is not C++, a name with a line is not one with a space, and neither is another company, role or model."""

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from careerforge.gateway.cache import Keeping
from careerforge.skills.extraction import Lexicon, Named, extract
from careerforge.tenancy import context
from coaching.advising.keeping import Seal, keeping, words_of

NO_SEAL: Any = Seal(None, b"")
NAMES = (
    "C",
    "C++",
    "C#",
    "F#",
    "R",
    "Go",
    ".NET",
    "Net",
    "Node",
    "Node.js",
    "data engineer",
    "Data_Engineer",
)
ALIKE = [f"Is {name} asked for in adverts?" for name in NAMES]


def prompt(question: str, version: str = "v1") -> Any:
    return SimpleNamespace(
        system="S", blocks=("S",), context="C", question=question, function="coaching_advice", version=version
    )


def kept(question: str, parts: tuple[str, ...] = ("about", "1", "2")) -> Keeping:
    return Keeping(parts, 60, seal=lambda _k, text: text.encode(), unseal=lambda _k, b: b.decode())


def key(question: str, *, version: str = "v1", model: str = "m1", parts: tuple[str, ...] = ("2",)) -> str:
    return kept(question, parts).key(prompt(question, version), (model,))


def test_names_that_look_alike_are_different_questions() -> None:
    assert len({words_of(question) for question in ALIKE}) == len(ALIKE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Can AWS certificates be skipped?", "Must AWS certificates be skipped?"),
        ("What did the course cost?", "What will the course cost?"),
        ("What is the AWS certificate?", "How much is the AWS certificate?"),
        ("How is Kafka learnt?", "How many learnt Kafka?"),
        ("Is Java > Go?", "Is Java < Go?"),
        ("Who needs level 3+ for SRE?", "Who needs level 3 for SRE?"),
        ("Is Java before Go?", "Is Go before Java?"),
    ],
)
def test_small_words_and_signs_that_change_a_question_count(one: str, other: str) -> None:
    assert words_of(one) != words_of(other)


def test_a_question_asked_more_politely_is_the_same() -> None:
    assert words_of("Please tell me, what is the AWS certificate?") == words_of("What is an AWS certificate?")


def test_each_has_a_key_of_its_own(company: Any) -> None:
    assert len({key(question) for question in ALIKE}) == len(ALIKE)


def test_the_version_of_the_prompt_the_model_and_what_is_seen_are_in_the_key(company: Any) -> None:
    usual = key("Is C asked for?")
    assert usual == key("Is C asked for?")
    others = [
        key("Is C asked for?", version="v2"),
        key("Is C asked for?", model="m2"),
        key("Is C asked for?", parts=("3",)),
    ]
    assert len({usual, *others}) == 4


def test_another_company_has_another_key(company: Any) -> None:
    here = key("Is C asked for?")
    with context.organisation(uuid4()):
        assert key("Is C asked for?") != here


def test_the_role_in_question_is_in_the_key_of_what_is_about_somebody(coach: Any, senior: Any) -> None:
    made = [
        keeping(coach, senior, "What should they learn?", ["SQL: level 3"], [], NO_SEAL, {"role": role})
        for role in ("2026-01-01", "2026-02-01")
    ]
    first, second = (one.key(prompt("What should they learn?"), ("m1",)) for one in made)
    assert first != second


def test_equal_skills_meet_by_the_id_of_the_taxonomy_only() -> None:
    ids = {name: uuid4() for name in ("C", "C++", "C#")}
    known = Lexicon(Named(pk, name, main=True) for name, pk in ids.items())
    for name, pk in ids.items():
        assert {one.skill_id for one in extract(f"They write {name} code.", known)} == {pk}
