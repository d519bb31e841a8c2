"""Where a path in a model's words stands, for the person: who has it, until when, what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from careerforge.assistant import reviewing
from careerforge.assistant.models import Opinion, Review
from careerforge.assistant.reviewing import deadline, texts
from careerforge.jobs.models import JobRun
from careerforge.people.models import User
from careerforge.skills.models import Role
from learning.models import Path, PathDraft
from learning.words import drafts

# So long a page says what became of it.
NEWS = timedelta(days=14)
State = PathDraft.State
Run = JobRun.State
RUN = ("id", "state", "error", "created_at", "finished_at")
DRAFT = ("id", "state", "made_at", "ended_at")


@dataclass(frozen=True)
class News:
    """One piece of news.

    Attributes:
        kind: writing, failed, or a state of a draft.
        sentence: in the second person, with its date.
        reason: why a coach said no, in their words.
        run: of the job, while a model writes.
        draft: its id, once there is one.
    """

    kind: str
    sentence: str
    reason: str = ""
    run: UUID | None = None
    draft: UUID | None = None

    @property
    def may_retry(self) -> bool:
        """Whether it ended without a path in words."""
        return self.kind in ("failed", State.REJECTED, State.LAPSED)


def latest(person: User, role: Role, now: datetime) -> News | None:
    """The newest about the path to a role: one query, and two more to open a coach's reason."""
    runs = JobRun.objects.filter(dedup_key=drafts.dedup_key(person, role)).order_by("-created_at")
    told = PathDraft.objects.filter(path=OuterRef("pk")).order_by("-made_at")
    found = (
        Path.objects.filter(user=person, role=role)
        .annotate(
            run=Subquery(runs.values(told=JSONObject(**{name: name for name in RUN}))[:1]),
            draft=Subquery(told.values(told=JSONObject(**{name: name for name in DRAFT}))[:1]),
            review=Subquery(told.annotate(review=reviewing.beside(drafts.TARGET)).values("review")[:1]),
        )
        .values_list("run", "draft", "review")
        .first()
    )
    if found is None:
        return None
    run, draft, review = (_dated(one) for one in found)
    if run and (not draft or run["created_at"] > draft["made_at"]) and (news := _of_run(run, now)):
        return news
    return _of_draft(draft, review, person, now) if draft else None


def _dated(told: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a query gave as JSON, with its times."""
    return {
        name: datetime.fromisoformat(value) if value and name.endswith("_at") else value
        for name, value in (told or {}).items()
    }


def _of_run(run: Mapping[str, Any], now: datetime) -> News | None:
    if run["state"] in (Run.QUEUED, Run.RUNNING):
        told = _("A model has been asked for your path in its words since %(when)s.")
        return News("writing", told % {"when": _date(run["created_at"])}, run=UUID(run["id"]))
    ended = run["finished_at"]
    if run["state"] != Run.FAILED or ended is None or ended < now - NEWS:
        return None
    told = _("There is no path in a model’s words from %(when)s: %(why)s")
    return News("failed", told % {"when": _date(ended), "why": run["error"]})


def _of_draft(
    draft: Mapping[str, Any], review: Mapping[str, Any], person: User, now: datetime
) -> News | None:
    state, ended = State(draft["state"]), draft["ended_at"]
    if ended and ended < now - NEWS and state is not State.OFFERED:
        return None
    sentence = _sentence(state, review.get("state", ""))
    if not sentence:
        return None
    dates = {
        "made": _date(draft["made_at"]),
        "due": deadline.in_words(review["due_at"] if review else draft["made_at"]),
        "when": _date(ended or draft["made_at"]),
    }
    reason = _reason(UUID(review["id"]), person) if review and state is State.REJECTED else ""
    return News(state.value, sentence % dates, reason, draft=UUID(draft["id"]))


def _sentence(state: PathDraft.State, review: str) -> str:
    """In words; empty for what the page says otherwise, or not at all."""
    if state is State.OFFERED and review == Review.State.EDITED:
        return _(
            "Your coach changed and approved a model’s version on %(when)s. It is yours to take or leave."
        )
    if state is State.WAITING and review == Review.State.SPLIT:
        return _("Two coaches do not agree on a model’s version. It is settled by %(due)s.")
    words = {
        State.WAITING: _("A model’s version of %(made)s waits for your coach, until %(due)s at the latest."),
        State.OFFERED: _("Your coach approved a model’s version on %(when)s. It is yours to take or leave."),
        State.REJECTED: _("Your coach did not approve the model’s version, on %(when)s."),
        State.LAPSED: _("No coach looked at the model’s version by %(due)s, so it lapsed."),
        State.CANCELLED: _("You took back your wish for a model’s version on %(when)s."),
    }
    return words.get(state, "")


def _reason(review: UUID, person: User) -> str:
    """What the coach who said no last gave as a reason; the person is a member of their own room."""
    said = Opinion.objects.filter(review=review, verdict=Opinion.Verdict.REJECT).order_by("given_at").last()
    room = texts.entered(person, person) if said else None
    return room.reason(said) if room and said else ""


def _date(at: datetime) -> str:
    return date_format(localtime(at), "j M Y, H:i")
