"""A coach's question carries what the coach may read; the person it is about sees what is open to them."""

import json

import pytest

from careerforge.assistant.models import PromptVersion
from careerforge.gateway.models import SentText
from careerforge.knowledge.models import Collection, DocumentVersion
from tests.coaching.conftest import SENTENCE
from tests.coaching.test_a_model_may_word_an_answer import QUOTED, TRUE, ask, provider, says, switched_on
from tests.coaching.test_an_answer_is_replayed import replay
from tests.gateway.conftest import wire

__all__ = ["ask", "provider", "switched_on", "wire"]

CLOSED = "A document that is closed to you went along here."
NOT_WHOLE = "This is not the whole text"


@pytest.fixture
def given(switched_on, provider, ask):
    """An advice that a model has worded, out of a document that was open to everyone."""
    says(provider, TRUE, QUOTED)
    return ask()


@pytest.fixture
def shown(signed_in, senior):
    """What the person concerned sees of the call: the page, and the file."""

    def look():
        address = f"/my-data/model-calls/{SentText.objects.get().pk}/"
        client = signed_in(senior)
        return client.get(address).text, json.loads(client.get(f"{address}file/").content)

    return look


def close():
    Collection.objects.update(audience="coaches")


def test_what_is_open_to_them_is_shown_whole(given, shown):
    page, file = shown()
    assert NOT_WHOLE not in page
    assert file["whole"] is True
    for text in (page, file["context"], file["answer"]):
        assert SENTENCE.removesuffix(".") in text


def test_a_passage_for_coaches_is_one_line_in_the_page_and_in_the_file(given, shown):
    close()
    page, file = shown()
    assert NOT_WHOLE in page
    assert file["whole"] is False
    for text in (page, json.dumps(file)):
        assert CLOSED in text
        assert "streams are batches" not in text
        assert "Ladder of the data practice" not in text
    assert "Batch orchestration: level" in file["context"]


def test_a_document_held_for_review_is_closed_too(given, shown):
    DocumentVersion.objects.update(state=DocumentVersion.State.HELD)
    page, file = shown()
    assert "streams are batches" not in page + json.dumps(file)


def test_when_it_is_opened_again_it_is_shown_again(given, shown):
    close()
    Collection.objects.update(audience="everyone")
    assert "streams are batches" in shown()[0]


def test_the_sealed_text_stays_whole_for_replay(given, shown):
    close()
    shown()
    assert replay(given.id)["same"] is True


@pytest.mark.parametrize("gone", [True, False])
def test_where_the_passage_cannot_be_told_all_the_data_is_withheld(
    gone, switched_on, provider, ask, shown, monkeypatch
):
    """Because the text of the prompt is kept no more, or because less of it left."""
    if not gone:
        provider.fails(413)
    says(provider, TRUE, QUOTED)
    ask()
    if gone:
        PromptVersion.objects.all().delete()
        monkeypatch.setattr(
            "careerforge.assistant.prompts.versions.shipped", lambda name: "<!-- part: system -->\nX\n"
        )
    else:
        SentText.objects.filter(call__outcome="unavailable").delete()
    close()
    page, file = shown()
    assert file["context"] == "Not shown here: documents that are closed to you went along in it."
    assert "streams are batches" not in page + json.dumps(file)
