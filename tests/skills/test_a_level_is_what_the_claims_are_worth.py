from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerforge.skills.levels import NEIGHBOUR_CAP, ClaimFact, effective_levels

TODAY = date(2026, 10, 20)
SKILL, NEAR, OTHER = (UUID(int=n) for n in (1, 2, 3))
HALF_LIVES = {SKILL: 24, NEAR: 36, OTHER: 12}
ALMOST = 1e-9

claims_about = st.builds(
    ClaimFact,
    skill_id=st.sampled_from([SKILL, NEAR, OTHER]),
    level=st.integers(0, 5),
    confidence=st.floats(0, 1),
    evidence_on=st.dates(date(2018, 1, 1), TODAY),
    source=st.sampled_from(["self", "peer", "coach", "course"]),
)
several = st.lists(claims_about, min_size=1, max_size=8)
credits = st.floats(0, 0.9)


def claim(level=4, confidence=1.0, days_ago=0, skill=SKILL, source="coach"):
    return ClaimFact(skill, level, confidence, TODAY - timedelta(days=days_ago), source)


def level(*claims, near=None, in_use=frozenset()):
    found = effective_levels(claims, HALF_LIVES, near or {}, TODAY, in_use)
    return found[SKILL].level if SKILL in found else None


def test_one_claim_is_worth_level_times_confidence():
    assert level(claim(4, 0.9)) == pytest.approx(3.6)


def test_after_one_half_life_half_is_left():
    assert level(claim(4, 1.0, days_ago=730)) == pytest.approx(2.0, abs=0.01)


def test_a_skill_in_use_does_not_fade():
    assert level(claim(4, 0.9, days_ago=900), in_use=frozenset({SKILL})) == pytest.approx(3.6)


def test_two_sources_that_agree_are_worth_more_than_either():
    assert level(claim(4, 0.9), claim(4, 0.5, source="self")) == pytest.approx(4 * 0.95)


def test_the_same_source_saying_it_again_is_worth_nothing_more():
    assert level(claim(3, 0.5, source="self"), claim(3, 0.5, source="self")) == pytest.approx(1.5)


def test_a_skill_nobody_spoke_of_is_not_at_zero_but_absent():
    assert level(claim(skill=NEAR)) is None


def test_a_claim_of_level_zero_is_known_and_zero():
    found = effective_levels([claim(0)], HALF_LIVES, {}, TODAY)[SKILL]
    assert (found.known, found.level) == (True, 0.0)


def test_a_neighbour_lends_part_of_its_level_and_the_skill_stays_unknown():
    found = effective_levels([claim(4, skill=NEAR)], HALF_LIVES, {SKILL: [(NEAR, 0.3)]}, TODAY)[SKILL]
    assert found.level == pytest.approx(1.2)
    assert not found.known
    assert found.lent.neighbour_id == NEAR


@given(several, credits)
def test_every_level_lies_between_0_and_5(claims, credit):
    near = {SKILL: [(NEAR, credit), (OTHER, credit)]}
    found = effective_levels(claims, HALF_LIVES, near, TODAY)
    assert all(0 <= each.level <= 5 for each in found.values())


@given(several, credits, st.randoms(use_true_random=False))
def test_the_order_of_the_claims_does_not_matter(claims, credit, chance):
    near = {SKILL: [(NEAR, credit)]}
    mixed = list(claims)
    chance.shuffle(mixed)
    assert effective_levels(claims, HALF_LIVES, near, TODAY) == effective_levels(
        mixed, HALF_LIVES, near, TODAY
    )


@given(several, st.data())
def test_a_higher_surer_or_newer_claim_never_lowers_a_level(claims, data):
    at = data.draw(st.integers(0, len(claims) - 1))
    old = claims[at]
    better = replace(
        old,
        level=data.draw(st.integers(old.level, 5)),
        confidence=data.draw(st.floats(old.confidence, 1)),
        evidence_on=data.draw(st.dates(old.evidence_on, TODAY)),
    )
    before = effective_levels(claims, HALF_LIVES, {}, TODAY)
    after = effective_levels([*claims[:at], better, *claims[at + 1 :]], HALF_LIVES, {}, TODAY)
    assert all(after[skill].level >= before[skill].level - ALMOST for skill in before)


@given(several, claims_about)
def test_one_more_claim_never_lowers_a_level(claims, more):
    before = effective_levels(claims, HALF_LIVES, {}, TODAY)
    after = effective_levels([*claims, more], HALF_LIVES, {}, TODAY)
    assert all(after[skill].level >= before[skill].level - ALMOST for skill in before)


@given(several, st.integers(0, 2000))
def test_without_new_evidence_a_level_only_falls(claims, days):
    before = effective_levels(claims, HALF_LIVES, {}, TODAY)
    after = effective_levels(claims, HALF_LIVES, {}, TODAY + timedelta(days=days))
    assert all(after[skill].level <= before[skill].level + ALMOST for skill in before)


@given(several, credits)
def test_neighbours_alone_never_lift_a_skill_above_their_cap(claims, credit):
    others = [each for each in claims if each.skill_id != SKILL]
    near = {SKILL: [(NEAR, credit), (OTHER, 0.9)]}
    found = effective_levels(others, HALF_LIVES, near, TODAY)
    assert SKILL not in found or found[SKILL].level <= NEIGHBOUR_CAP
