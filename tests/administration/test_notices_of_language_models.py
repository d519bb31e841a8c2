"""What an administrator is told about models stands until somebody has seen it, and then in the history."""

from datetime import UTC, datetime

import pytest

from careerforge.gateway import notices
from careerforge.gateway.models import Notice
from careerforge.governance.models import AuditEvent

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
TEXT = "Anthropic refuses its key."


@pytest.fixture
def client(signed_in, admin_platform):
    return signed_in(admin_platform)


@pytest.fixture
def notice(company):
    for _ in range(3):
        notices.tell_once(Notice.Kind.KEY, "anthropic since 10", {"provider": "anthropic"}, NOW)
    return Notice.objects.get()


@pytest.mark.parametrize("page", ["/admin/", "/admin/gateway/"])
def test_it_stands_on_the_first_page_and_on_the_overview_until_it_is_seen(client, notice, page):
    assert TEXT in client.get(page).text
    came_from = {"from": "home"} if page == "/admin/" else {}
    answer = client.post(f"/admin/gateway/notice/{notice.pk}/seen/", came_from)
    assert answer.url == page
    assert TEXT not in client.get(page).text
    assert TEXT in client.get("/admin/gateway/notice/").text
    assert AuditEvent.objects.filter(act="notice.seen").count() == 1


def test_who_is_second_finds_it_put_away(client, notice):
    address = f"/admin/gateway/notice/{notice.pk}/seen/"
    client.post(address)
    first = Notice.objects.get().seen_at
    assert client.post(address).status_code == 302
    assert Notice.objects.get().seen_at == first
    assert AuditEvent.objects.filter(act="notice.seen").count() == 1


@pytest.mark.parametrize("who", ["admin_hr", "admin_org", "admin_lnd"])
def test_who_cannot_do_anything_about_it_is_not_told(signed_in, request, notice, who):
    person = signed_in(request.getfixturevalue(who))
    assert TEXT not in person.get("/admin/").text
    assert person.post(f"/admin/gateway/notice/{notice.pk}/seen/").status_code == 403
    assert Notice.objects.get().seen_at is None


def test_looking_puts_nothing_away(client, notice):
    assert client.get(f"/admin/gateway/notice/{notice.pk}/seen/").status_code == 405
    assert Notice.objects.get().seen_at is None
