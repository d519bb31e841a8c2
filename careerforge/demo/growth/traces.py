"""What months of use leave behind: audit events and job runs."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from careerforge.demo.growth.people import Joined, weighted
from careerforge.governance.models import AuditEvent
from careerforge.jobs.models import JobRun

EVENTS, RUNS = 50_000, 2_000
DAYS = 60
ACTS = {
    "person.viewed": 44,
    "path.node_started": 14,
    "path.node_done": 12,
    "path.node_skipped": 5,
    "path.built": 8,
    "target.chosen": 5,
    "suggestion.accepted": 3,
    "advice.asked": 9,
}
BY_COACH = ("person.viewed", "advice.asked")
JOBS = {
    "learning.build_path": 40,
    "learning.suggest": 25,
    "learning.gap": 15,
    "knowledge.index": 12,
    "connectors.sync": 8,
}
FAILED = 0.03


def leave(joined: Sequence[Joined], now: datetime, chance: random.Random) -> None:
    """Add events and runs up to the numbers of a company in its second month, oldest first."""
    people = [one for one in joined if not one.is_coach]
    coaches = [one for one in joined if one.is_coach]
    if people and coaches:
        _events(people, coaches, now, chance)
        _runs(people, now, chance)


def _moments(count: int, now: datetime, chance: random.Random) -> list[datetime]:
    return sorted(now - timedelta(seconds=chance.randrange(DAYS * 86_400)) for _ in range(max(count, 0)))


def _events(
    people: Sequence[Joined], coaches: Sequence[Joined], now: datetime, chance: random.Random
) -> None:
    rows = []
    for at in _moments(EVENTS - AuditEvent.objects.count(), now, chance):
        act, subject = weighted(ACTS, chance), chance.choice(people).user
        by_coach = act in BY_COACH
        rows.append(
            AuditEvent(
                at=at,
                actor=chance.choice(coaches).user.id if by_coach else subject.id,
                actor_kind="coach" if by_coach else "",
                act=act,
                subject=subject.id,
            )
        )
    AuditEvent.objects.bulk_create(rows, batch_size=5000)


def _runs(people: Sequence[Joined], now: datetime, chance: random.Random) -> None:
    moments = _moments(RUNS - JobRun.objects.count(), now, chance)
    rows = [_run(at, chance.choice(people), chance) for at in moments]
    JobRun.objects.bulk_create(rows, batch_size=1000)
    # Creating stamps the present; they were asked for then.
    for row, at in zip(rows, moments, strict=True):
        row.created_at = at
    JobRun.objects.bulk_update(rows, ["created_at"], batch_size=500)


def _run(at: datetime, person: Joined, chance: random.Random) -> JobRun:
    job, failed = weighted(JOBS, chance), chance.random() < FAILED
    ended = at + timedelta(seconds=chance.uniform(0.2, 40))
    return JobRun(
        job=job,
        dedup_key=f"{job}:{uuid4()}",
        arguments={"person": str(person.user.id)} if job.startswith("learning.") else {},
        state=JobRun.State.FAILED if failed else JobRun.State.DONE,
        attempt=3 if failed else 1,
        progress=chance.random() if failed else 1.0,
        error="The source did not answer in time." if failed else "",
        asked_by=person.user.id if job.startswith("learning.") else None,
        started_at=at,
        finished_at=ended,
        dead_at=ended if failed else None,
    )
