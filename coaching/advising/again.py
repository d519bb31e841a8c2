"""What may have changed while a model was thinking: looked up again before anything is stored."""

from django.http import Http404

from careerforge.gateway.models import FunctionSwitch
from careerforge.people import access, rooms
from careerforge.people.models import Grant, User
from coaching.advising.keeping import Seal
from coaching.advising.making import Asked
from coaching.advising.withholding import still_open
from coaching.advising.wording import FUNCTION, PASSAGES, Worded


def entered(asked: Asked) -> tuple[Asked, Seal]:
    """The same question as it would be asked now, and the room it belongs to.

    Raises:
        Http404: the coach does not look after this person any more, or is not in their room.
    """
    coach = User.objects.whole().filter(pk=asked.coach.pk, state=User.State.ACTIVE).first()
    if coach is None or Grant.Kind.COACH not in coach.kinds:
        raise Http404
    person = access.coachees(coach, asked.now.date()).filter(pk=asked.employee.pk).first()
    inside = rooms.entered(person, coach) if person else None
    if person is None or inside is None:
        raise Http404
    return Asked(coach, person, asked.question, asked.now), Seal(*inside)


def is_same(before: Asked, now: Asked, worded: Worded | None) -> bool:
    """Whether everything that an answer rests on is as it was, and the coach may read it still."""
    if before.versions != now.versions:
        return False
    told = {one.chunk_id for one in before.found.passages[:PASSAGES]} if worded else set()
    chunks = before.by_rules.chunks | told | (worded.answer.chunks if worded else set())
    return still_open(now.coach, chunks) == chunks


def may_be_worded(asked: Asked) -> bool:
    """Whether the company still lets a model word advice."""
    off = FunctionSwitch.objects.filter(function=FUNCTION, is_on=False)
    return asked.coach.organisation.model_allowed and not off.exists()
