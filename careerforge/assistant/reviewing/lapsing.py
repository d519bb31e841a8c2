"""What nobody decided in time: the rules' result stays, and who asked is told."""

from datetime import datetime

from django.db import transaction

from careerforge.assistant.models import Review
from careerforge.assistant.reviewing import targets
from careerforge.assistant.reviewing.submitting import end
from careerforge.governance import audit

# In one transaction of the job; the next slice goes on.
SLICE = 100


def lapse_overdue(now: datetime) -> int:
    """Lapse a slice of what is overdue; how many there were. What somebody decides just now is theirs."""
    with transaction.atomic():
        overdue = Review.objects.open().filter(due_at__lte=now).select_for_update(skip_locked=True)
        found = list(overdue[:SLICE])
        for review in found:
            lapse(review, now)
    return len(found)


def lapse(review: Review, now: datetime) -> None:
    """Let one review lapse; the caller holds the row's lock."""
    if target := targets.registered().get(review.target_kind):
        target.lapse(review, now)
    end(review, Review.State.LAPSED, now)
    audit.record(None, "review.lapsed", subject=review.subject_id, target=review)
