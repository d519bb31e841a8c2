"""A receipt holds everything: what it says is computed from it again, and its smallest change is true."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerforge.assistant.receipt import Receipt
from careerforge.people.models import SkillClaim
from learning.gaps import gap as gaps
from learning.gaps import readiness, why
from learning.models import Node
from learning.paths import grounds, papers, path, planning, progress
from learning.roles import scoring, suggestions

LEVELS = st.fixed_dictionaries(
    {
        "claims": st.lists(
            st.tuples(
                st.sampled_from(["self", "peer", "coach"]),
                st.integers(0, 5),
                st.floats(0, 1),
                st.dates().filter(lambda day: 2019 < day.year < 2027).map(lambda day: day.isoformat()),
            ).map(list),
            max_size=5,
        ),
        "level": st.integers(1, 5),
        "a_level": st.integers(1, 120),
        "finished": st.integers(0, 5),
    }
)
SKILL = "00000000-0000-0000-0000-000000000001"


def written(found):
    line = {
        "skill": SKILL,
        "required": 4,
        "weight": 3,
        "half_life": 36,
        "in_use": False,
        "claims": found["claims"],
    }
    rest = {"kind": "skill", "on": "2026-10-20", "asked": found["level"], "after": None, "split": False}
    return rest | {"line": line} | {name: found[name] for name in ("level", "a_level", "finished")}


@given(LEVELS)
def test_the_smallest_change_of_a_step_alters_it_and_a_smaller_one_does_not(found):
    paper = written(found)
    paper["hours"] = papers.recompute(paper)
    near = papers.nearest(paper)
    start = papers.start(paper)
    if near is None or paper["level"] - start < gaps.AT_LEVEL:
        return
    level, hours = near
    before = level - papers.QUARTER
    if hours is None:
        assert paper["asked"] - level < gaps.AT_LEVEL <= paper["asked"] - before
    else:
        assert hours == gaps.hours(paper["level"] - level, paper["a_level"]) != paper["hours"]
    assert gaps.hours(paper["level"] - before, paper["a_level"]) == paper["hours"] or before == start


def test_each_step_says_the_hours_that_it_is_given(version, owner):
    rows = list(Node.objects.filter(version=version).exclude(step__type="milestone"))
    assert rows
    for node in rows:
        assert papers.recompute(json.loads(json.dumps(node.receipt))) == node.hours
        receipt = why.of_node(node)
        assert receipt.left_out
        assert Receipt.from_json(json.loads(json.dumps(receipt.as_json()))).inputs == node.receipt


def test_at_the_level_that_a_step_names_the_plan_is_different(version, owner, senior, now):
    read = grounds.read(owner, senior, now.date())
    rows = {node.step.key: node for node in Node.objects.filter(version=version, step__type="skill")}
    tried = 0
    for key, node in rows.items():
        if (near := papers.nearest(node.receipt)) is None:
            continue
        skill = node.step.skill_id
        level, hours = near
        levels = dict(read.inputs.levels) | {skill: level}
        planned = {one.key: one for one in planning.plan(replace(read.inputs, levels=levels)).nodes}
        assert (planned[key].hours if hours else planned.get(key)) == hours, key
        tried += 1
    assert tried


def test_a_suggestion_is_scored_again_from_its_receipt(owner, now):
    for one in suggestions.suggest(owner, now.date()):
        paper = json.loads(json.dumps(one.receipt))
        assert scoring.recompute(paper) == one.score
        assert why.of_suggestion(one).points == pytest.approx(one.score * 100, abs=1e-4)


def test_the_change_of_a_gap_is_what_the_figure_becomes(owner, senior, now, taxonomy):
    for skill in list(taxonomy.skills.values())[:4]:
        SkillClaim.objects.create(
            user=owner, skill=skill, level=2, source="self", confidence=0.5, evidence_on=now.date()
        )
    gap = gaps.gap(owner, senior, now.date())
    assert gap.readiness is not None
    row = next(row for row in gap.rows if row.known and row.missing)
    then = why.raised(gap, row)
    total = sum(r.required * r.weight for r in gap.rows if r.known)
    assert then - gap.readiness == pytest.approx(min(1.0, row.missing) * row.weight / total)
    assert f"{gap.readiness * 100:.1f}" in why.of_gap(gap).nearest_change


def test_without_a_figure_it_says_what_to_tell(teammate, senior, now):
    SkillClaim.objects.filter(user=teammate).delete()
    gap = gaps.gap(teammate, senior, now.date())
    assert gap.readiness is None
    named = why.untold(gap)
    assert all(row.skill.name in why.of_gap(gap).nearest_change for row in named)
    for row in named:
        SkillClaim.objects.create(
            user=teammate, skill=row.skill, level=1, source="self", confidence=0.5, evidence_on=now.date()
        )
    assert gaps.gap(teammate, senior, now.date()).readiness is not None


def test_finished_work_keeps_its_receipt(version, owner, senior, step_of, now):
    node = Node.objects.filter(version=version, step__type="skill").first()
    progress.finish(owner, node.step, now)
    again = path.build(owner, senior, now)
    kept = Node.objects.get(version=again, step=node.step)
    assert kept.receipt == node.receipt


def test_a_receipt_of_readiness_is_what_the_gap_shows(owner, senior, now):
    gap = gaps.gap(owner, senior, now.date())
    assert readiness.recompute(dict(why.of_gap(gap).inputs)).value == gap.readiness
