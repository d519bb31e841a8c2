"""A step is the same thing in the chat and on the path: no milestone, nothing that was skipped."""

import re

import pytest
from django.urls import reverse

from coaching.chat.conversations import TITLE, shortened
from coaching.chat.knows import knows
from learning.models import Step
from learning.paths import path
from learning.roles import target
from tests.coaching.conftest import NOW


def test_the_chat_says_as_many_steps_as_the_path_page(senior, signed_in, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    path.build(senior, target.current(senior), NOW)
    skipped, done = Step.objects.filter(user=senior, type="skill")[:2]
    Step.objects.filter(pk=skipped.pk).update(status="skipped", skip_reason="no_time", ended_at=NOW)
    Step.objects.filter(pk=done.pk).update(status="done", ended_at=NOW)
    page = signed_in(senior).get(reverse("learning:path")).content.decode()
    found = re.search(r"(\d+) of (\d+) steps done", page)
    assert found
    assert dict(knows(senior))["Path"] == f"{found[2]} steps, {found[1]} done"
    assert found[1] == "1"


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("What  comes\nfirst?", "What comes first?"),
        ("word " * 40, "word " * 14 + "word…"),
        ("Is " + "x" * 200, "Is " + "x" * (TITLE - 4) + "…"),
    ],
)
def test_a_title_is_the_beginning_of_the_question(question, title):
    assert shortened(question) == title
    assert len(title) <= TITLE
