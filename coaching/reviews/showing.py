"""One review as its reviewer sees it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerforge.assistant import reviewing
from careerforge.assistant.models import Review
from careerforge.assistant.reviewing import deadline, reasons, reviewers, targets, texts
from careerforge.assistant.reviewing.assigning import Assigned
from careerforge.assistant.reviewing.targets import Shown
from careerforge.assistant.reviewing.texts import Texts
from careerforge.people.models import User
from coaching.reviews import listing


@dataclass(frozen=True)
class View:
    """What one reviewer has said."""

    who: str
    verdict: str
    verdict_name: str
    reason: str
    text: str
    at: datetime
    own: bool
    # It came after the decision.
    late: bool


@dataclass(frozen=True)
class Page:
    """Everything on the page of one review.

    Attributes:
        shown: the draft; None when it is gone, or closed to this coach.
        is_inside: the coach is in the person's coaching room, where the texts are sealed.
        why_not: why this coach may not decide it; empty when they may.
        ended: what became of it; empty while it waits.
        due: until when, in words.
        second: there is another coach who could look too.
    """

    what: str
    handle: str
    pseudo_id: str
    why: tuple[str, ...]
    assigned: str
    shown: Shown | None
    is_inside: bool
    views: tuple[View, ...]
    why_not: str
    ended: str
    due: str
    soon: bool
    second: bool

    @property
    def split(self) -> bool:
        """Whether two reviewers have said yes and no."""
        return len({view.verdict == "reject" for view in self.views}) > 1

    @property
    def own(self) -> str:
        """What this coach has said so far; empty for nothing."""
        return next((view.verdict_name for view in self.views if view.own), "")

    @property
    def may_decide(self) -> bool:
        """Whether the form is there."""
        return bool(self.shown and not self.why_not and not self.ended)


def page(review: Review, coach: User, now: datetime) -> Page:
    """The page for one of the person's coaches. The caller has checked that they are one."""
    target = targets.registered().get(review.target_kind)
    room = texts.entered(review.subject, coach)
    others = reviewers.reviewers(review.subject, now.date()) if review.is_open else []
    own = [one for one in others if one.user.pk == coach.pk]
    return Page(
        what=listing.name_of(review),
        handle=review.subject.profile.coaching_handle,
        pseudo_id=review.subject.profile.pseudo_id,
        why=tuple(reasons.words(review.why)),
        assigned=listing.assigned_to(review, coach),
        shown=target.draft(review, coach) if target and room else None,
        is_inside=room is not None,
        views=_views(review, coach, room) if room else (),
        why_not=_why_not(review, coach, now, is_reviewer=bool(own)),
        ended=reviewing.sentence(review),
        due=deadline.in_words(review.due_at, "j M"),
        soon=review.is_open and review.due_at <= now + listing.SOON,
        second=len(others) > len(own) and not review.needs_two,
    )


def _why_not(review: Review, coach: User, now: datetime, *, is_reviewer: bool) -> str:
    if not review.is_open:
        return ""
    if review.due_at <= now:
        return _("The time to decide is over. It lapses within minutes, and the version by rules stays.")
    if review.is_high_stakes and review.asked_by_id == coach.pk:
        return _("You asked for this. Another coach of this person has to decide.")
    return (
        "" if is_reviewer else _("You are in one reporting line with this person, so another coach decides.")
    )


def _views(review: Review, coach: User, room: Texts) -> tuple[View, ...]:
    return tuple(
        View(
            who=_("You") if one.reviewer_id == coach.pk else _("Another coach"),
            own=one.reviewer_id == coach.pk,
            verdict=one.verdict,
            verdict_name=one.get_verdict_display(),
            reason=room.reason(one),
            text=room.edited(one),
            at=one.given_at,
            late=bool(review.ended_at and one.given_at > review.ended_at),
        )
        for one in review.opinions.all()
    )


def taken(found: Assigned, *, chosen: bool) -> str:
    """What became of a wish to take reviews over, in words."""
    if not chosen:
        return _("Choose at least one review first.")
    said = [
        ngettext("%(n)s review is on your list now.", "%(n)s reviews are on your list now.", found.taken)
        % {"n": found.taken}
    ]
    if found.over:
        said.append(
            _("%(n)s stay where they are: %(most)s open reviews are the most for one reviewer.")
            % {"n": found.over, "most": found.most}
        )
    if found.not_theirs:
        said.append(
            _("%(n)s were left out: they have ended, or another coach has to decide.")
            % {"n": found.not_theirs}
        )
    return " ".join(said)
