import json
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerforge.people.models import Position, SkillClaim
from careerforge.skills.levels import ClaimFact, effective_levels
from careerforge.skills.models import Requirement
from learning.gaps import daily, gap, history, readiness
from learning.gaps.readiness import Wanted
from learning.models import Readiness

TODAY = date(2026, 10, 20)
IDS = [UUID(int=n) for n in range(1, 7)]
HALF_LIVES = dict(zip(IDS, (12, 24, 30, 36, 48, 60), strict=True))

claims = st.lists(
    st.builds(
        ClaimFact,
        skill_id=st.sampled_from(IDS),
        level=st.integers(0, 5),
        confidence=st.floats(0, 1),
        evidence_on=st.dates(date(2020, 1, 1), TODAY),
        source=st.sampled_from(["self", "peer", "coach"]),
    ),
    max_size=12,
)
wanted = st.lists(
    st.tuples(st.sampled_from(IDS), st.integers(1, 5), st.integers(1, 5)),
    min_size=1,
    unique_by=lambda w: w[0],
).map(lambda rows: [Wanted(s, level, weight, HALF_LIVES[s]) for s, level, weight in rows])
near = st.dictionaries(
    st.sampled_from(IDS), st.tuples(st.sampled_from(IDS), st.floats(0, 0.9)).map(lambda n: [n])
)
in_use = st.frozensets(st.sampled_from(IDS))


@given(wanted, claims, near, in_use)
def test_a_receipt_gives_exactly_the_same_figure_again(asked, facts, lenders, used):
    found = effective_levels(facts, HALF_LIVES, lenders, TODAY, used)
    paper = json.loads(json.dumps(readiness.receipt(asked, found, used, HALF_LIVES, TODAY)))
    assert readiness.recompute(paper) == readiness.score(asked, found)


@given(wanted, claims)
def test_readiness_lies_between_0_and_1_or_there_is_none(asked, facts):
    result = readiness.score(asked, effective_levels(facts, HALF_LIVES, {}, TODAY))
    assert result.value is None or 0 <= result.value <= 1
    assert (result.value is None) == (result.known_share < 0.3)


def test_a_stored_day_is_recomputed_from_its_receipt(heading_for_senior, now):
    assert daily.measure([heading_for_senior.id], daily.rules(), now.date()) == 1
    row = Readiness.objects.get()
    assert readiness.recompute(row.receipt) == readiness.Score(row.score, row.known_share)


def test_measuring_the_same_day_again_adds_no_row(heading_for_senior, now):
    for _ in range(2):
        daily.measure([heading_for_senior.id], daily.rules(), now.date())
    assert Readiness.objects.count() == 1


def test_readiness_is_what_is_held_of_what_is_asked(owner, senior, now):
    found = gap.gap(owner, senior, now.date())
    told = [row for row in found.rows if row.known]
    held = sum(min(row.effective or 0, row.required) * row.weight for row in told)
    asked = sum(row.required * row.weight for row in told)
    assert 0 < len(told) < len(found.rows)
    assert found.readiness == pytest.approx(held / asked)


def test_what_is_asked_of_a_skill_not_told_yet_moves_nothing(owner, senior, now):
    before = gap.gap(owner, senior, now.date())
    Requirement.objects.filter(role=senior, skill__slug="etl-pipelines").update(level=5)
    assert gap.gap(owner, senior, now.date()).readiness == before.readiness


def test_a_receipt_of_the_rule_before_gives_the_figure_of_then(owner, senior, now):
    paper = gap.gap(owner, senior, now.date()).receipt
    old = readiness.recompute(paper | {"rule": readiness.UNKNOWN_AS_NOTHING})
    rows = gap.gap(owner, senior, now.date()).rows
    held = sum(min(row.effective or 0, row.required) * row.weight for row in rows)
    assert old.value == pytest.approx(held / sum(row.required * row.weight for row in rows))
    split_ = readiness.change(paper | {"rule": readiness.UNKNOWN_AS_NOTHING}, paper)
    assert split_.rule == pytest.approx(split_.total) != 0
    assert (split_.own_work, split_.fading, split_.requirement) == (0, 0, 0)


def test_while_little_is_known_there_is_no_figure(owner, senior, now):
    SkillClaim.objects.filter(skill__slug="sql").update(withdrawn_at=now)
    found = gap.gap(owner, senior, now.date())
    assert found.readiness is None
    assert {row.skill.slug for row in found.unknown} == {
        "sql",
        "etl-pipelines",
        "batch-orchestration",
        "giving-feedback",
    }


def test_a_skill_nobody_spoke_of_has_no_level(owner, senior, now):
    row = next(r for r in gap.gap(owner, senior, now.date()).rows if r.skill.slug == "etl-pipelines")
    assert (row.known, row.effective, row.missing) == (False, None, 4)


def test_a_gap_takes_five_queries(owner, senior, now, django_assert_num_queries):
    with django_assert_num_queries(5):
        gap.gap(owner, senior, now.date())


def measured_before(person, senior, now, days):
    daily.measure([person.id], daily.rules(), now.date() - timedelta(days=days))
    return gap.gap(person, senior, now.date() - timedelta(days=days)).readiness


def split(person, senior, now, days=30):
    found = gap.gap(person, senior, now.date())
    change = history.changes(person, found)[days]
    parts = (change.own_work, change.fading, change.requirement, change.rule, change.told)
    assert sum(parts) == pytest.approx(change.total)
    return change


def test_time_alone_shows_as_fading(heading_for_senior, senior, now):
    Position.objects.all().delete()
    SkillClaim.objects.update(evidence_on=date(2025, 1, 1))
    before = measured_before(heading_for_senior, senior, now, 30)
    change = split(heading_for_senior, senior, now)
    assert change.fading < 0
    assert (change.own_work, change.requirement) == (0, 0)
    assert before + change.total == gap.gap(heading_for_senior, senior, now.date()).readiness


def test_what_the_position_held_now_requires_does_not_fade(heading_for_senior, senior, now):
    SkillClaim.objects.update(evidence_on=date(2025, 1, 1))
    measured_before(heading_for_senior, senior, now, 30)
    assert split(heading_for_senior, senior, now).total == 0


def test_a_new_claim_shows_as_own_work(heading_for_senior, taxonomy, senior, now):
    measured_before(heading_for_senior, senior, now, 30)
    SkillClaim.objects.create(
        user=heading_for_senior,
        skill=taxonomy.skills["python"],
        source="course",
        level=3,
        confidence=0.7,
        evidence_on=now.date(),
    )
    assert split(heading_for_senior, senior, now).own_work > 0.1


def test_a_skill_told_for_the_first_time_joins_both_sums(heading_for_senior, taxonomy, senior, now):
    before = gap.gap(heading_for_senior, senior, now.date()).readiness
    measured_before(heading_for_senior, senior, now, 30)
    SkillClaim.objects.create(
        user=heading_for_senior,
        skill=taxonomy.skills["etl-pipelines"],
        source="self",
        level=0,
        confidence=0.5,
        evidence_on=now.date(),
    )
    found = gap.gap(heading_for_senior, senior, now.date())
    told = [row for row in found.rows if row.known]
    assert "etl-pipelines" in {row.skill.slug for row in told}
    assert found.readiness < before
    change = split(heading_for_senior, senior, now)
    assert change.told == pytest.approx(found.readiness - before)
    assert change.own_work == pytest.approx(0)
    reached = [float(min(row.effective or 0, row.required) * row.weight) for row in told]
    assert found.readiness == pytest.approx(sum(reached) / sum(row.required * row.weight for row in told))


def test_a_higher_requirement_shows_as_such(heading_for_senior, senior, now):
    measured_before(heading_for_senior, senior, now, 90)
    Requirement.objects.filter(role=senior, skill__slug="python").update(level=5, weight=5)
    change = split(heading_for_senior, senior, now, 90)
    assert change.requirement < 0
    assert change.own_work == pytest.approx(0)


def test_without_an_earlier_day_there_is_no_change_to_show(owner, senior, now):
    assert history.changes(owner, gap.gap(owner, senior, now.date())) == {30: None, 90: None}
