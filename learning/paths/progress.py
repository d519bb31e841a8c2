"""Doing the path: start, finish, skip, reopen. Each is one conditional update with its audit row.

Finishing a step is evidence: it adds a claim dated today, which is what it is, the person's own word that the
work is done. A course, a certificate or a coach that confirms it is a claim of its own and counts for more.
Taking the finish back withdraws the claim.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from careerforge.governance import audit
from careerforge.people import identity
from careerforge.people.models import Evidence, SkillClaim, User
from careerforge.skills.levels import BELIEVED
from learning.gaps import daily
from learning.models import Step
from learning.roles import target

Status = Step.Status

OWN_WORD = SkillClaim.Source.SELF


@dataclass(frozen=True)
class Outcome:
    """The step after the act. ``changed`` is False when there was nothing to change, or it may not be.

    ``waits_for`` are the titles of the steps that have to come first, if they are why it was refused.
    """

    step: Step
    changed: bool
    allowed: bool = True
    waits_for: tuple[str, ...] = ()


def find(person: User, step_id: UUID) -> Step | None:
    """A step of this person; anybody else's does not exist."""
    return Step.objects.filter(user=person, pk=step_id).select_related("skill", "resource").first()


def start(person: User, step: Step, now: datetime) -> Outcome:
    """Begin a step. Whether it may begin before what it needs is for ``learning.doing`` to say."""
    return _move(
        person,
        step,
        (Status.TODO, Status.SKIPPED),
        Status.IN_PROGRESS,
        "path.node_started",
        started_at=now,
    )


def finish(person: User, step: Step, now: datetime) -> Outcome:
    """Mark a step done and add the claim that follows from it."""
    outcome = _move(
        person, step, (Status.TODO, Status.IN_PROGRESS), Status.DONE, "path.node_done", ended_at=now
    )
    if outcome.changed:
        _claim(person, outcome.step, now)
        daily.today(person, now.date())
    return outcome


def skip(person: User, step: Step, reason: str, now: datetime) -> Outcome:
    """Leave a step out, with one of the reasons of ``Step.SkipReason``.

    Raises:
        ValueError: no such reason.
    """
    return _move(
        person,
        step,
        (Status.TODO, Status.IN_PROGRESS),
        Status.SKIPPED,
        "path.node_skipped",
        ended_at=now,
        skip_reason=Step.SkipReason(reason).value,
    )


def reopen(person: User, step: Step, now: datetime) -> Outcome:
    """Put a step back to do: undoes a start, a skip or a finish."""
    # Held, and looked at again: two clicks at once undo one finish, and leave no claim behind.
    step = Step.objects.select_for_update().get(pk=step.pk, user=person)
    was_done = step.status == Status.DONE
    claim_id = _claim_id(step)
    open_to = (Status.IN_PROGRESS, Status.SKIPPED, Status.DONE)
    outcome = _move(person, step, open_to, Status.TODO, "path.node_reopened", started_at=None, ended_at=None)
    if outcome.changed and was_done:
        SkillClaim.objects.filter(pk=claim_id, withdrawn_at__isnull=True).update(withdrawn_at=now)
        daily.today(person, now.date())
    return outcome


def _move(
    person: User,
    step: Step,
    from_: tuple[Status, ...],
    to: Status,
    act: str,
    **values: Any,
) -> Outcome:
    """Change the status if it is still one of ``from_``; a milestone is reached, not done."""
    if step.type == Step.Type.MILESTONE:
        return Outcome(step, changed=False, allowed=False)
    values = {"skip_reason": "", **values, "status": to}
    rows = Step.objects.filter(pk=step.pk, user=person, status__in=from_)
    if step.status == Status.DONE:
        # The finish that is undone is the one that was looked at.
        rows = rows.filter(ended_at=step.ended_at)
    changed = rows.update(**values) == 1
    step.refresh_from_db(fields=["status", "skip_reason", "started_at", "ended_at"])
    if changed:
        target.touch(person)
        audit.record(person, act, subject=person.id, target=step, reason=step.skip_reason)
    return Outcome(step, changed, allowed=changed or step.status == to)


def _claim_id(step: Step) -> UUID:
    return uuid5(step.id, f"finished:{step.ended_at.isoformat() if step.ended_at else ''}")


def claims_of(done: Iterable[Step]) -> set[UUID]:
    """Ids of the claims that finished steps have made. Pure."""
    return {_claim_id(step) for step in done}


def _claim(person: User, step: Step, now: datetime) -> None:
    if step.skill is None or step.level is None:
        return
    claim = SkillClaim.objects.create(
        id=_claim_id(step),
        user=person,
        skill=step.skill,
        source=OWN_WORD,
        level=step.level,
        confidence=BELIEVED[OWN_WORD.value],
        evidence_on=now.date(),
    )
    evidence = Evidence(claim=claim, kind=Evidence.Kind.STATEMENT, dated_on=now.date())
    evidence.sealed_line = identity.seal_line(person, evidence.id, "line", _line(step))
    evidence.save(force_insert=True)


def _line(step: Step) -> str:
    """What was finished, in words that name nobody."""
    texts = {
        Step.Type.SKILL: _("Finished the step %(title)s, to level %(level)s"),
        Step.Type.PROJECT: _("Finished the project “%(title)s”"),
        Step.Type.CERTIFICATE: _("Passed “%(title)s”; the certificate has not been seen yet"),
    }
    title = step.resource.title if step.resource else step.skill.name if step.skill else step.key
    return texts[Step.Type(step.type)] % {"title": title, "level": step.level}
