import pytest

from tests.learning.test_page_path import queries

URL = "/roles/senior-data-engineer/"


@pytest.mark.parametrize("reader", ["owner", "coach", "manager", "admin_hr"])
def test_anybody_of_the_company_reads_what_a_role_asks_for(cast, signed_in, reader):
    page = signed_in(getattr(cast, reader)).get(URL).content.decode()
    assert "Batch orchestration" in page
    assert "ETL pipelines" in page


def test_nobody_of_another_company_does(foreigner, taxonomy, signed_in):
    assert signed_in(foreigner).get(URL).status_code == 404


def test_nobody_who_has_not_signed_in_does(client, taxonomy):
    assert client.get(URL).status_code == 302


def test_it_takes_few_queries(owner, signed_in):
    client = signed_in(owner)
    assert queries(lambda: client.get(URL)) <= 10
