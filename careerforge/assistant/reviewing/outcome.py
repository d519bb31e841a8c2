"""What became of drafts, for who asked for them and for who they are about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careerforge.assistant.models import Review
from careerforge.assistant.reviewing import deadline
from careerforge.people.models import User

State = Review.State
# So long a page says what became of a draft.
NEWS = timedelta(days=14)


@dataclass(frozen=True)
class Outcome:
    """Where a draft stands.

    Attributes:
        state: of :class:`Review.State`.
        sentence: for the person it is about, in the second person.
    """

    review_id: UUID
    target_id: UUID
    state: str
    due_at: datetime
    sentence: str

    @property
    def waits(self) -> bool:
        """Whether nobody has decided yet."""
        return self.state in Review.OPEN


def latest(subject: User, target_kind: str, now: datetime) -> Outcome | None:
    """The newest draft of a kind about a person that waits, or ended in the last 14 days. One query."""
    found = Review.objects.filter(subject=subject, target_kind=target_kind).order_by("-submitted_at").first()
    if found is None or (found.ended_at and found.ended_at < now - NEWS):
        return None
    return _outcome(found)


def beside(target_kind: str) -> Subquery:
    """Where the draft of a row stands, to annotate rows with whose id is the target's: see :func:`read`."""
    newest = Review.objects.filter(target_kind=target_kind, target_id=OuterRef("pk")).order_by(
        "-submitted_at"
    )
    told = JSONObject(id="id", target_id="target_id", state="state", due_at="due_at", ended_at="ended_at")
    return Subquery(newest.values(told=told)[:1])


def read(told: Mapping[str, Any] | None) -> Outcome | None:
    """What :func:`beside` annotated; None where there was no draft."""
    if told is None:
        return None
    ended = told["ended_at"]
    return _outcome(
        Review(
            id=UUID(told["id"]),
            target_id=UUID(told["target_id"]),
            state=told["state"],
            due_at=datetime.fromisoformat(told["due_at"]),
            ended_at=datetime.fromisoformat(ended) if ended else None,
        )
    )


def _outcome(review: Review) -> Outcome:
    return Outcome(review.id, review.target_id, review.state, review.due_at, _sentence(review))


def _sentence(review: Review) -> str:
    words = {
        State.WAITING: _("A model’s version waits for a coach to look at it, until %(when)s at the latest."),
        State.SPLIT: _("A model’s version waits: two coaches do not agree on it. It is settled by %(when)s."),
        State.APPROVED: _("A coach approved the model’s version on %(when)s."),
        State.EDITED: _("A coach changed and approved the model’s version on %(when)s."),
        State.REJECTED: _("A coach did not approve the model’s version, so the one by rules stays."),
        State.LAPSED: _("No coach looked at the model’s version in time, so the one by rules stays."),
        State.WITHDRAWN: _("The model’s version was withdrawn, because what it was about has changed."),
    }
    ended = review.ended_at
    when = date_format(timezone.localtime(ended), "j M Y, H:i") if ended else deadline.in_words(review.due_at)
    return words[State(review.state)] % {"when": when}
