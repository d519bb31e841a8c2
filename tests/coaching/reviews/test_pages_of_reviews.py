"""The queue and one draft, as a coach sees them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from careerforge.assistant.models import Review, ReviewSetting
from careerforge.governance.models import AuditEvent

LIST = "/console/reviews/"


@pytest.fixture
def now():
    return datetime.now(UTC)


@pytest.fixture
def client(signed_in, coach):
    return signed_in(coach)


def address(review):
    return reverse("coaching:review", args=[review.pk])


def test_the_list_names_handle_kind_and_deadline_and_the_link_counts(client, submit, now, owner, handle):
    submit(now=now)
    page = client.get(LIST).content.decode()
    assert handle(owner) in page
    assert "High stakes" in page
    assert "One draft of a model waits" in page
    assert '<span class="chip push num">1<' in client.get("/console/").content.decode()


def test_two_drafts_of_one_kind_are_told_apart_by_their_links(client, submit, now, owner, handle):
    submit(now=now)
    submit(now=now - timedelta(days=1))
    links = re.findall(r'<a class="who"[^>]*>(.*?)</a>', client.get(LIST).text, re.DOTALL)
    assert len(set(links)) == len(links) == 2
    assert all(f"Paper for {handle(owner)}" in one and "High stakes" in one for one in links)


def test_nothing_waits_is_said(client):
    page = client.get(LIST).content.decode()
    assert "Nothing to review" in page
    assert "chip push num" not in page


def test_another_coachs_reviews_do_not_exist(signed_in, other_coach, submit, now, owner, handle):
    review = submit(now=now)
    client = signed_in(other_coach)
    assert handle(owner) not in client.get(LIST).content.decode()
    assert client.get(address(review)).status_code == 404
    assert client.post(address(review), {"do": "approve"}).status_code == 404


@pytest.mark.parametrize("who", ["owner", "manager", "admin_hr", "admin_platform", "admin_org", "admin_lnd"])
def test_nobody_but_coaches_reads_one(request, signed_in, submit, now, who):
    review = submit(now=now)
    client = signed_in(request.getfixturevalue(who))
    assert client.get(address(review)).status_code == 404
    assert client.get(LIST).status_code == 404


@pytest.mark.parametrize("who", ["admin_hr", "admin_platform"])
def test_admins_see_counts_and_states_and_no_person(request, signed_in, submit, now, who, owner, handle):
    submit(now=now, draft="The wombat comes first.")
    page = signed_in(request.getfixturevalue(who)).get("/admin/assistant/review/").content.decode()
    assert "High stakes" in page
    assert not [one for one in (handle(owner), str(owner), str(owner.pk), "wombat") if one in page]


def test_the_settings_say_who_has_no_second_reviewer(signed_in, admin_hr, owner):
    setting = ReviewSetting.objects.create()
    url = f"/admin/assistant/reviewsetting/{setting.pk}/change/"
    assert "3 people have one coach" in signed_in(admin_hr).get(url).content.decode()


def test_a_draft_is_opened_with_a_record_and_decided(client, submit, now, paper, coach):
    review = submit(now=now)
    page = client.get(address(review)).content.decode()
    assert "Batch orchestration comes first." in page
    assert "first path in a model" in page
    assert AuditEvent.objects.filter(act="review.opened", actor=coach.pk).exists()
    ended = client.post(address(review), {"do": "approve"}, follow=True).content.decode()
    assert "Approved on" in ended
    assert 'value="approve"' not in ended
    assert paper.done == [("approve", coach)]


def test_a_problem_is_shown_beside_what_was_written(client, submit, now, paper):
    answer = client.post(address(submit(now=now)), {"do": "edit", "text": "The wombat leads."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No source supports" in page
    assert "The wombat leads." in page
    assert paper.done == []


def test_nonsense_is_no_decision(client, submit, now, paper):
    assert client.post(address(submit(now=now)), {"do": "burn"}).status_code == 422
    assert paper.done == []


def test_two_who_disagree_both_see_both(client, signed_in, submit, now, covering, decide, coach):
    review = submit(now=now)
    decide(review, coach, "approve", now=now, second=True, reason="It fits.")
    decide(review, covering, "reject", now=now, reason="Too early.")
    for one in (client, signed_in(covering)):
        page = one.get(address(review)).content.decode()
        assert "Two reviewers disagree" in page
        assert "It fits." in page
        assert "Too early." in page


def test_who_asked_for_it_is_told_that_another_decides(client, submit, now, covering, coach):
    page = client.get(address(submit(now=now, asked_by=coach))).content.decode()
    assert "You asked for this." in page
    assert 'value="approve"' not in page


def test_a_late_click_is_told_in_words(client, submit, now, paper):
    review = submit(now=now - timedelta(days=30))
    page = client.post(address(review), {"do": "approve"}, follow=True).content.decode()
    assert "so it lapsed" in page
    assert paper.done == [("lapse",)]


def test_reviews_are_put_on_ones_own_list_up_to_the_cap(signed_in, submit, now, covering, coach):
    reviews = [submit(now=now) for _ in range(4)]
    ReviewSetting.objects.create(most_open=3)
    client = signed_in(covering)
    sent = [str(one.pk) for one in reviews] + ["no id"]
    page = client.post(f"{LIST}take/", {"review": sent}, follow=True).content.decode()
    assert "1 review is on your list now." in page
    assert "1 stay where they are" in page
    assert Review.objects.filter(assigned_to=covering).count() == 3


def test_taking_one_over_opens_the_room(signed_in, submit, now, covering, owner, coach):
    review = submit(now=now)
    owner.rooms_about.get().memberships.filter(user=covering).delete()
    client = signed_in(covering)
    assert "Sealed" in client.get(address(review)).content.decode()
    client.post(f"{LIST}take/", {"review": str(review.pk)})
    assert "Batch orchestration comes first." in client.get(address(review)).content.decode()


def test_filters_choose_and_the_fragment_is_the_page(client, submit, now, decide, coach, covering):
    ended = submit("policy", now=now)
    decide(ended, coach, "approve", now=now)
    submit(now=now)
    assert address(ended) not in client.get(LIST).content.decode()
    assert address(ended) in client.get(f"{LIST}?state=ended").content.decode()
    assert address(ended) not in client.get(f"{LIST}?state=all&kind=high_stakes").content.decode()
    fragment, page = (
        re.sub(
            r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(f"{LIST}?state=all", headers=how).text
        )
        for how in ({"HX-Request": "true"}, {})
    )
    assert fragment in page


def test_fifteen_queries_are_enough_for_both_pages(client, submit, now, queries, covering):
    review = submit(now=now)
    few = queries(lambda: client.get(LIST))
    for _ in range(5):
        submit(now=now)
    assert queries(lambda: client.get(LIST)) == few <= 15
    assert queries(lambda: client.get(address(review))) <= 15


def test_what_is_overdue_is_shown_without_a_form(client, submit, now):
    page = client.get(address(submit(now=now - timedelta(days=10)))).content.decode()
    assert "The time to decide is over. It lapses within minutes" in page
    assert 'name="do"' not in page
