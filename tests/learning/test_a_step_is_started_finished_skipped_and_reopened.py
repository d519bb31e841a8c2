import pytest
from django.db import IntegrityError, transaction

from careerforge.governance.models import AuditEvent
from careerforge.people.models import SkillClaim
from careerforge.skills import levels
from learning.gaps import gap, inventory
from learning.models import Readiness, Step
from learning.paths import doing, path, progress, states
from learning.paths.states import State


def way(version, person):
    return states.way(path.nodes(version, person))


def stop(version, person, title):
    return next(s for s in way(version, person).stops if s.node.title == title)


def test_a_node_is_locked_until_what_it_needs_is_behind(version, owner, step_of, now):
    assert stop(version, owner, "ETL pipelines").state is State.LOCKED
    progress.skip(owner, step_of("python"), "known", now)
    assert stop(version, owner, "ETL pipelines").state is State.READY


def test_a_locked_step_is_neither_done_nor_begun_by_mistake(owner, step_of, now):
    for act in (doing.START, doing.FINISH):
        refused = doing.do(owner, step_of("etl-pipelines"), act, now)
        assert (refused.changed, refused.allowed, refused.waits_for) == (False, False, ("Python",))
    assert step_of("etl-pipelines").status == "todo"
    assert not SkillClaim.objects.filter(skill__slug="etl-pipelines").exists()


def test_begun_before_its_time_a_step_is_done_only_after_what_it_needs(owner, step_of, now):
    assert doing.do(owner, step_of("etl-pipelines"), doing.START, now, anyway=True).changed
    assert not doing.do(owner, step_of("etl-pipelines"), doing.FINISH, now, anyway=True).changed
    doing.do(owner, step_of("python"), doing.SKIP, now, reason="known")
    assert doing.do(owner, step_of("etl-pipelines"), doing.FINISH, now).changed


def test_what_was_begun_before_its_time_is_not_what_comes_next(version, owner, step_of, now):
    first = way(version, owner)
    doing.do(owner, step_of("etl-pipelines"), doing.START, now, anyway=True)
    again = way(version, owner)
    assert again.next == first.next


def test_whoever_has_begun_a_later_step_is_there_and_nowhere_else(version, owner, step_of, now):
    """One rule for the map and for what comes next, whatever order the path has."""
    progress.start(owner, step_of("giving-feedback"), now)
    found = way(version, owner)
    free = [s for s in found.stops if s.state in (State.READY, State.IN_PROGRESS)]
    assert found.next.node.step.skill.slug == "giving-feedback"
    assert found.next.node.phase > min(s.node.phase for s in free)


def test_the_last_milestone_needs_every_open_step(version, owner, step_of, now):
    found = way(version, owner)
    assert len(found.stops[-1].waits_for) == len(found.steps)
    progress.skip(owner, step_of("giving-feedback"), "no_time", now)
    assert len(way(version, owner).stops[-1].waits_for) == len(found.steps) - 1


def test_a_locked_node_that_was_started_still_says_what_it_builds_on(version, owner, step_of, now):
    assert progress.start(owner, step_of("etl-pipelines"), now).changed
    started = stop(version, owner, "ETL pipelines")
    assert started.state is State.IN_PROGRESS
    assert [node.title for node in started.waits_for] == ["Python"]


def test_finishing_moves_readiness_by_a_new_claim(owner, senior, step_of, now):
    before = gap.gap(owner, senior, now.date()).readiness
    progress.finish(owner, step_of("python"), now)
    assert gap.gap(owner, senior, now.date()).readiness > before


def test_a_finished_step_is_the_persons_own_word_and_says_so(owner, step_of, now):
    progress.finish(owner, step_of("etl-pipelines"), now)
    claim = SkillClaim.objects.get(user=owner, skill__slug="etl-pipelines")
    assert (claim.source, claim.level, claim.evidence_on) == ("self", 4, now.date())
    assert claim.confidence == levels.BELIEVED["self"]
    line = inventory.evidence_of(owner, [claim.skill_id])[claim.skill_id][0]
    assert (line.kind, line.glyph) == ("Own word", "user")
    assert line.line == "Finished the step ETL pipelines, to level 4"


def test_a_finished_step_is_no_gap_with_the_same_hours_again(owner, senior, step_of, now):
    progress.finish(owner, step_of("etl-pipelines"), now)
    found = gap.gap(owner, senior, now.date())
    row = next(row for row in found.rows if row.skill.slug == "etl-pipelines")
    assert (row.waiting, row.open, row.hours) == (True, False, 0)
    assert row.missing > 0
    assert row not in found.top()


def test_what_was_just_done_is_in_the_stored_figure_at_once(owner, senior, step_of, now):
    progress.finish(owner, step_of("python"), now)
    assert Readiness.objects.get(day=now.date()).score == gap.gap(owner, senior, now.date()).readiness
    progress.reopen(owner, step_of("python"), now)
    assert Readiness.objects.get(day=now.date()).score == gap.gap(owner, senior, now.date()).readiness


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
    assert SkillClaim.objects.filter(user=owner, skill__slug="python", level=4).count() == 1


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
