from dataclasses import replace
from datetime import date

import pytest

from careerforge.people.models import SkillClaim
from coaching.answers.answering import compose
from coaching.persons.facts import facts_about
from coaching.persons.known import Brought, Facts, Moved, Proof, StepFact
from tests.coaching.conftest import NOW
from tests.coaching.test_advice_by_rules_cites_every_sentence import FACTS, QUESTION

MAY = date(2026, 5, 3)
OWN, COACH = Proof("self", 3, MAY), Proof("coach", 2, MAY)
NOTHING = Facts(**{**FACTS.__dict__, "skills": (), "steps": ()})


def texts(question: str, facts: Facts) -> list[str]:
    return [one.text for one in compose(question, facts, ()).sentences]


def with_skill(name: str, **values: object) -> Facts:
    changed = (replace(one, **values) if one.name == name else one for one in FACTS.skills)
    return replace(FACTS, skills=tuple(changed))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"proofs": (OWN,)}, "ETL pipelines rests on their own word of 3 May 2026 alone."),
        ({"proofs": (COACH,)}, "ETL pipelines rests on a coach’s confirmation of 3 May 2026."),
        (
            {"proofs": (COACH, OWN)},
            "ETL pipelines rests on a coach’s confirmation of 3 May 2026 and their own word of 3 May 2026.",
        ),
        (
            {"proofs": (COACH,), "faded": 0.4},
            "ETL pipelines rests on a coach’s confirmation of 3 May 2026, and 0.4 of a level has faded "
            "since.",
        ),
        ({"held": (("SQL", 4.2),)}, "ETL pipelines builds on SQL (4.2), which they already have."),
    ],
)
def test_the_evidence_behind_a_gap_is_named_with_its_kind_and_day(values, said):
    assert said in texts(QUESTION, with_skill("ETL pipelines", **values))


def test_of_whom_nothing_is_known_the_answer_says_what_they_bring():
    untold = tuple(replace(one, effective=None, at_level=False) for one in FACTS.skills)
    brought = (Brought("Exploratory testing", 3.6, COACH),)
    found = texts(QUESTION, replace(FACTS, skills=untold, brought=brought, steps=()))
    assert found == [
        "Nothing has been told yet about any of the 5 skills that Senior data engineer asks for; Data "
        "modelling at level 4 and ETL pipelines at level 4 weigh most: ask about them first.",
        "Beside what Senior data engineer asks for, they bring Exploratory testing at 3.6 by a coach’s "
        "confirmation of 3 May 2026.",
    ]


def test_a_path_to_another_role_is_said_to_lead_there():
    elsewhere = (StepFact("Kanban", "skill", "todo", "To do", 1, 20),)
    found = texts(QUESTION, replace(FACTS, steps=elsewhere, heading="Delivery manager"))
    said = "Their path leads to Delivery manager and has no step for ETL pipelines or Stream processing."
    assert said in found


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        (
            Moved(90, 0.06, (("own_work", 0.09), ("fading", -0.03))),
            "Over 90 days it rose by 6 points: their own work +9, fading evidence -3.",
        ),
        (Moved(30, -0.02, (("fading", -0.02),)), "Over 30 days it fell by 2 points: fading evidence -2."),
        (
            Moved(30, 0.0, ()),
            "Over 30 days it has stayed where it was: nothing new was told, and nothing has faded much.",
        ),
    ],
)
def test_readiness_is_told_with_what_moved_it(moved, said):
    assert said in texts("How ready are they?", replace(FACTS, moved=moved))


def test_readiness_names_the_gap_that_brings_most_for_an_hour():
    quick = with_skill("ETL pipelines", hours=10)
    assert (
        "The most for an hour brings ETL pipelines: 12 points of readiness in about 10 hours; their path has "
        "it in phase 1 (in progress)." in texts("How ready are they?", quick)
    )


def test_what_was_finished_last_is_named_with_its_day():
    done = StepFact("SQL", "skill", "done", "Done", 1, 20, ended_on=MAY)
    found = texts("What is their next step?", replace(FACTS, steps=(done, *FACTS.steps)))
    assert "They have finished 1 of 3 steps, last “SQL” (done on 3 May 2026)." in found


def test_strengths_are_no_list_of_work_to_do():
    found = texts("What are they good at?", FACTS)
    assert "Data modelling is at level 3.0 of the 4 that Senior data engineer asks for." in found
    assert not any("closing this gap" in one for one in found)


def test_with_nothing_asked_for_nothing_is_said():
    assert compose(QUESTION, NOTHING, ()).dont_know


@pytest.fixture
def facts(senior, taxonomy):
    role = taxonomy.roles["senior-data-engineer"]
    return lambda: {one.name: one for one in facts_about(senior, role, NOW.date()).skills}


def test_the_sources_of_a_level_are_those_that_count_the_heaviest_first(senior, taxonomy, facts):
    SkillClaim.objects.create(
        user=senior,
        skill=taxonomy.skills["etl-pipelines"],
        level=2,
        source="self",
        confidence=0.5,
        evidence_on=date(2026, 11, 1),
    )
    assert [one.source for one in facts()["ETL pipelines"].proofs] == ["coach", "self"]


def test_old_evidence_has_faded_and_new_has_not(senior, taxonomy, facts):
    assert facts()["ETL pipelines"].faded == 0
    SkillClaim.objects.filter(user=senior, skill=taxonomy.skills["etl-pipelines"]).update(
        evidence_on=date(2022, 1, 1)
    )
    assert facts()["ETL pipelines"].faded > 1


def test_what_a_skill_builds_on_and_is_there_already_is_known(senior, claim, facts):
    claim(senior, "sql", 5)
    claim(senior, "python", 1)
    assert [name for name, _level in facts()["ETL pipelines"].held] == ["SQL"]


def test_what_they_bring_is_what_the_role_does_not_ask_for(senior, taxonomy, claim):
    claim(senior, "message-queues", 4)
    role = taxonomy.roles["senior-data-engineer"]
    found = facts_about(senior, role, NOW.date()).brought
    assert [one.name for one in found] == ["Message queues"]
    assert found[0].proof.source == "coach"
