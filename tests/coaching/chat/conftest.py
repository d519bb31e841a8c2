"""A person with a path, a few documents, and an answer that is written when the test says so."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from careerforge.gateway.errors import Cut
from careerforge.gateway.flow import Ending, Flow
from careerforge.gateway.prompt import Completion, Usage
from careerforge.gateway.road import Road
from careerforge.people.models import Room, User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from coaching.chat import asking, conversations, reading, writers
from coaching.chat.limits import TooMuch
from coaching.chat.reading import Shown
from coaching.models import Conversation, Message
from tests.cast import make_person
from tests.coaching.conftest import NOW, SENTENCE

QUESTION = "Which skill should I build first for a senior data engineer role?"
TRUE = "Batch orchestration stands at level 0.8 of 4."
QUOTED = f"{SENTENCE.removesuffix('.')} [1]."
INVENTED = "Your manager has promised a promotion to principal engineer in March 2031."
MODEL = "local-model"


def later(seconds: float) -> Callable[[], Any]:
    """A clock that stands still, so long after the question."""
    return lambda: NOW + timedelta(seconds=seconds)


def write(message: Message, stops: Callable[[], bool] = lambda: False) -> None:
    """What the thread does, in this one."""
    assert message.organisation_id
    writers.write(message.generation.pk, message.organisation_id, stops, later(1))


def private(owner: User) -> tuple[Room, bytes]:
    """The private room of somebody, and its key."""
    found = conversations.key_of(owner)
    assert found
    return found


@pytest.fixture
def store(senior: User, library: Any) -> Callable[..., Message]:
    """Store a question of the person's; nothing writes an answer yet."""

    def ask(question: str = QUESTION, into: Conversation | None = None, key: Any = None) -> Message:
        stored = asking.ask(senior, question, key or uuid4(), NOW, into)
        assert not isinstance(stored, TooMuch), stored
        return stored.message

    return ask


@pytest.fixture
def shown(senior: User) -> Callable[..., Shown]:
    """A message as its owner reads it."""

    def read(message: Message, reader: User = senior, at: float = 2) -> Shown:
        found = conversations.message_of(reader, message.pk)
        room, key = private(reader)
        return reading.opened([found], room, key, reader, later(at)())[0]

    return read


@pytest.fixture
def ask(store: Callable[..., Message], shown: Callable[..., Shown]) -> Callable[..., Shown]:
    """Ask, and have the answer written."""

    def asked(question: str = QUESTION, into: Conversation | None = None) -> Shown:
        message = store(question, into)
        write(message)
        return shown(message)

    return asked


@pytest.fixture
def model(
    monkeypatch: pytest.MonkeyPatch, company: Any, senior: User, library: Any
) -> Callable[..., list[Any]]:
    """A provider is there and switched on, and writes these pieces; what it was sent is collected."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_MODEL", MODEL)
    company.model_allowed = True
    company.save(update_fields=["model_allowed"])
    senior.refresh_from_db()

    def writes(pieces: Iterable[str], ending: Ending | str = "complete") -> list[Any]:
        sent: list[Any] = []
        text = list(pieces)

        def flow(road: Road, prompt: Any, keeping: Any = None, **_options: Any) -> Flow:
            def generate() -> Any:
                sent.append(prompt)
                try:
                    yield from text
                except GeneratorExit:
                    sent.append("cancelled")
                    raise
                return completion("".join(text), prompt) if ending == "complete" else ending

            return Flow(generate())

        monkeypatch.setattr(Road, "stream", flow)
        return sent

    return writes


def completion(text: str, prompt: Any) -> Completion:
    """A whole answer of the model's."""
    parsed = prompt.schema(answer=text)
    return Completion(text, parsed, MODEL, MODEL, Usage(), "stop", "openai")


def cut() -> Cut:
    """The connection ended in the middle."""
    return Cut("openai", "stream_ended")


@pytest.fixture
def company_that_is_committed(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A company of one, really committed, whose answers nobody writes."""
    monkeypatch.setattr(writers, "start", lambda *_ids, **_how: None)
    organisation = Organisation(name="Northwind Works")
    with context.organisation(organisation.id):
        organisation.save(force_insert=True)
        owner = make_person("owner", "Ottilie Varnhagen")
        conversations.begin(owner, NOW)
    return organisation.id, owner
