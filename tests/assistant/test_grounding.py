import pytest

from careerforge.assistant.grounding import THRESHOLD, ground, support
from careerforge.assistant.sentences import sentences
from careerforge.gateway.embedding import Hashing
from tests.assistant.passages import passage

LADDER = passage(
    "A senior data engineer designs streaming pipelines and owns their service levels. "
    "Apache Kafka is required at level 4. Moving from level 3 to level 4 takes about 40 hours, "
    "usually six months beside the job. Certificates are not required. "
    "Demand in Poland rose by 12 % in 2026, to 1,250 postings. Salaries in Berlin start at $90k.",
    title="Ladder for data engineers",
    start=500,
)
CANTEEN = passage("The canteen opens at eight and closes at three.", 2)


def score(claim: str, question: str = "") -> float:
    return support(claim, [LADDER, CANTEEN], question=question).score


@pytest.mark.parametrize(
    "claim",
    [
        "Apache Kafka is required at level 4.",
        "A senior data engineer designs streaming pipelines.",
        "Senior data engineers own the service levels of streaming pipelines.",
        "Moving from level 3 to 4 takes 40 hours.",
        "It takes 6 months beside the job.",
        "Demand in Poland rose by 12 percent in 2026.",
        "There were 1250 postings in Poland.",
        "Salaries in Berlin start at 90,000 dollars.",
        "Certificates are not required.",
        "Certificates aren't required.",
    ],
)
def test_what_the_passage_says_holds_in_other_words_too(claim: str) -> None:
    assert score(claim) >= THRESHOLD


@pytest.mark.parametrize(
    ("claim", "missing"),
    [
        ("Apache Kafka is required at level 5.", "number 5"),
        ("Moving from level 3 to level 4 takes about 400 hours.", "number 400 hour"),
        ("Moving from level 3 to level 4 takes about 40 days.", "number 40 day"),
        ("Demand in Poland rose by 12 % in 2025.", "number 2025"),
        ("Demand in Spain rose by 12 % in 2026.", "name spain"),
        ("Demand in Poland fell by 12 % in 2026.", "opposite fell"),
        ("Apache Kafka is not required at level 4.", "denial requir"),
        ("Certificates are required.", None),
        ("Apache Flink is required at level 4.", "name flink"),
        ("Every engineer should learn cooking and gardening.", None),
    ],
)
def test_what_differs_in_a_number_a_unit_a_name_or_a_sign_does_not_hold(
    claim: str, missing: str | None
) -> None:
    found = support(claim, [LADDER, CANTEEN])
    assert not found.holds
    assert missing is None or missing in found.missing


def test_the_quote_is_the_passages_own_words_at_its_own_place() -> None:
    found = support("Apache Kafka is required at level 4.", [CANTEEN, LADDER])
    assert found.passage is LADDER
    assert found.quote == "Apache Kafka is required at level 4."
    assert LADDER.text[found.start - 500 : found.end - 500] == found.quote


def test_repeating_the_question_supports_nothing() -> None:
    question = "Is Rust required for a senior data engineer?"
    assert score("Rust is required for a senior data engineer.", question) < THRESHOLD


def test_an_answer_keeps_what_holds_and_lists_what_was_struck() -> None:
    answer = sentences(
        "Apache Kafka is required at level 4. Cobol is required too. Certificates are not required."
    )
    checked = ground(answer, [LADDER])
    assert [claim.sentence.text for claim in checked.struck] == ["Cobol is required too."]
    assert checked.share == pytest.approx(2 / 3)


def test_without_passages_nothing_holds_and_an_empty_answer_claims_nothing() -> None:
    assert ground(sentences("Kafka is required."), []).share == 0
    assert ground([], [LADDER]).share == 1


def test_meaning_lifts_no_claim_with_a_wrong_number() -> None:
    claim = "Apache Kafka is required at level 5."
    assert not support(claim, [LADDER], embedder=Hashing()).holds
