import pytest

from careerforge.governance.models import AuditEvent
from careerforge.jobs.models import JobRun
from careerforge.people.models import SkillClaim
from careerforge.skills import starter
from careerforge.skills.models import Role
from learning.models import RoleSuggestion
from learning.paths import path
from learning.roles import suggestions, target


@pytest.fixture
def found(owner, now):
    return suggestions.suggest(owner, now.date())


def test_the_role_held_now_and_lower_ones_are_left_out(found):
    assert {one.role.slug for one in found} == {"data-engineer", "senior-data-engineer", "backend-developer"}


def test_they_come_by_score_and_the_score_is_its_points(found):
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    for one in found:
        assert one.score == pytest.approx(sum(p.points for p in one.points) / 100, abs=1e-6)
        assert 0 <= one.score <= 1


def test_the_same_facts_give_the_same_list(found, owner, now):
    assert suggestions.suggest(owner, now.date()) == found


def test_the_nearest_change_raises_the_score_by_what_it_says(owner, taxonomy, found, now):
    one = found[0]
    SkillClaim.objects.filter(user=owner, skill=one.nearest.skill).delete()
    assert one.nearest.start == 0
    SkillClaim.objects.create(
        user=owner,
        skill=one.nearest.skill,
        source="coach",
        level=round(one.nearest.end),
        confidence=1,
        evidence_on=now.date(),
    )
    again = next(s for s in suggestions.suggest(owner, now.date()) if s.role == one.role)
    assert again.score - one.score == pytest.approx(one.nearest.gain, abs=1e-5)


def test_the_receipt_says_what_was_not_looked_at(found):
    assert {"salary goal", "gaps in employment"} <= set(found[0].receipt["left_out"])


def test_five_at_most_in_four_queries_with_every_starter_role(company, owner, now, django_assert_num_queries):
    starter.load()
    assert Role.objects.count() > 60
    with django_assert_num_queries(4):
        found = suggestions.suggest(owner, now.date())
    assert len(found) == 5


def test_looking_stores_nothing_and_the_id_is_the_same_once_stored(found, owner, now):
    assert not RoleSuggestion.objects.exists()
    suggestions.store(owner, found, now)
    assert {row.pk for row in RoleSuggestion.objects.all()} == {one.id for one in found}


def test_storing_again_replaces(found, owner, now):
    suggestions.store(owner, found, now)
    suggestions.store(owner, found[:1], now)
    assert [row.pk for row in RoleSuggestion.objects.all()] == [found[0].id]


def test_accepting_sets_the_target_and_queues_the_path_in_one_act(found, owner, now):
    accepted = suggestions.accept(owner, found[1].id, now)
    assert target.current(owner) == found[1].role
    run = JobRun.objects.get()
    assert (run.pk, run.job, run.arguments["role"]) == (
        accepted.run.pk,
        "learning.build_path",
        str(found[1].role.id),
    )
    assert AuditEvent.objects.filter(act__in=["suggestion.accepted", "target.chosen"]).count() == 2


def test_accepting_twice_queues_one_job(found, owner, now):
    first = suggestions.accept(owner, found[0].id, now)
    assert suggestions.accept(owner, found[0].id, now).run == first.run
    assert JobRun.objects.count() == 1


def test_a_suggestion_made_to_somebody_else_cannot_be_accepted(found, outsider, now):
    assert suggestions.accept(outsider, found[0].id, now) is None
    assert target.current(outsider) is None


def test_after_accepting_the_path_leads_to_the_new_role(found, owner, now):
    path.ensure(owner, now)
    suggestions.accept(owner, found[2].id, now)
    assert path.current(owner) is None
    assert path.ensure(owner, now).path.role == found[2].role
