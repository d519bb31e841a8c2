"""Each rule of the support check on its own: what it strikes, and the wording beside it that it leaves."""

import pytest

from careerforge.assistant import contrast
from careerforge.assistant.grounding import support
from careerforge.assistant.terms import Number, canonical, stem, terms
from tests.assistant.passages import passage


def found(rule: str, claim: str, sentence: str) -> list[str]:
    return list(getattr(contrast, rule)(terms(claim), terms(sentence)))


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The security team owns the check.", "The data team owns the check."),
        ("The file was removed on Monday.", "The file was added on Monday."),
        (
            "Whoever is new may name a mentor after the start.",
            "Whoever is new may name a mentor before the start.",
        ),
        ("ETL comes last of the three skills.", "ETL comes first of the three skills."),
        ("The allowance is EUR 300 a day.", "The allowance is EUR 300 a week."),
        ("The rule holds since 1 May 2026.", "The rule holds since 1 March 2026."),
    ],
)
def test_what_stands_in_the_place_of_something_else_is_seen(claim: str, sentence: str) -> None:
    assert found("replaced", claim, sentence)
    assert not found("replaced", sentence, sentence)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        # A form of the same word, a word that says the same, a verb of no weight, the same length of time.
        ("The test needs two examiners today.", "The test requires two examiners today."),
        ("Payment of the fee is due today.", "Payments of the fee are due today."),
        ("The exam lasts two hours at a desk.", "The exam takes two hours at a desk."),
        ("It may be repeated within a year once.", "It may be repeated within twelve months once."),
        # Another order of the same words is another wording, not another statement.
        ("In May the panel meets.", "The panel meets in May and November, and decides by vote on all."),
    ],
)
def test_other_words_for_the_same_are_no_replacement(claim: str, sentence: str) -> None:
    assert not found("replaced", claim, sentence)


LEVELS = "Streams are asked for at level 3, and pipelines at level 4."


def test_a_number_belongs_to_what_it_is_said_of() -> None:
    assert found("mispaired", "Streams are asked for at level 4.", LEVELS)
    assert not found("mispaired", "Streams are asked for at level 3.", LEVELS)
    assert not found("mispaired", "Pipelines are asked for at level 4, streams at level 3.", LEVELS)


def test_a_year_and_a_level_are_no_rivals_of_a_count() -> None:
    sentence = "In 2026 the panel met at level 4, and the panel saw 12 people."
    assert not found("mispaired", "The panel saw 12 people.", sentence)


def test_two_halves_of_a_sentence_are_not_mixed() -> None:
    sentence = "The data team owns the check; the platform team owns the alert."
    assert found("crossed", "The platform team owns the check.", sentence)
    assert not found("crossed", "The platform team owns the alert.", sentence)


def test_what_comes_before_what_is_not_turned_round() -> None:
    sentence = "Queues are taught before system design."
    assert found("turned_round", "System design is taught before queues.", sentence)
    assert found("turned_round", "Queues are taught after system design.", sentence)
    assert not found("turned_round", "System design is taught after queues.", sentence)


def test_what_is_denied_is_compared_where_the_denial_reaches() -> None:
    sentence = "No order was lost, but 212 were shipped late."
    assert found("denied", "An order was lost.", sentence)
    assert not found("denied", "Although 212 were shipped late, none was lost.", sentence)
    assert not found("denied", "Unused hours lapse.", "Hours that are not used by the end lapse.")


def test_a_part_that_nothing_speaks_of_was_added() -> None:
    claim = "The panel meets in May, and employers pay a bonus."
    said = terms("The panel meets in May.")
    assert list(contrast.added(terms(claim), said.telling, said)) == ["bonus"]
    assert not list(contrast.added(terms("The panel meets in May."), said.telling, said))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Number("1", "year"), Number("12", "month"), True),
        (Number("48", "hour"), Number("2", "day"), True),
        (Number("6", "month"), Number("6", "week"), False),
        (Number("6", "month"), Number("6", ""), True),
        (Number("30", "usd"), Number("30", "eur"), False),
    ],
)
def test_a_length_of_time_may_be_said_in_two_units(one: Number, other: Number, same: bool) -> None:
    assert contrast.same_number(one, other) is same


def test_short_words_and_those_that_say_the_same_are_one() -> None:
    assert canonical(stem("named")) == canonical(stem("name"))
    assert canonical(stem("examination")) == canonical(stem("exams"))
    assert canonical(stem("increased")) == canonical(stem("rose"))
    assert canonical(stem("rose")) != canonical(stem("fell"))


def test_the_month_of_may_is_no_small_word() -> None:
    text = passage("The panel meets on 3 May 2026. Everybody may come.")
    assert not support("The panel meets on 3 March 2026.", [text]).holds
    assert support("The panel meets on 3 May 2026.", [text]).holds
