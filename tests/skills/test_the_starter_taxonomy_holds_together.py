from collections import Counter

import pytest

from careerforge.skills import checks, starter

SENIOR = {
    "senior-data-engineer": ("batch-orchestration", "data-quality-testing"),
    "senior-backend-engineer": ("database-schema-design", "message-queues"),
    "senior-frontend-engineer": ("web-accessibility", "state-management"),
    "senior-android-developer": ("mobile-architecture", "offline-first-sync"),
    "senior-ios-developer": ("mobile-architecture", "offline-first-sync"),
    "senior-ml-engineer": ("model-evaluation", "model-serving"),
    "cloud-infrastructure-engineer": ("infrastructure-as-code", "observability"),
    "application-security-engineer": ("threat-modelling", "vulnerability-management"),
    "software-development-engineer-in-test": ("api-testing", "test-automation-architecture"),
    "it-project-manager": ("dependency-management", "risk-management"),
}


@pytest.fixture(scope="module")
def taxonomy():
    return starter.read()


def repeated(values):
    return [value for value, count in Counter(values).items() if count > 1]


def test_it_is_large_enough_to_start_with(taxonomy):
    assert len(taxonomy.practices) >= 9
    assert all([rung.level for rung in each.levels] == [1, 2, 3, 4, 5] for each in taxonomy.practices)
    assert len(taxonomy.roles) >= 60
    assert len(taxonomy.skills) >= 250
    assert len(taxonomy.resources) >= 300


def test_nothing_is_there_twice(taxonomy):
    for rows in (taxonomy.skills, taxonomy.roles, taxonomy.resources):
        assert repeated(row.slug for row in rows) == []
    assert repeated(resource.title.lower() for resource in taxonomy.resources) == []
    assert repeated(skill.summary for skill in taxonomy.skills) == []


def test_every_skill_that_is_named_exists(taxonomy):
    slugs = {skill.slug for skill in taxonomy.skills}
    named = {slug for skill in taxonomy.skills for slug in (*skill.prerequisites, *skill.related)}
    named |= {slug for role in taxonomy.roles for slug in role.requires}
    named |= {resource.skill for resource in taxonomy.resources}
    assert named <= slugs


def test_no_skill_builds_on_itself_by_any_road(taxonomy):
    assert checks.cycle({skill.slug: skill.prerequisites for skill in taxonomy.skills}) == ()


def test_every_required_skill_can_be_reached(taxonomy):
    assert checks.unreachable(taxonomy) == []


def test_there_is_something_to_learn_every_skill_with(taxonomy):
    assert {skill.slug for skill in taxonomy.skills} == {resource.skill for resource in taxonomy.resources}


def test_no_two_skills_mean_the_same(taxonomy):
    assert checks.same_meaning({s.slug: (s.name, *s.aliases) for s in taxonomy.skills}) == []


def test_an_alias_belongs_to_one_skill_and_a_title_to_one_role(taxonomy):
    assert repeated(a.lower() for s in taxonomy.skills for a in (s.name, *s.aliases)) == []
    assert repeated(a.lower() for r in taxonomy.roles for a in (r.title, *r.aliases)) == []


def test_no_two_roles_ask_for_the_same(taxonomy):
    assert repeated(tuple(sorted(role.requires)) for role in taxonomy.roles) == []


def test_levels_weights_hours_and_half_lives_are_in_range(taxonomy):
    asks = [pair for role in taxonomy.roles for pair in role.requires.values()]
    assert all(1 <= level <= 5 and 1 <= weight <= 5 for level, weight in asks)
    assert all(8 <= skill.hours <= 120 and 6 <= skill.half_life_months <= 72 for skill in taxonomy.skills)
    assert all(7 <= len(role.requires) <= 12 for role in taxonomy.roles)


def test_every_role_from_senior_on_asks_for_a_human_skill(taxonomy):
    shared = {skill.slug for skill in taxonomy.skills if not skill.practice}
    assert [r.slug for r in taxonomy.roles if r.level >= 3 and not shared & r.requires.keys()] == []


def test_every_practice_has_roles_from_junior_to_principal(taxonomy):
    for practice in taxonomy.practices:
        assert {r.level for r in taxonomy.roles if r.practice == practice.slug} == {1, 2, 3, 4, 5}


def test_hours_are_judged_skill_by_skill_and_not_by_a_template(taxonomy):
    judged = Counter((skill.hours, skill.half_life_months) for skill in taxonomy.skills)
    assert judged.most_common(1)[0][1] <= len(taxonomy.skills) * 0.05


def test_links_are_web_addresses(taxonomy):
    assert all(
        resource.url.startswith(("https://", "http://")) for resource in taxonomy.resources if resource.url
    )


@pytest.mark.parametrize(("slug", "skills"), SENIOR.items())
def test_a_senior_role_asks_for_what_the_ladder_says(taxonomy, slug, skills):
    role = next(role for role in taxonomy.roles if role.slug == slug)
    assert role.level == 3
    assert all(role.requires[skill][0] == 4 and role.requires[skill][1] >= 4 for skill in skills)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Data modelling", "data-modeling"),
        ("REST APIs", "rest api"),
        ("R&D", "r and d"),
        ("Unit tests", "unit test"),
    ],
)
def test_two_spellings_of_one_thing_have_one_normal_form(one, other):
    assert checks.normal_form(one) == checks.normal_form(other)


@pytest.mark.parametrize(
    ("one", "other"), [("C", "C++"), ("C#", "C"), ("Java", "JavaScript"), (".NET", "Net")]
)
def test_different_things_keep_different_normal_forms(one, other):
    assert checks.normal_form(one) != checks.normal_form(other)


def test_a_circle_is_found_and_named():
    assert checks.cycle({"a": ("b",), "b": ("c",), "c": ("a",)}) == ("a", "b", "c", "a")
