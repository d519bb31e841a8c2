"""A reviewer's word, and what it does: one effect, however many say it at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careerforge.assistant.models import Opinion, Review
from careerforge.assistant.reviewing import deadline, lapsing, reviewers, targets, texts
from careerforge.assistant.reviewing.settling import settle
from careerforge.assistant.reviewing.submitting import end
from careerforge.governance import audit
from careerforge.people.models import Grant, User

Verdict = Opinion.Verdict
State = Review.State
STATES = {Verdict.APPROVE: State.APPROVED, Verdict.EDIT: State.EDITED, Verdict.REJECT: State.REJECTED}
LONGEST = 4_000


@dataclass(frozen=True)
class Word:
    """What a reviewer sends.

    Attributes:
        reason: why; needed to reject.
        text: the draft as the reviewer changed it.
        second: it shall count only when another reviewer agrees.
    """

    verdict: str
    reason: str = ""
    text: str = ""
    second: bool = False


@dataclass(frozen=True)
class Ended:
    """What became of it, in words for the reviewer.

    Attributes:
        done: their word was taken.
        sentence: what happened, and what it means.
        problems: what has to be put right first, one sentence each.
    """

    done: bool
    sentence: str
    problems: tuple[str, ...] = ()


def decide(review_id: UUID, by: User, word: Word, now: datetime) -> Ended:
    """Take one reviewer's word. The caller has checked that ``by`` coaches the person.

    The review's row is locked meanwhile: of two who decide at once the second is told what the first did, and
    their word is kept beside it.
    """
    with transaction.atomic():
        review = Review.objects.select_for_update(of=("self",)).select_related("subject").get(pk=review_id)
        if why_not := reviewers.why_not(review, by, now.date()):
            return Ended(False, why_not)
        if review.is_open and review.due_at <= now:
            lapsing.lapse(review, now)
        if not review.is_open:
            return _too_late(review, by, word, now)
        texts.enter(review.subject, by)
        if targets.registered()[review.target_kind].draft(review, by) is None:
            end(review, State.WITHDRAWN, now)
            return Ended(False, sentence(review))
        problems = _problems(review, by, word)
        if problems:
            return Ended(False, _("Nothing is decided yet."), problems)
        return _take(review, by, word, now)


def _problems(review: Review, by: User, word: Word) -> tuple[str, ...]:
    """What stands against a word, before it is taken."""
    if word.verdict == Verdict.REJECT and not word.reason.strip():
        return (_("Say why you reject it: one sentence is enough."),)
    if word.verdict != Verdict.EDIT:
        return ()
    if not word.text.strip():
        return (_("The changed text is empty. To show nothing of it, reject it."),)
    return tuple(targets.registered()[review.target_kind].check(review, word.text, by))


def _take(review: Review, by: User, word: Word, now: datetime) -> Ended:
    _keep(review, by, word, now)
    if word.second and not review.needs_two:
        review.needs_two = True
        review.assigned_to = _other(review, by, now) or review.assigned_to
    opinions = list(review.opinions.all())
    found = settle(opinions, needs_two=review.needs_two)
    if not found.verdict:
        review.state = State.SPLIT if found.split else State.WAITING
        review.save(update_fields=["state", "needs_two", "assigned_to"])
        said = _("You and another reviewer disagree. Both views are shown below, and nothing is done.")
        return Ended(True, said if found.split else _("Noted. It counts when a second coach agrees."))
    _apply(review, found.verdict, opinions, by, now)
    return Ended(True, sentence(review))


def _keep(review: Review, by: User, word: Word, now: datetime) -> None:
    """Write down what one reviewer said, in place of what they said before."""
    room = texts.enter(review.subject, by)
    review.opinions.filter(reviewer=by).delete()
    said = Opinion(review=review, reviewer=by, verdict=word.verdict, given_at=now)
    said.sealed_reason = room.seal(said.id, "reason", word.reason.strip()) if word.reason.strip() else None
    said.sealed_text = room.seal(said.id, "text", word.text) if word.verdict == Verdict.EDIT else None
    said.save(force_insert=True)
    audit.record(
        by,
        "review.judged",
        subject=review.subject_id,
        target=review,
        actor_kind=Grant.Kind.COACH,
        verdict=word.verdict,
    )


def _apply(review: Review, verdict: str, opinions: Sequence[Opinion], by: User, now: datetime) -> None:
    """The one effect of a review."""
    target = targets.registered()[review.target_kind]
    if verdict == Verdict.APPROVE:
        target.approve(review, by, now)
    elif verdict == Verdict.EDIT:
        changed = [one for one in opinions if one.verdict == Verdict.EDIT][-1]
        target.edit(review, texts.enter(review.subject, by).edited(changed), by, now)
    else:
        target.reject(review, by, now)
    end(review, STATES[Verdict(verdict)], now)
    audit.record(
        by, f"review.{review.state}", subject=review.subject_id, target=review, actor_kind=Grant.Kind.COACH
    )


def _too_late(review: Review, by: User, word: Word, now: datetime) -> Ended:
    """It has ended meanwhile. The same word again is no news; another one is kept beside the decision."""
    own = review.opinions.filter(reviewer=by).first()
    if own and own.verdict == word.verdict:
        return Ended(True, sentence(review))
    said = sentence(review)
    if review.state in STATES.values() and own is None and not _problems(review, by, word):
        _keep(review, by, word, now)
        said += " " + _("What you have written is kept beside it.")
    return Ended(False, said)


def _other(review: Review, by: User, now: datetime) -> User | None:
    """Another reviewer, who gets it next."""
    for one in reviewers.reviewers(review.subject, now.date()):
        if one.user.pk != by.pk and not (review.is_high_stakes and one.user.pk == review.asked_by_id):
            return one.user
    return None


def sentence(review: Review) -> str:
    """What became of a review, in words for a coach."""
    if review.ended_at is None:
        return ""
    words = (_offered() if _is_offered(review) else _shown()) | {
        State.REJECTED: _("Rejected on %(when)s. The version by rules stays."),
        State.LAPSED: _("Nobody decided by %(when)s, so it lapsed. The version by rules stays."),
        State.WITHDRAWN: _("Withdrawn on %(when)s: what it was about is gone or has changed."),
    }
    ended = date_format(timezone.localtime(review.ended_at), "j M Y, H:i")
    when = deadline.in_words(review.due_at) if review.state == State.LAPSED else ended
    return words[State(review.state)] % {"when": when}


def _is_offered(review: Review) -> bool:
    target = targets.registered().get(review.target_kind)
    return target is not None and target.is_offered


def _shown() -> dict[State, str]:
    return {
        State.APPROVED: _("Approved on %(when)s. The model’s version is what is shown."),
        State.EDITED: _("Approved with changes on %(when)s. The changed version is what is shown."),
    }


def _offered() -> dict[State, str]:
    """Nothing has changed yet for the person: they look at each line and say yes or no."""
    return {
        State.APPROVED: _(
            "Approved on %(when)s. The model’s version is offered to the person, who takes it line by line "
            "or leaves it; until then nothing of their path changes."
        ),
        State.EDITED: _(
            "Approved with changes on %(when)s. The changed version is offered to the person, who takes it "
            "line by line or leaves it; until then nothing of their path changes."
        ),
    }
