from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerforge.skills import starter
from learning.paths.plan import Ask, Inputs, Kind, ResourceFact, SkillFact
from learning.paths.planning import BASIS, plan

TAXONOMY = starter.read()
IDS = {skill.slug: UUID(int=n) for n, skill in enumerate(TAXONOMY.skills, 1)}
SKILLS = {
    IDS[s.slug]: SkillFact(IDS[s.slug], s.slug, s.name, s.hours, tuple(IDS[n] for n in s.prerequisites))
    for s in TAXONOMY.skills
}
RESOURCES = tuple(
    ResourceFact(UUID(int=10_000 + n), r.slug, r.type, r.title, IDS[r.skill], r.level, r.hours)
    for n, r in enumerate(TAXONOMY.resources)
)
QUARTERS = st.integers(0, 20).map(lambda n: n / 4)


def inputs(role, levels=None):
    asks = {IDS[slug]: Ask(*ask) for slug, ask in role.requires.items()}
    return Inputs(role.slug, asks, SKILLS, levels or {}, resources=RESOURCES)


roles = st.sampled_from(TAXONOMY.roles)
people = st.dictionaries(st.sampled_from(sorted(SKILLS)), QUARTERS, max_size=60)


@given(roles, people)
def test_everything_required_is_reached_and_nothing_already_held_is_planned(role, levels):
    given_ = inputs(role, levels)
    reached = dict(levels)
    for node in plan(given_).nodes:
        if node.kind is Kind.SKILL:
            assert node.level - reached.get(node.skill, 0) >= 0.5
            reached[node.skill] = node.level
    assert all(ask.level - reached.get(skill, 0) < 0.5 for skill, ask in given_.asks.items())


@given(roles, people)
def test_no_node_comes_before_what_it_needs(role, levels):
    done: set[str] = set()
    for node in plan(inputs(role, levels)).nodes:
        assert set(node.needs) <= done
        done.add(node.key)


@given(roles, people)
def test_every_planned_skill_is_required_or_something_planned_builds_on_it(role, levels):
    given_ = inputs(role, levels)
    planned = {node.skill for node in plan(given_).nodes if node.kind is Kind.SKILL and node.skill}
    needed = {basis for skill in planned for basis in SKILLS[skill].needs}
    assert planned <= given_.asks.keys() | needed


@given(roles, people)
def test_who_starts_a_skill_from_nothing_first_gets_its_basis(role, levels):
    given_ = inputs(role, levels)
    planned = {n.skill: n.level for n in plan(given_).nodes if n.kind is Kind.SKILL and n.skill}
    for skill in planned:
        # To know of something nobody needs its basis.
        if levels.get(skill, 0) < 1 and planned[skill] >= BASIS:
            for basis in SKILLS[skill].needs:
                assert max(planned.get(basis, 0), levels.get(basis, 0)) > BASIS - 0.5


@given(roles, people)
def test_it_has_at_most_two_projects_one_certificate_and_a_milestone_a_phase(role, levels):
    made = plan(inputs(role, levels))
    kinds = [node.kind for node in made.nodes]
    assert kinds.count(Kind.PROJECT) <= 2
    assert kinds.count(Kind.CERTIFICATE) <= 1
    assert kinds.count(Kind.MILESTONE) == made.phases <= 4
    assert made.nodes[-1].kind is Kind.MILESTONE


@given(roles, people)
def test_the_order_in_which_facts_arrive_does_not_matter(role, levels):
    one = inputs(role, levels)
    other = replace(
        one,
        asks=dict(reversed(one.asks.items())),
        levels=dict(reversed(levels.items())),
        skills=dict(reversed(one.skills.items())),
    )
    assert plan(one) == plan(other)


@given(roles, people, st.data())
def test_a_higher_level_never_makes_the_way_longer(role, levels, data):
    skill = data.draw(st.sampled_from(sorted(inputs(role).asks)))
    more = levels | {skill: max(levels.get(skill, 0), data.draw(QUARTERS))}
    assert skill_hours(role, more) <= skill_hours(role, levels)


def skill_hours(role, levels):
    return sum(n.hours for n in plan(inputs(role, levels)).nodes if n.kind is Kind.SKILL)


@pytest.mark.parametrize("role", TAXONOMY.roles, ids=lambda role: role.slug)
def test_every_role_can_be_planned_from_nothing(role):
    made = plan(inputs(role))
    assert 3 <= made.phases <= 4
    assert all(0 < node.hours <= 400 for node in made.nodes if node.kind is not Kind.MILESTONE)
    assert all(node.resources for node in made.nodes if node.kind is Kind.SKILL)


def test_who_is_at_level_in_everything_has_nothing_but_the_goal():
    role = TAXONOMY.roles[0]
    made = plan(inputs(role, {IDS[slug]: float(level) for slug, (level, _) in role.requires.items()}))
    assert [node.kind for node in made.nodes] == [Kind.MILESTONE]


def test_hours_count_only_the_part_of_a_level_that_is_missing():
    role = next(r for r in TAXONOMY.roles if r.slug == "senior-data-engineer")
    half = plan(inputs(role, {IDS["sql"]: 2.5}))
    node = next(n for n in half.nodes if n.skill == IDS["sql"])
    assert node.hours == pytest.approx(1.5 * SKILLS[IDS["sql"]].hours, abs=2.5)


def test_a_circle_in_the_map_is_refused():
    a, b = UUID(int=1), UUID(int=2)
    skills = {a: SkillFact(a, "a", "A", 10, (b,)), b: SkillFact(b, "b", "B", 10, (a,))}
    with pytest.raises(ValueError, match="wait for each other"):
        plan(Inputs("role", {a: Ask(3, 3)}, skills, {}))
