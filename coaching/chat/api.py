from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema, Status
from ninja.errors import HttpError
from pydantic import AfterValidator, Field

from careerforge.people import access, idempotency, rooms, scopes
from careerforge.people.api_auth import requires_scope
from careerforge.people.clock import time_zone
from careerforge.people.models import User
from coaching.advising.advice import form_key_of
from coaching.chat import asking, conversations, events, reading
from coaching.chat.limits import TooMuch
from coaching.forms import QUESTION_LIMIT
from coaching.questions.question import asked

router = Router(tags=["chat"])
own = requires_scope(scopes.CHAT, kind=access.Kind.EMPLOYEE)


class ConversationOut(Schema):
    """A conversation of the caller's own."""

    id: UUID
    messages_url: str


class ChatQuestion(Schema):
    """A question in a conversation."""

    question: Annotated[str, AfterValidator(asked)] = Field(
        min_length=1, max_length=QUESTION_LIMIT, pattern=r"\S"
    )


class Accepted(Schema):
    """A stored question; its answer comes over the stream, and is afterwards read at ``message_url``."""

    message_id: UUID
    events_url: str
    message_url: str


class ChatSource(Schema):
    """The span that a sentence rests on; ``url`` opens it."""

    number: int
    title: str
    detail: str
    date: str | None
    url: str
    quote: str


class ChatSentence(Schema):
    """One sentence and the numbers of its sources."""

    text: str
    sources: list[int]


class MessageOut(Schema):
    """A question with its answer so far. ``state``: queued, writing, done, stopped or incomplete."""

    id: UUID
    state: str
    question: str
    answer: str
    sentences: list[ChatSentence]
    sources: list[ChatSource]
    dont_know: bool
    # About the answer: why it is by rules, what was looked for and not found, or who can help instead.
    note: str
    contacts: list[str]
    struck: int
    withheld: int
    # Empty where a model's answer was stopped or broke off.
    model_used: str
    prompt_version: str
    generated_at: datetime | None
    confidence: str


class Refused(HttpError):
    """Not taken: 429 when a limit is reached, 503 when too many ask, 409 while an answer is being written."""

    def __init__(self, why: TooMuch, owner: User, now: datetime) -> None:
        with timezone.override(time_zone(owner)):
            super().__init__(why.status, why.for_programs)
        self.headers = {"Retry-After": str(why.seconds(now))}


@router.post("chat", response={201: ConversationOut}, auth=own)
def begin_chat(request: HttpRequest) -> Any:
    """Begin a conversation. It is the caller's alone."""
    owner: Any = request.user
    made = conversations.begin(owner, timezone.now())
    url = _url("ask_in_chat", conversation_id=made.pk)
    return Status(201, ConversationOut(id=made.pk, messages_url=url))


@router.post("chat/{uuid:conversation_id}/messages", response={202: Accepted}, auth=own)
def ask_in_chat(request: HttpRequest, conversation_id: UUID, data: ChatQuestion) -> Any:
    """Ask a question. The answer is written in the background and streamed at ``events_url``."""
    owner: Any = request.user
    now = timezone.now()
    found = conversations.of(owner, conversation_id)
    form_key = form_key_of(request.headers.get(idempotency.HEADER)) or uuid4()
    stored = asking.ask(owner, data.question.strip(), form_key, now, found, only_by_model=True)
    if isinstance(stored, TooMuch):
        raise Refused(stored, owner, now)
    message = stored.message.pk
    accepted = Accepted(
        message_id=message,
        events_url=_url("chat_events", message_id=message),
        message_url=_url("chat_message", message_id=message),
    )
    return Status(202, accepted)


@router.get("chat/messages/{uuid:message_id}", response=MessageOut, auth=own)
def chat_message(request: HttpRequest, message_id: UUID) -> MessageOut:
    """A question of the caller's own and its answer so far."""
    owner: Any = request.user
    message = conversations.message_of(owner, message_id)
    room = message.conversation.room
    key = rooms.key_for(room, owner)
    return _shown(reading.opened([message], room, key, owner, timezone.now())[0])


@router.get("chat/messages/{uuid:message_id}/events", auth=own)
def chat_events(request: HttpRequest, message_id: UUID) -> StreamingHttpResponse:
    """Server-sent events: ``piece`` with a number, then ``end``. ``?after=N`` goes on behind a number."""
    owner: Any = request.user
    return events.response(request, owner, conversations.message_of(owner, message_id))


def _url(name: str, **ids: UUID) -> str:
    return reverse(f"api:{name}", kwargs=ids)


def _shown(one: reading.Shown) -> MessageOut:
    found, help_ = one.told.answer, one.told.help
    done = one.state == "done"
    return MessageOut(
        id=one.id,
        state=one.state,
        question=one.question,
        answer=" ".join(s.text for s in found.sentences),
        sentences=[ChatSentence(text=s.text, sources=list(s.cites)) for s in found.sentences],
        sources=[
            ChatSource(
                number=n,
                title=s.title,
                detail=s.detail,
                date=s.day.isoformat() if s.day else None,
                url=s.url,
                quote=s.quote,
            )
            for n, s in enumerate(found.sources, 1)
        ],
        dont_know=done and found.dont_know,
        note=help_.text if help_ else one.told.instead or found.note,
        contacts=[str(one) for one in help_.contacts] if help_ else [],
        struck=one.generation.struck,
        withheld=one.withheld,
        model_used=one.generation.model_used,
        prompt_version=one.generation.prompt_version,
        generated_at=one.generation.finished_at,
        confidence="high" if found.sentences and done and not one.withheld else "low",
    )
