"""What an answer of the chat is to a thumb: the person's own, and its words stay in their private room."""

from uuid import UUID

from careerforge.assistant.feedback import Result
from careerforge.people import rooms
from careerforge.people.models import User
from coaching.chat import conversations, pieces
from coaching.chat.generation import State, open_piece, said
from coaching.models import Message

KIND = conversations.RATED


def find(user: User, pk: UUID) -> Result | None:
    """A complete answer of the person's own; None for anything else. Which question it was is not kept."""
    rows = Message.objects.select_related("generation", "conversation__room")
    found = rows.filter(
        pk=pk, conversation__owner=user, conversation__deleted_at=None, generation__state=State.DONE
    ).first()
    if found is None:
        return None
    room, made = found.conversation.room, found.generation
    key = rooms.key_for(room, user)
    told = pieces.told(open_piece(room, key, delta) for delta in made.deltas.order_by("number"))
    share = said(made, len(told.answer.sentences))
    return Result(made.model_used, made.prompt_version, room=(room, key), said=share)
