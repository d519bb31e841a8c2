import pytest
from django.db import IntegrityError, transaction

from careerforge.governance.models import AuditEvent
from careerforge.people.models import SkillClaim
from learning import gap, path, progress, states
from learning.models import Step
from learning.states import State


def way(version, person):
    return states.way(path.nodes(version, person))


def stop(version, person, title):
    return next(s for s in way(version, person).stops if s.node.title == title)


def test_a_node_is_locked_until_what_it_needs_is_behind(version, owner, step_of, now):
    assert stop(version, owner, "ETL pipelines").state is State.LOCKED
    progress.skip(owner, step_of("python"), "known", now)
    assert stop(version, owner, "ETL pipelines").state is State.READY


def test_a_locked_node_may_be_started_and_still_says_what_it_builds_on(version, owner, step_of, now):
    assert progress.start(owner, step_of("etl-pipelines"), now).changed
    started = stop(version, owner, "ETL pipelines")
    assert started.state is State.IN_PROGRESS
    assert [node.title for node in started.waits_for] == ["Python"]


def test_finishing_moves_readiness_by_a_new_claim(owner, senior, step_of, now):
    before = gap.gap(owner, senior, now.date()).readiness
    progress.finish(owner, step_of("etl-pipelines"), now)
    claim = SkillClaim.objects.get(user=owner, skill__slug="etl-pipelines")
    assert (claim.source, claim.level, claim.evidence_on) == ("course", 4, now.date())
    assert claim.evidence.get().kind == "course"
    assert gap.gap(owner, senior, now.date()).readiness > before


def test_taking_a_finish_back_withdraws_its_claim_and_no_other(owner, senior, step_of, now):
    before = gap.gap(owner, senior, now.date()).readiness
    progress.finish(owner, step_of("python"), now)
    progress.reopen(owner, step_of("python"), now)
    assert step_of("python").status == "todo"
    assert SkillClaim.objects.filter(user=owner, withdrawn_at__isnull=True).count() == 2
    assert gap.gap(owner, senior, now.date()).readiness == before


def test_finishing_twice_makes_one_claim(owner, step_of, now):
    step = step_of("python")
    stale = step_of("python")
    assert progress.finish(owner, step, now).changed
    second = progress.finish(owner, stale, now)
    assert (second.changed, second.allowed) == (False, True)
    assert SkillClaim.objects.filter(user=owner, skill__slug="python", source="course").count() == 1


@pytest.mark.parametrize("act", ["start", "skip"])
def test_what_is_done_stays_done(owner, step_of, now, act):
    progress.finish(owner, step_of("python"), now)
    reason = ["no_time"] if act == "skip" else []
    outcome = getattr(progress, act)(owner, step_of("python"), *reason, now)
    assert not outcome.allowed
    assert step_of("python").status == "done"


def test_a_skip_needs_one_of_the_reasons(owner, step_of, now):
    with pytest.raises(ValueError, match="just because"):
        progress.skip(owner, step_of("python"), "just because", now)


def test_the_database_refuses_a_skip_without_a_reason(step_of):
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(pk=step_of("python").pk).update(status="skipped")


def test_a_milestone_is_reached_by_its_phase_and_not_by_a_click(version, owner, now):
    last = way(version, owner).stops[-1]
    assert last.state is State.LOCKED
    assert not progress.finish(owner, last.node.step, now).allowed
    for each in version.nodes.exclude(step__type="milestone"):
        progress.finish(owner, each.step, now)
    assert way(version, owner).stops[-1].state is State.DONE
    assert way(version, owner).share == 1


def test_nobody_moves_the_step_of_another(outsider, step_of, now):
    assert progress.find(outsider, step_of("python").pk) is None
    assert not progress.start(outsider, step_of("python"), now).changed


def test_the_next_step_is_what_is_under_way_then_what_is_ready(version, owner, step_of, now):
    first = way(version, owner)
    assert first.next.state is State.READY
    progress.start(owner, step_of("giving-feedback"), now)
    again = way(version, owner)
    assert (again.next.node.title, again.then.node.title) == ("Giving feedback", first.next.node.title)


def test_skipped_steps_count_in_no_sum(version, owner, step_of, now):
    before = way(version, owner)
    progress.skip(owner, step_of("giving-feedback"), "not_relevant", now)
    after = way(version, owner)
    assert (len(before.steps) - len(after.steps), before.hours > after.hours) == (1, True)


@pytest.mark.parametrize(
    ("act", "name"),
    [("start", "path.node_started"), ("finish", "path.node_done"), ("skip", "path.node_skipped")],
)
def test_each_act_is_one_audit_row(owner, step_of, now, act, name):
    reason = ["other_way"] if act == "skip" else []
    getattr(progress, act)(owner, step_of("python"), *reason, now)
    event = AuditEvent.objects.get(act=name)
    assert (event.actor, event.subject, event.reason) == (owner.id, owner.id, "".join(reason))


def test_an_act_makes_cached_answers_old(owner, step_of, profile_of, now):
    before = profile_of(owner).version
    progress.start(owner, step_of("python"), now)
    assert profile_of(owner).version > before
