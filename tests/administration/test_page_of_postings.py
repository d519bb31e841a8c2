"""The vacancies that are counted, for the admins who look after roles and sources."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careerforge.knowledge.documents import store
from careerforge.knowledge.documents.facts import PostingFacts, to_json
from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.models import Collection, Document
from careerforge.people.models import User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from market import reading
from market.models import Posting
from tests.taxonomy import Taxonomy

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
LIST = "/admin/market/posting/"
MOST = 15
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def hashing(settings: Any) -> None:
    settings.EMBEDDER_FOLDER = None


def board(name: str, number: int, title: str = "Data engineer", **values: Any) -> list[Document]:
    where, _ = Collection.objects.get_or_create(name=name, defaults=values)
    facts = PostingFacts(company="Ostrava Rail", country="Germany", salary_min=5_800_000,
                         salary_max=6_800_000, salary_currency="EUR", salary_period="year")  # fmt: skip
    items = [
        Incoming(
            f"{title}{n}", "posting", title, f"Expert SQL. You use Python, number {n}.", facts=to_json(facts)
        )
        for n in range(number)
    ]
    found = [one.document for one in store.store_many(where, items, NOW)]
    reading.read_pending()
    return found


def page(client: Client, address: str = LIST, **query: str) -> str:
    return client.get(address, query).content.decode()


@pytest.fixture
def org(admin_org: User, signed_in: SignIn, taxonomy: Taxonomy) -> Client:
    return signed_in(admin_org)


def test_a_vacancy_is_shown_as_it_is_counted(org: Client) -> None:
    documents = board("Job board", 1)
    store.mark_seen(documents[0].collection_id, NOW + timedelta(days=2))
    shown = page(org)
    for said in ("Data engineer", "Python, SQL (5)", "Germany", "€58,000 – €68,000 a year", "4 Nov 2026",
                 "Job board"):  # fmt: skip
        assert said in shown
    alone = page(org, f"{LIST}{Posting.objects.get().pk}/change/")
    assert "Ostrava Rail" in alone
    assert "<h2>Data engineer</h2>" in alone
    assert f"/documents/{documents[0].pk}" in alone


def test_it_is_narrowed_and_searched(org: Client) -> None:
    board("Job board", 1)
    board("Job board", 1, "Shrimp farm hand")
    board("Our careers", 1, "Backend developer", about="company")
    assert "Shrimp" not in page(org, practice="data")
    assert "Shrimp" in page(org, role="no")
    assert "Backend developer" not in page(org, about="market").split('id="result_list"')[1]
    assert "Shrimp" in page(org, q="shrimp")
    assert "0 results" in page(org, q="nothing like it")
    assert "Shrimp" not in page(org, document__gone_at="yes")


def test_only_what_the_admin_may_read_is_there(org: Client, admin_platform: User, signed_in: SignIn) -> None:
    board("Board for coaches", 1, "Night porter", audience="coaches")
    posting = Posting.objects.get()
    for client in (org, signed_in(admin_platform)):
        assert "Night porter" not in page(client)
        assert client.get(f"{LIST}{posting.pk}/change/").status_code == 404


@pytest.mark.parametrize("kind", ["admin_hr", "admin_lnd", "coach", "owner"])
def test_others_have_no_such_page(kind: str, request: Any, signed_in: SignIn, taxonomy: Taxonomy) -> None:
    client = signed_in(request.getfixturevalue(kind))
    assert client.get(LIST).status_code in (302, 403, 404)


def test_another_companys_vacancies_are_not_there(org: Client, other_company: Organisation) -> None:
    with context.organisation(other_company.pk):
        board("Theirs", 1, "Night porter")
    assert "Night porter" not in page(org)


def test_nobody_changes_them(org: Client) -> None:
    board("Job board", 1)
    address = f"{LIST}{Posting.objects.get().pk}"
    assert org.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    assert org.post(f"{address}/change/", {"company": "x"}).status_code == 403
    assert org.get(f"{LIST}add/").status_code == 403


def test_the_list_is_paged_and_asks_little(org: Client) -> None:
    def queries() -> int:
        page(org)
        with CaptureQueriesContext(connection) as asked:
            assert "Data engineer" in page(org)
        return len(asked)

    board("Job board", 2)
    few = queries()
    board("Another board", 40)
    assert queries() == few <= MOST
    assert page(org).count('class="field-title') == 25
    assert "Data engineer" in page(org, p="2")
