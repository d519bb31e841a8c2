"""What coaches may rate with a thumb: the advice that they were given."""

import json
from uuid import UUID

from careerforge.assistant.feedback import Result
from careerforge.people import rooms
from careerforge.people.models import User
from coaching.advising.opened import said
from coaching.answers.answer import Answer
from coaching.models import Advice

KIND = "advice"


def find(user: User, advice_id: UUID) -> Result | None:
    """An advice that this coach has asked for and may still open; None for any other."""
    row = Advice.objects.filter(pk=advice_id, coach=user).select_related("employee").first()
    inside = rooms.entered(row.employee, user) if row else None
    if row is None or inside is None:
        return None
    room, key = inside
    question = rooms.open_text(room, key, row.id, "question", row.sealed_question)
    answer = Answer.from_json(json.loads(rooms.open_text(room, key, row.id, "answer", row.sealed_answer)))
    return Result(row.model_used, row.prompt_version, question, inside, said(answer))
