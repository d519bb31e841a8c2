"""Paths in a model's words: asked for by the person, kept as drafts, decided by their coach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from careerforge.assistant import reviewing
from careerforge.assistant.frame import Written
from careerforge.assistant.outgoing import Outgoing
from careerforge.assistant.reviewing import reasons
from careerforge.assistant.schemas import ProposedPath
from careerforge.assistant.support import Line, Supported, is_low, supported
from careerforge.governance import audit
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.people.models import User
from careerforge.skills.models import Role
from learning.models import PathDraft, PathDraftStep, PathVersion
from learning.paths import path, versions
from learning.words import asking, checking, limits
from learning.words.limits import Reached
from learning.words.offering import Offer, Offered

# As reviews know it.
TARGET = "learning.draft"
JOB = "learning.word_path"
State = PathDraft.State


@dataclass(frozen=True)
class Step:
    """One step of an answer after the check; ``key`` of the planned node."""

    key: str
    title: str
    said: Supported
    resources: tuple[UUID, ...]


@dataclass(frozen=True)
class Checked:
    """An answer after the check of every sentence, with people put back."""

    summary: Supported
    steps: tuple[Step, ...]

    @property
    def every(self) -> int:
        """Sentences there were."""
        return sum(one.every for one in self._all)

    @property
    def kept(self) -> int:
        """Sentences that are supported."""
        return sum(one.kept for one in self._all)

    @property
    def struck(self) -> list[str]:
        """Sentences that are not."""
        return [text for one in self._all for text in one.struck]

    @property
    def _all(self) -> Sequence[Supported]:
        return (self.summary, *(step.said for step in self.steps))


def waiting(person: User, role: Role) -> PathDraft | None:
    """The draft of the path to a role that waits for a coach: one query."""
    return PathDraft.objects.filter(path__user=person, path__role=role, state=State.WAITING).first()


def may_ask(person: User, now: datetime) -> bool:
    """Whether a path in a model's words can be had: a model, and a coach with room to look at it."""
    return asking.may_be_asked(person, checking.FUNCTION) and reviewing.has_room(person, now, asked_by=person)


def ask(person: User, role: Role, now: datetime) -> JobRun | Reached | None:
    """Queue the writing of a path in a model's words.

    Returns:
        The job; which limit is reached; or None when nobody may write or look at it.
    """
    if not may_ask(person, now):
        return None
    if full := limits.reached(person, checking.FUNCTION, now):
        return full
    with transaction.atomic():
        audit.record(person, "path.words_asked", subject=person.id, target=role)
        return enqueue(
            JOB, key=_key(person, role), asked_by=person.id, person=str(person.id), role=str(role.id)
        )


def _key(person: User, role: Role) -> str:
    return f"{person.id}:{role.id}"


def dedup_key(person: User, role: Role) -> str:
    """By which the runs of the job are found again."""
    return f"{JOB}:{_key(person, role)}"


def checked(offer: Offer, parsed: ProposedPath, out: Outgoing) -> Checked:
    """Check every sentence of an answer against the lines of its step. Pure."""
    rows = {row.id: row.resource for row in offer.catalogue}
    every = [line for step in offer.by_id.values() for line in (Line(step.title), *step.lines)]
    titles = [step.title for step in offer.by_id.values()]
    lines = [*map(Line, offer.about), *every]
    summary = supported(parsed.summary, offer.target_role, lines, [*offer.about, *titles])
    steps = []
    for step in checking.ordered(offer, parsed):
        known = offer.by_id[step.id]
        title = f"{known.title}. {offer.target_role}"
        said = supported(step.description, title, known.lines, _own(known)[:1])
        chosen = tuple(rows[one] for one in step.resources if one in rows)
        steps.append(Step(known.key, out.back(known.title), _restored(said, out), chosen))
    return Checked(_restored(summary, out), tuple(steps))


def _own(step: Offered) -> list[str]:
    """Its lines that are no document's."""
    return [line.text for line in step.lines if line.chunk is None]


def _restored(said: Supported, out: Outgoing) -> Supported:
    struck = tuple(out.back(text) for text in said.struck)
    return Supported(out.back(said.text), struck, said.every, said.chunks)


def keep(
    person: User, role: Role, written: Written[ProposedPath], found: Checked, now: datetime
) -> PathDraft | None:
    """Keep an answer as a draft and hand it to a coach; None when none has room any more.

    A draft that waits already stays as it is.
    """
    with transaction.atomic():
        mine = versions.locked(person, role, now)
        waits = PathDraft.objects.filter(path=mine, state=State.WAITING).first()
        if waits:
            return waits
        draft = PathDraft.objects.create(
            path=mine,
            summary=found.summary.text,
            model=written.model[:80],
            prompt_version=written.prompt_version,
            call=written.call_id,
            checks=[*written.checks, "support"],
            agreed=bool(written.agreed),
            sentences=found.every,
            supported=found.kept,
            struck=found.struck,
            stands_on=sorted(found.summary.chunks),
            made_at=now,
        )
        PathDraftStep.objects.bulk_create(
            PathDraftStep(
                draft=draft,
                position=place,
                key=step.key,
                title=step.title[:200],
                description=step.said.text,
                resources=list(step.resources),
                stands_on=sorted(step.said.chunks),
            )
            for place, step in enumerate(found.steps, 1)
        )
        kind = reviewing.Kind.HIGH_STAKES
        if reviewing.submit(kind, person, TARGET, draft.id, _why(draft), person, now) is None:
            transaction.set_rollback(True)
            return None
        audit.record(person, "path.drafted", subject=person.id, target=draft, model=draft.model)
    return draft


def _why(draft: PathDraft) -> list[str]:
    why = [reasons.FIRST_PATH]
    if not draft.agreed:
        why.append(reasons.RUNS_DISAGREE)
    if is_low(draft.supported, draft.sentences):
        why.append(reasons.FEW_SUPPORTED)
    return why


def is_mine(person: User, draft_id: UUID) -> bool:
    """Whether there is such a draft of this person."""
    return PathDraft.objects.filter(pk=draft_id, path__user=person).exists()


def cancel(person: User, draft_id: UUID, now: datetime) -> bool:
    """The person does not want it any more; False when it does not wait."""
    with transaction.atomic():
        mine = PathDraft.objects.select_for_update().filter(path__user=person, state=State.WAITING)
        draft = mine.filter(pk=draft_id).first()
        if draft is None:
            return False
        end(draft, State.CANCELLED, now)
        reviewing.withdraw(TARGET, draft.id, now)
        audit.record(person, "path.draft_cancelled", subject=person.id, target=draft)
    return True


def offer(draft: PathDraft, now: datetime) -> None:
    """Approved: from now on it is the person's to take or leave; one before that they have not taken is left.

    Call it in the transaction of the decision.
    """
    PathDraft.objects.filter(path=draft.path, state=State.OFFERED).update(state=State.SET_ASIDE)
    end(draft, State.OFFERED, now)


def follow(draft: PathDraft, order: Sequence[str], worded: Sequence[str]) -> None:
    """From now on the path is built by this draft, as far as the person has taken it.

    Args:
        order: keys of steps.
        worded: those whose words and resources were taken.
    """
    followed = PathDraft.objects.filter(path=draft.path, state=State.APPROVED)
    followed.update(state=State.SET_ASIDE)
    draft.state, draft.order, draft.worded = State.APPROVED, list(order), list(worded)
    draft.save(update_fields=["state", "order", "worded"])


def decline(draft: PathDraft) -> None:
    """The person takes nothing of an approved draft."""
    PathDraft.objects.filter(pk=draft.pk, state=State.OFFERED).update(state=State.SET_ASIDE)


def end(draft: PathDraft, state: State, now: datetime) -> None:
    """Write down what became of a draft that waits."""
    PathDraft.objects.filter(pk=draft.pk, state=State.WAITING).update(state=state, ended_at=now)


def set_aside(person: User, role: Role, now: datetime) -> bool:
    """Follow no draft any more: the next version is built by rules alone. False when none was followed."""
    followed = PathDraft.objects.filter(path__user=person, path__role=role, state=State.APPROVED)
    return bool(followed.update(state=State.SET_ASIDE, ended_at=now))


def leave(person: User, role: Role, now: datetime) -> PathVersion | None:
    """The person goes back to the path by rules, built at once; None when it was that already."""
    with transaction.atomic():
        if not set_aside(person, role, now):
            return None
        version = path.build(person, role, now)
        audit.record(person, "path.words_left", subject=person.id, target=version)
    return version
