"""Real threads, each with a connection of its own, on committed rows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.utils import timezone

from careerforge.governance.models import AuditEvent
from careerforge.people.models import SkillClaim
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from learning.models import Step
from learning.paths import path, progress
from learning.roles import suggestions
from tests.cast import Cast


def at_once(times: int, organisation: Organisation, act: Callable[[], object]) -> None:
    """Do the same act in many transactions at the same time."""

    def one(_n: int) -> None:
        with context.organisation(organisation.id):
            act()
        connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        list(pool.map(one, range(times)))


def test_finishing_and_reopening_at_once_leaves_no_claim_that_nobody_can_take_back(
    people: Cast, committed: Organisation
) -> None:
    with context.organisation(committed.id):
        path.ensure(people.owner, timezone.now())
        before = SkillClaim.objects.filter(user=people.owner, withdrawn_at=None).count()
        step = Step.objects.filter(user=people.owner, type="skill").first()
    assert step is not None

    def finish_and_reopen() -> None:
        mine = progress.find(people.owner, step.pk)
        assert mine is not None
        progress.finish(people.owner, mine, timezone.now())
        progress.reopen(people.owner, mine, timezone.now())

    for _ in range(4):
        at_once(6, committed, finish_and_reopen)
    with context.organisation(committed.id):
        step.refresh_from_db()
        standing = SkillClaim.objects.filter(user=people.owner, withdrawn_at=None).count() - before
        assert standing == (1 if step.status == Step.Status.DONE else 0)


def test_accepting_a_role_many_times_at_once_is_one_choice(people: Cast, committed: Organisation) -> None:
    with context.organisation(committed.id):
        offered = suggestions.suggest(people.owner, timezone.localdate())[0]
    at_once(8, committed, lambda: suggestions.accept(people.owner, offered.id, timezone.now()))
    with context.organisation(committed.id):
        assert AuditEvent.objects.filter(act="suggestion.accepted").count() == 1
