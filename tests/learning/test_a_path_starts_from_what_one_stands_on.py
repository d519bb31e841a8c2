from uuid import UUID

from careerforge.people.models import Position, SkillClaim
from careerforge.skills.models import Requirement
from learning.paths import grounds, path
from learning.paths.plan import Ask, Inputs, SkillFact
from learning.paths.planning import plan
from learning.roles import relevance

BASICS, MIDDLE, TOP = (UUID(int=n) for n in (1, 2, 3))
SKILLS = {
    BASICS: SkillFact(BASICS, "basics", "Basics", 80),
    MIDDLE: SkillFact(MIDDLE, "middle", "Middle", 40, (BASICS,)),
    TOP: SkillFact(TOP, "top", "Top", 40, (MIDDLE,)),
}


def planned(level, **more):
    made = plan(Inputs(role="x", asks={TOP: Ask(level, 3)}, skills=SKILLS, levels={}, **more))
    return {node.skill for node in made.nodes if node.kind == "skill"}


def test_to_know_of_something_nobody_learns_its_basis():
    assert planned(1) == {TOP}
    assert planned(2) == {TOP, MIDDLE, BASICS}


def test_what_one_stands_on_is_no_step():
    assert planned(3, ground=(BASICS, MIDDLE)) == {TOP}


def test_the_position_held_and_what_ones_skills_build_on_are_stood_on(owner, taxonomy, now):
    SkillClaim.objects.filter(user=owner).delete()
    Requirement.objects.filter(role=taxonomy.roles["data-analyst"], skill__slug="python").delete()
    role = taxonomy.roles["senior-data-engineer"]
    skills = taxonomy.skills
    assert set(grounds.read(owner, role, now.date()).inputs.ground) == {skills["sql"].id}
    Position.objects.all().delete()
    assert grounds.read(owner, role, now.date()).inputs.ground == ()
    SkillClaim.objects.create(
        user=owner,
        skill=skills["etl-pipelines"],
        source="coach",
        level=3,
        confidence=0.9,
        evidence_on=now.date(),
    )
    stands = set(grounds.read(owner, role, now.date()).inputs.ground)
    assert stands == {skills["sql"].id, skills["python"].id}


def test_what_the_role_asks_for_itself_is_still_a_step(owner, taxonomy, now):
    SkillClaim.objects.filter(user=owner).delete()
    draft = path.draft(owner, taxonomy.roles["senior-data-engineer"], now.date())
    assert "skill:sql:4" in {node.key for node in draft.plan.nodes}


FIELD = relevance.make(["Data", "Senior data engineer", "Data analyst"], ["Security", "Security analyst"])


def test_a_vacancy_of_the_field_is_told_from_others_by_its_title():
    assert FIELD.speaks_of("What adverts for data engineers ask for")
    assert FIELD.speaks_of("Junior Data Analyst (m/f/d), Veltrano")
    assert not FIELD.speaks_of("Security analyst, Solvantis")
    assert FIELD.is_foreign("Security analyst, Solvantis")
    assert not FIELD.is_foreign("Labour market report 2026")
