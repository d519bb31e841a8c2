"""Every body that leaves for a model or an embedding is recorded: nobody of the company is in it (62, 58).

A function without a row in ``EXERCISED`` fails here: it is added together with its switch.
"""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from django_q.models import OrmQ
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from careerforge.gateway.models import CachedAnswer, FunctionSwitch
from careerforge.jobs.models import JobRun
from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.documents.store import store
from careerforge.knowledge.index import embedders
from careerforge.knowledge.index.indexing import index_pending
from careerforge.knowledge.models import Collection, IndexGeneration
from careerforge.people.identity import Person
from careerforge.people.joining import Newcomer, add
from careerforge.people.models import Assignment, Position, SkillClaim, User
from coaching.advising import advice
from coaching.chat import asking, writers
from learning.paths import path
from learning.roles import target
from tests.cast import SINCE
from tests.learning.model import do
from tests.taxonomy import Taxonomy

Function = FunctionSwitch.Function
NAME, MAIL, PHONE, CITY = "Zofia Quellmann-Ito", "z.quellmann@corp.example", "+48 555 010 204", "Testowo"
NAMED = "openai:text-embedding-3-small"
NUMBER, FILE = "HR-0047711", "CV_Zofia_Quellmann_Ito.pdf"
STRANGER, STRANGERS_MAIL = "Okonkwo-Hale", "okonkwo@ref.example"
CANARIES = (
    "zofia", "quellmann", MAIL, "555 010 204", "555010204", CITY.casefold(), "0047711", "okonkwo",
    "ottilie", "varnhagen", "wendelin", "quellmoor",
)  # fmt: skip
FREE_TEXT = (
    f"Which skill should {NAME} build first for a senior data engineer role? Write to {MAIL}, call {PHONE}, "
    f"or look up {NUMBER} in {CITY}; QUELLMANN, Zofia said so, and {FILE} shows it. "
    f"Ask Dr. {STRANGER} ({STRANGERS_MAIL}) and Ottilie Varnhagen too."
)
DOCUMENT = f"""## Interview with {NAME}, data lead at Corp

{NAME} of {CITY} ({MAIL}, {PHONE}, {NUMBER}) says that batch orchestration comes before stream processing,
because streams are batches that never end. Zofia Quellmann learned it from Dr. {STRANGER},
{STRANGERS_MAIL}. The file {FILE} holds the rest.
"""


@dataclass
class Sink:
    """What was sent where."""

    bodies: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def take(self, request: Request) -> Response:
        body = request.get_data(as_text=True)
        self.bodies.append(body)
        self.addresses.append(request.url)
        asked = json.loads(body)
        if "input" in asked:
            rows = [{"object": "embedding", "index": n, "embedding": [0.6, 0.8] + [0.0] * 6}
                    for n, _text in enumerate(asked["input"])]  # fmt: skip
            made: dict[str, Any] = {"object": "list", "data": rows, "model": asked["model"]}
        else:
            text = json.dumps({"answer": "Batch orchestration stands at level 1 of 4."})
            choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
            made = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
        made["usage"] = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        return Response(json.dumps(made), content_type="application/json")

    def found(self) -> set[str]:
        text = "\n".join(self.bodies + self.addresses)
        return found_in(text + json.loads(json.dumps(text)))


def found_in(text: str) -> set[str]:
    plain = text.encode().decode("unicode_escape", errors="ignore").casefold() + text.casefold()
    return {canary for canary in CANARIES if canary in plain}


@pytest.fixture
def sink(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, company: Any, settings: Any) -> Sink:
    """A provider on this machine that the company has switched on; it takes everything down."""
    settings.EMBEDDER_FOLDER = None
    taken = Sink()
    for address in ("/v1/chat/completions", "/v1/embeddings"):
        httpserver.expect_request(address, method="POST").respond_with_handler(taken.take)
    monkeypatch.setenv("OPENAI_BASE_URL", httpserver.url_for("/v1"))
    monkeypatch.setenv("OPENAI_MODEL", "m")
    monkeypatch.setattr(writers, "start", lambda *_ids: None)
    company.model_allowed = True
    company.save(update_fields=["model_allowed"])
    return taken


@dataclass(frozen=True)
class Scene:
    """Somebody with a coach, a target, a path and a document about them."""

    person: User
    coach: User
    role: Any
    shelf: Collection


@pytest.fixture
def scene(sink: Sink, coach: User, taxonomy: Taxonomy) -> Scene:
    user = add(
        Newcomer(
            person=Person(name=NAME, email=MAIL, city=CITY, phone=PHONE, employee_number=NUMBER),
            username="canary", practice=taxonomy.practices["data"], seniority=2, years_of_experience=7,
            region="North", state=User.State.ACTIVE,
        )
    )  # fmt: skip
    role, today = taxonomy.roles["senior-data-engineer"], timezone.now().date()
    Assignment.objects.create(coach=coach, employee=user, starts_on=SINCE)
    Position.objects.create(user=user, role=taxonomy.roles["data-analyst"], level=2, starts_on=SINCE)
    for slug in ("etl-pipelines", "batch-orchestration", "sql"):
        SkillClaim.objects.create(
            user=user, skill=taxonomy.skills[slug], level=2, source="coach", confidence=0.9,
            evidence_on=date(today.year, 1, 2),
        )  # fmt: skip
    target.choose(user, role, timezone.now())
    path.ensure(user, timezone.now())
    shelf = Collection.objects.create(name="Canaries")
    incoming = Incoming(
        external_id="interview",
        kind="playbook",
        title=f"Interview with {NAME}",
        text=DOCUMENT,
        topics=("data",),
    )
    store(shelf, incoming, timezone.now())
    person = User.objects.select_related("organisation", "profile").get(pk=user.pk)
    return Scene(person, User.objects.select_related("organisation").get(pk=coach.pk), role, shelf)


def ask_as_coach(scene: Scene) -> None:
    advice.ask(scene.coach, scene.person, FREE_TEXT, uuid4(), timezone.now())


def ask_in_the_chat(scene: Scene) -> None:
    stored = asking.ask(scene.person, FREE_TEXT, uuid4(), timezone.now())
    assert isinstance(stored, asking.Stored)
    writers.write(stored.message.generation.pk, scene.person.organisation_id, lambda: False, timezone.now)


def word_the_path(scene: Scene) -> None:
    do("learning.word_path", person=str(scene.person.id), role=str(scene.role.id))


def suggest(scene: Scene) -> None:
    do("learning.suggest", person=str(scene.person.id))


def measure_the_gap(scene: Scene) -> None:
    do("learning.gap", person=str(scene.person.id))


EXERCISED: dict[str, Callable[[Scene], None]] = {
    Function.ADVICE: ask_as_coach,
    Function.CHAT: ask_in_the_chat,
    Function.PATH: word_the_path,
    Function.SUGGESTIONS: suggest,
    Function.GAP: measure_the_gap,
}


def test_every_function_of_a_model_is_exercised_here() -> None:
    assert set(EXERCISED) == set(Function.values)


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], str]]:
    caplog.set_level(logging.DEBUG)
    # The SDKs' own debug lines repeat what is sent; the product never switches them on.
    for name in ("openai", "httpx", "httpcore", "werkzeug", "django.db"):
        logging.getLogger(name).setLevel(logging.WARNING)
    yield lambda: caplog.text
    for name in ("openai", "httpx", "httpcore", "werkzeug", "django.db"):
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.mark.parametrize("function", Function.values)
def test_no_canary_is_in_what_leaves_is_logged_is_queued_or_is_a_key(
    function: str, scene: Scene, sink: Sink, logged: Callable[[], str]
) -> None:
    EXERCISED[function](scene)
    assert sink.bodies, "nothing was asked of the model, so nothing was tested"
    assert sink.found() == set()
    assert found_in(logged()) == set()
    runs = [(one.arguments, one.result, one.error, one.dedup_key) for one in JobRun.objects.all()]
    assert found_in(f"{runs} {[row.task for row in OrmQ.objects.all()]}") == set()
    assert found_in(str(list(CachedAnswer.objects.values_list("key", "function", "provider")))) == set()


def test_no_canary_is_in_what_is_embedded(
    scene: Scene, sink: Sink, settings: Any, monkeypatch: pytest.MonkeyPatch, logged: Callable[[], str]
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    settings.EMBEDDER = NAMED
    IndexGeneration.objects.create(embedder=NAMED, dimensions=8, state=IndexGeneration.State.BUILDING)
    index_pending()
    documents = len(sink.bodies)
    assert documents
    assert embedders.vector(NAMED, FREE_TEXT)
    assert len(sink.bodies) > documents
    assert sink.found() == set()
    assert found_in(logged()) == set()


def test_a_canary_would_be_found(sink: Sink) -> None:
    sink.bodies.append(json.dumps({"a": f"ask {NAME} or Ottilie"}))
    assert sink.found() == {"zofia", "quellmann", "ottilie"}
