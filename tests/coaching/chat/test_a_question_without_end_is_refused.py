"""A megabyte in the chat, on its page and through the API: refused in words, stored nowhere (case 16)."""

import json
from uuid import uuid4

import pytest

from coaching.models import Message

LONG = "x" * 1_000_000


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_on_the_page(model, signed_in, senior, headers):
    sent = model([])
    form = {"question": LONG, "form_key": str(uuid4())}
    answer = signed_in(senior).post("/chat/", form, headers=headers)
    assert answer.status_code == 422
    assert "2000" in answer.text.replace(",", "")
    assert len(answer.text) < 2_200_000
    assert not sent
    assert not Message.objects.exists()


def test_through_the_api(model, signed_in, senior):
    sent, client = model([]), signed_in(senior)
    begun = client.post("/api/v1/chat", "{}", content_type="application/json").json()
    address = f"/api/v1/chat/{begun['id']}/messages"
    answer = client.post(address, json.dumps({"question": LONG}), content_type="application/json")
    assert answer.status_code == 422, address
    assert LONG[:1000] not in answer.text
    assert not sent
    assert not Message.objects.exists()
