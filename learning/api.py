from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from ninja.errors import HttpError

from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.people import access, scopes
from careerforge.people.api_auth import requires_scope
from careerforge.people.models import User
from careerforge.skills.models import Role
from learning.gaps.answers import gap_of, suggestions_of
from learning.models import Step
from learning.paths import doing, path, progress
from learning.paths.path_answer import path_of
from learning.roles import suggestions
from learning.shapes import LearningPathOut, RoleSuggestionsOut, SkillGapOut
from learning.words import drafts
from learning.words.limits import Reached

router = Router(tags=["learning"])
EMPLOYEE = access.Kind.EMPLOYEE
read_path = requires_scope(scopes.PATH_READ, kind=EMPLOYEE)
write_path = requires_scope(scopes.PATH_WRITE, kind=EMPLOYEE)
read_skills = requires_scope(scopes.SKILLS_READ, kind=EMPLOYEE)
write_skills = requires_scope(scopes.SKILLS_WRITE, kind=EMPLOYEE)


class StatusIn(Schema):
    """What to make of a step. Skipping needs a reason: known, not_relevant, no_time or other_way.

    ``anyway`` begins a step before the steps that it needs; done it is only after them.
    """

    status: Literal["todo", "in_progress", "done", "skipped"]
    reason: Literal["", "known", "not_relevant", "no_time", "other_way"] = ""
    anyway: bool = False


class StatusOut(Schema):
    """The step afterwards."""

    id: UUID
    status: str
    reason: str


class RefreshIn(Schema):
    """``words``: not only by rules, but in a model's words, for your coach to look at."""

    words: bool = False


class TaskRef(Schema):
    """Work that was queued; ask for it at ``tasks/{task_id}``."""

    task_id: UUID


class TooMuch(HttpError):
    """A limit is reached: 429, with the seconds to wait."""

    def __init__(self, limit: Reached, now: datetime) -> None:
        super().__init__(429, limit.sentence)
        self.headers = {"Retry-After": str(limit.seconds(now))}


def _person(request: HttpRequest) -> User:
    person: User = request.user  # type: ignore[assignment]
    return person


def _accepted(run: JobRun) -> Status[TaskRef]:
    return Status(202, TaskRef(task_id=run.id))


@router.get("learning-path", response=LearningPathOut, auth=read_path)
def learning_path(request: HttpRequest) -> LearningPathOut:
    """Your path as it is stored; with nothing stored, what the rules would make."""
    return path_of(_person(request), timezone.now())


@router.patch("learning-path/nodes/{uuid:node_id}", response=StatusOut, auth=write_path)
def change_node(request: HttpRequest, node_id: UUID, data: StatusIn) -> StatusOut:
    """Start, finish, skip or reopen a step of your path."""
    person, now = _person(request), timezone.now()
    step = progress.find(person, node_id)
    if step is None and path.current(person) is None and path.ensure(person, now):
        # The id came from a path that the rules had made and nobody had stored.
        step = progress.find(person, node_id)
    if step is None:
        raise Http404
    outcome = _move(person, step, data)
    if outcome.waits_for:
        raise HttpError(
            422, _("It needs other steps first: %(titles)s.") % {"titles": ", ".join(outcome.waits_for)}
        )
    if not outcome.allowed:
        raise HttpError(422, _("This step cannot become “%(status)s” now.") % {"status": data.status})
    return StatusOut(id=outcome.step.id, status=outcome.step.status, reason=outcome.step.skip_reason)


def _move(person: User, step: Step, data: StatusIn) -> progress.Outcome:
    if data.status == "skipped" and not data.reason:
        raise HttpError(422, _("Say why you skip this step."))
    acts = {"todo": doing.REOPEN, "in_progress": doing.START, "done": doing.FINISH, "skipped": doing.SKIP}
    return doing.do(person, step, acts[data.status], timezone.now(), reason=data.reason, anyway=data.anyway)


@router.post("learning-path/refresh", response={202: TaskRef}, auth=write_path)
def refresh_path(request: HttpRequest, data: RefreshIn | None = None) -> Status[TaskRef]:
    """Build your path again by rules, merged with what you have done; or have it put into a model's words.

    By rules it costs nothing and has no limit. In words it waits for your coach, and then for you. Where a
    limit is reached the answer is 429, with the seconds to wait.
    """
    person, now = _person(request), timezone.now()
    role = path.heading(person) or suggestions.first(person, now.date())
    if role is None:
        raise Http404
    if data is None or not data.words:
        return _accepted(suggestions.ask_for_path(person, role))
    run = drafts.ask(person, role, now)
    if isinstance(run, Reached):
        raise TooMuch(run, now)
    if run is None:
        raise HttpError(422, _("No model or no coach is free for it now. Your path stays as it is."))
    return _accepted(run)


@router.get("skill-gap", response=SkillGapOut, auth=read_skills)
def skill_gap(request: HttpRequest, role: str = "") -> SkillGapOut:
    """Your largest gaps to a role (slug or id), to your target if none is named."""
    person = _person(request)
    return gap_of(person, _role(role) if role else None, person)


def _role(text: str) -> Role:
    try:
        named = Role.objects.filter(pk=UUID(text))
    except ValueError:
        named = Role.objects.filter(slug=text[:80])
    found = named.filter(retired_at__isnull=True).first()
    if found is None:
        raise Http404
    return found


@router.post("skill-gap/refresh", response={202: TaskRef}, auth=write_skills)
def refresh_gap(request: HttpRequest) -> Status[TaskRef]:
    """Measure your readiness again."""
    person = str(_person(request).id)
    return _accepted(enqueue("learning.gap", key=person, asked_by=_person(request).id, person=person))


@router.get("role-suggestions", response=RoleSuggestionsOut, auth=read_skills)
def role_suggestions(request: HttpRequest) -> RoleSuggestionsOut:
    """The five roles that fit you best."""
    return suggestions_of(_person(request), timezone.now())


@router.post("role-suggestions/refresh", response={202: TaskRef}, auth=write_skills)
def refresh_suggestions(request: HttpRequest) -> Status[TaskRef]:
    """Score every role again, and store the best."""
    person = str(_person(request).id)
    return _accepted(enqueue("learning.suggest", key=person, asked_by=_person(request).id, person=person))


@router.post("role-suggestions/{uuid:suggestion_id}/accept", response={202: TaskRef}, auth=write_path)
def accept_suggestion(request: HttpRequest, suggestion_id: UUID) -> Status[TaskRef]:
    """Make a suggested role your target; the task builds the path to it."""
    accepted = suggestions.accept(_person(request), suggestion_id, timezone.now())
    if accepted is None:
        raise Http404
    return _accepted(accepted.run)
