"""A passage is shown where it can be looked up and is open; whatever cannot be looked up is withheld."""

from datetime import UTC, datetime

import pytest

from careerforge.assistant import prompts, withholding
from careerforge.assistant.prompts.declared import DECLARED
from careerforge.gateway.sent import Sent
from careerforge.knowledge.models import Chunk, Collection, Document, DocumentVersion

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
SECRET = "The ladder says that streams are batches."
LINE = "A document that is closed to you went along here."


@pytest.fixture
def chunk(company):
    """A passage that everyone may read."""
    where = Collection.objects.create(name="Ladders")
    row = Document.objects.create(
        collection=where, external_id="1", kind="ladder", title="Ladder", fetched_at=NOW
    )
    version = DocumentVersion.objects.create(document=row, number=1, content_hash="x", text=SECRET)
    return Chunk.objects.create(
        collection=where, document=row, version=version, ordinal=0, start=0, end=len(SECRET), text=SECRET
    )


@pytest.fixture
def left(chunk):
    """A call as it was sent, its data changed as data of earlier days was different."""

    def make(name, change):
        values = dict(DECLARED[name].values)
        parts = prompts.load(name, now=NOW, **values)
        old = change(dict(parts.values))
        again = prompts.rebuild(parts.version, old)
        return Sent(again.system, again.context, again.question, "An answer.", old), parts.version

    return make


def passage(chunk, **more):
    return {"title": "Ladder", "heading": "", "published_at": None, "text": SECRET, **more}


def steps(chunk, **more):
    row = {"id": "s1", "title": "Batches", "facts": ["Our own fact.", SECRET], **more}
    return [row | {"kind": "skill", "hours": "40 hours", "after": [], "resources": []}]


def test_a_passage_that_can_be_looked_up_and_is_open_is_shown(owner, left, chunk):
    told = [passage(chunk, chunk_id=chunk.pk)]
    assert withholding.for_reader(owner, *left("advice", lambda v: v | {"passages": told})) is None


@pytest.mark.parametrize("named", [{}, {"chunk_id": None}, {"chunk_id": 987654321}])
def test_a_passage_that_cannot_be_looked_up_is_withheld(named, owner, left, chunk):
    told = [passage(chunk, **named)]
    shown = withholding.for_reader(owner, *left("advice", lambda v: v | {"passages": told}))
    assert SECRET not in shown.context + shown.question + shown.answer
    assert LINE in shown.context
    assert "Batch orchestration: level 1.0 of 3." in shown.context


def test_a_fact_with_its_passage_is_shown_while_that_is_open(owner, left, chunk):
    told = steps(chunk, chunks=[None, chunk.pk])
    call = left("path", lambda v: v | {"steps": told})
    assert withholding.for_reader(owner, *call) is None
    Collection.objects.update(audience="coaches")
    shown = withholding.for_reader(owner, *call)
    assert SECRET not in shown.context
    assert "Our own fact." in shown.context


@pytest.mark.parametrize("named", [{}, {"chunks": None}, {"chunks": []}, {"chunks": [None]}])
def test_facts_of_which_nothing_says_whether_they_are_a_documents_are_withheld(named, owner, left, chunk):
    """Calls of earlier days kept the lines of a step without their passages."""
    shown = withholding.for_reader(owner, *left("path", lambda v: v | {"steps": steps(chunk, **named)}))
    assert SECRET not in shown.context + shown.question + shown.answer
    assert shown.context.count(LINE) >= 2
