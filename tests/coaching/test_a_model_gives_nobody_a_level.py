import pytest

from coaching.answers import levels
from coaching.persons.known import SkillFact


def skill(name: str, required: int, effective: float | None) -> SkillFact:
    return SkillFact(name, required, 3, effective, 0.1, 50, ())


SKILLS = (
    skill("ETL pipelines", 4, 2.4),
    skill("Data quality testing", 4, 1.4),
    skill("Batch orchestration", 3, None),
    skill("SQL", 4, 4.0),
)


@pytest.mark.parametrize(
    "sentence",
    [
        "ETL pipelines: level 4 of 4.",
        "Your evidence supports level 4 in ETL pipelines.",
        "You are at level 4 in Data quality testing.",
        "Batch orchestration: level 3 of 3.",
        "They have level 3 in Batch orchestration.",
        "Data quality testing is at level 3, and the role asks for 4.",
        "Your ETL pipelines are at level 3.5 now.",
        "In Data quality testing they stand at level 4.",
    ],
)
def test_another_level_than_the_computed_one_is_no_ones(sentence: str) -> None:
    assert not levels.agree(sentence, SKILLS)


@pytest.mark.parametrize(
    "sentence",
    [
        "ETL pipelines: level 2.4 of 4.",
        "Your evidence supports 2.4 in ETL pipelines, and the role asks for level 4.",
        "Build ETL pipelines first: the role asks for level 4, your evidence supports 2.4.",
        "Closing the gap in Data quality testing from level 1.4 to level 4 takes about 50 hours.",
        "The role requires Batch orchestration at level 3, of which nothing has been told.",
        "SQL is at level 4, and the role asks for 4.",
        "A senior data engineer is expected to hold ETL pipelines at level 4.",
        "Data quality testing at level 3 means that somebody has removed a test with good reason.",
        "This closes 50 of 100 hours in ETL pipelines.",
        "Ask about it before deciding.",
    ],
)
def test_the_computed_level_and_what_a_role_asks_for_may_be_said(sentence: str) -> None:
    assert levels.agree(sentence, SKILLS)
