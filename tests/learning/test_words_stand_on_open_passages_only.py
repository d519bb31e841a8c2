"""A model's words that quote a document go at once, everywhere, when it is closed, held or removed."""

import json

import pytest
from django.utils import timezone

from careerforge.assistant.models import Review
from careerforge.assistant.reviewing import Word, decide
from careerforge.gateway.models import SentText
from careerforge.knowledge.models import Collection, Document, DocumentVersion
from learning.gaps import gap as gaps
from learning.gaps import mentions
from learning.gaps.answers import gap_of
from learning.models import PathDraft, PathDraftStep, Wording
from learning.paths import path
from learning.roles import relevance
from learning.words import worded, wordings
from tests.learning.model import MODEL, do, node, offer_to, proposal, take
from tests.learning.test_words_for_roles_and_gaps import me, words

__all__ = ["me"]

QUOTE = "A senior data engineer runs batch orchestration against the tide table of the harbour."
CLOSED = "A document that is closed to you went along here."


def to_coaches():
    Collection.objects.update(audience="coaches")


def held():
    DocumentVersion.objects.update(state=DocumentVersion.State.HELD)


def gone():
    Document.objects.update(gone_at=timezone.now())


def removed():
    Collection.objects.update(removed_at=timezone.now())


WAYS = pytest.mark.parametrize("close", [to_coaches, held, gone, removed])


@pytest.fixture
def ladder(document):
    """A ladder with one sentence that nobody else says."""
    return document(QUOTE)


@pytest.fixture
def offer(ladder, version, owner, senior):
    return offer_to(owner, senior, timezone.now().date())


@pytest.fixture
def quoting(offer):
    """The offered step whose lines hold the quote."""
    return next(step for step in offer.steps if QUOTE in step.facts)


@pytest.fixture
def drafted(model, offer, quoting, owner, senior):
    """A draft that says the quote as its words."""
    said = [node(step) | ({"description": QUOTE} if step is quoting else {}) for step in offer.steps]
    model.says(proposal(offer, *said, summary=QUOTE))
    do("learning.word_path", person=str(owner.id), role=str(senior.id))
    return PathDraft.objects.get()


@pytest.fixture
def taken(drafted, owner, coach):
    assert decide(Review.objects.get().id, coach, Word("approve"), timezone.now()).done
    assert take(owner, drafted) is None
    return drafted


@pytest.fixture
def everywhere(owner, signed_in, taken):
    """Everything that shows the owner's path, as one text."""
    client = signed_in(owner)
    step = PathDraftStep.objects.get(description=QUOTE)

    def look():
        mine = next(n for n in path.outline(owner) if n.step.key == step.key)
        pages = ["/", f"/?step={mine.step_id}", "/path/words/", "/api/v1/learning-path"]
        return " ".join(client.get(address).text for address in pages)

    return look


def test_open_it_is_on_the_path(everywhere):
    assert QUOTE in everywhere()


@WAYS
def test_closed_it_is_on_no_page_and_in_no_answer(close, everywhere):
    close()
    found = everywhere()
    assert QUOTE not in found
    assert "tide table" not in found


def test_opened_again_it_is_there_again(everywhere):
    to_coaches()
    Collection.objects.update(audience="everyone")
    assert QUOTE in everywhere()


@WAYS
def test_closed_before_it_is_taken_it_is_in_no_line(close, drafted, owner, coach, signed_in):
    decide(Review.objects.get().id, coach, Word("approve"), timezone.now())
    client = signed_in(owner)
    assert QUOTE in client.get("/path/words/changes/").text
    close()
    assert "tide table" not in client.get("/path/words/changes/").text


@pytest.mark.parametrize("close", [held, gone, removed])
def test_a_coach_does_not_see_it_either_and_so_does_not_let_it_through(close, drafted, coach, signed_in):
    review = Review.objects.get()
    client = signed_in(coach)
    assert QUOTE in client.get(f"/console/reviews/{review.id}/").text
    close()
    page = client.get(f"/console/reviews/{review.id}/").text
    assert "tide table" not in page
    assert "closed to you" in page
    decide(review.id, coach, Word("approve"), timezone.now())
    assert not PathDraftStep.objects.filter(description=QUOTE).exists()
    assert PathDraft.objects.get().summary == ""


@WAYS
def test_what_was_sent_shows_the_person_no_closed_document(close, drafted, owner, signed_in):
    client, row = signed_in(owner), SentText.objects.order_by("sent_at").first()

    def sent():
        address = f"/my-data/model-calls/{row.pk}/"
        return client.get(address).text + json.dumps(json.loads(client.get(f"{address}file/").content))

    assert "tide table" in sent()
    close()
    found = sent()
    assert "tide table" not in found
    assert CLOSED in found


@pytest.fixture
def gap_words(model, ladder, version, owner, senior):
    """Words of a gap that are the quote."""
    gap = gaps.gap(owner, senior, timezone.now().date())
    rows = gap.top(8)
    said = mentions.best(owner, [row.skill for row in rows], senior.title, relevance.field_of(senior))
    subjects = [worded.of_skill(senior, row, said.get(row.skill.id)) for row in rows]
    answer = words(subjects, "skills")
    at = next(n for n, one in enumerate(subjects) if QUOTE in one.facts)
    answer["skills"][at]["text"] = QUOTE
    model.says(answer)
    assert do("learning.gap", person=str(owner.id)).state == "done"
    assert Wording.objects.filter(text=QUOTE).exists()
    return gap


@WAYS
def test_words_of_a_gap_go_from_page_answer_and_store(close, gap_words, owner, me, senior, signed_in):
    client = signed_in(owner)
    assert QUOTE in client.get("/api/v1/skill-gap").text
    close()
    assert "tide table" not in client.get("/skills/").text
    assert "tide table" not in client.get("/api/v1/skill-gap").text
    standing = wordings.standing(me(), {senior.id: gap_words.receipt}, timezone.now())
    assert QUOTE not in [said.text for said in standing.skills.values()]
    assert Wording.objects.filter(text=QUOTE).exists()


def test_other_words_of_the_same_answer_stay(gap_words, me):
    to_coaches()
    found = gap_of(me(), gap_words.role, me())
    assert found.model_used == MODEL
    assert len([one for one in found.skills if one.lets_you]) > 1
