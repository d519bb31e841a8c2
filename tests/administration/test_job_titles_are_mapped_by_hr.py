"""HR lists the company's job titles; the likeliest roles are offered, and a human decides."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careerforge.governance.models import AuditEvent
from careerforge.people import job_titles
from careerforge.people.models import JobTitle, User
from careerforge.skills.models import RoleAlias
from tests.taxonomy import Taxonomy

SignIn = Callable[[User], Client]
LIST, ADD = "/admin/people/jobtitle/", "/admin/people/jobtitle/add/"
MOST_QUERIES = 15


@pytest.fixture
def hr(admin_hr: User, taxonomy: Taxonomy, signed_in: SignIn) -> Client:
    return signed_in(admin_hr)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def listed(hr: Client, *lines: str) -> list[JobTitle]:
    hr.post(ADD, {"lines": "\n".join(lines)})
    return list(JobTitle.objects.order_by("-people", "text"))


def decide(hr: Client, title: JobTitle, role: object, address: str = LIST) -> HttpResponse:
    response: HttpResponse = hr.post(address, {f"{title.pk}-role": str(role)}, follow=True)  # type: ignore[assignment]
    return response


def offered(page: str, title: JobTitle) -> list[str]:
    """The roles of one title's choice, in their order."""
    select = page.split(f'name="{title.pk}-role"')[1].split("</select>")[0]
    return [each.split("</option>")[0].split(">")[-1] for each in select.split("<option")[3:]]


def test_titles_are_listed_with_the_number_of_people(hr: Client) -> None:
    found = listed(hr, "Data Wrangler\t12", "Head of Things; 3", "Intern", "")
    assert [(row.text, row.people) for row in found] == [
        ("Data Wrangler", 12),
        ("Head of Things", 3),
        ("Intern", 0),
    ]


def test_a_line_without_a_proper_number_is_left_out_and_named(hr: Client) -> None:
    lines = "Data Wrangler\t12\n\nRigger II\tmany\nHead of Things; -3"
    page = text(hr.post(ADD, {"lines": lines}, follow=True))
    assert "Line 3 was left out: “many” is no number of people." in page
    assert "Line 4 was left out: “-3” is no number of people." in page
    assert list(JobTitle.objects.values_list("text", flat=True)) == ["Data Wrangler"]


def test_a_list_of_nothing_else_stays_to_be_mended(hr: Client) -> None:
    page = text(hr.post(ADD, {"lines": "Rigger II\tmany\n" * 12}))
    assert page.count("was left out:") == 10
    assert "12 lines were left out in all." in page
    assert "Rigger II\tmany" in page


def test_lines_of_one_title_are_added_up(hr: Client) -> None:
    found = listed(hr, "Data Wrangler\t12", "Intern", "data  wrangler;3")
    assert [(row.text, row.people) for row in found] == [("Data Wrangler", 15), ("Intern", 0)]


def test_the_likeliest_role_is_offered_first_and_none_is_chosen(hr: Client) -> None:
    (title,) = listed(hr, "Sr. Data Engineer (m/f/d) - Berlin")
    page = text(hr.get(LIST))
    assert "ata engineer" in offered(page, title)[0]
    assert page.count("selected") == 1
    assert '<option value="" selected>' in page


def test_a_decision_is_kept_on_record_and_leaves_the_list(hr: Client, taxonomy: Taxonomy) -> None:
    (title,) = listed(hr, "Pipeline Plumber")
    page = text(decide(hr, title, taxonomy.roles["data-engineer"].pk))
    assert "1 decision saved" in page
    assert "Pipeline Plumber" not in page
    assert "Pipeline Plumber" in text(hr.get(LIST + "?show=role"))
    assert AuditEvent.objects.filter(act="job_title.decided", object_id=str(title.pk)).exists()


def test_the_role_learns_the_title_until_the_decision_is_taken_back(hr: Client, taxonomy: Taxonomy) -> None:
    (title,) = listed(hr, "Pipeline Plumber")
    role = taxonomy.roles["data-engineer"]
    decide(hr, title, role.pk)
    assert RoleAlias.objects.filter(role=role, text="Pipeline Plumber").exists()
    decide(hr, title, "", LIST + "?show=role")
    assert not RoleAlias.objects.filter(text="Pipeline Plumber").exists()
    assert JobTitle.objects.undecided().count() == 1


def test_an_alias_that_was_there_before_stays(hr: Client, taxonomy: Taxonomy) -> None:
    RoleAlias.objects.create(role=taxonomy.roles["data-analyst"], text="pipeline plumber")
    (title,) = listed(hr, "Pipeline Plumber")
    decide(hr, title, taxonomy.roles["data-engineer"].pk, f"{LIST}{title.pk}/change/")
    decide(hr, title, "", LIST + "?show=role")
    assert RoleAlias.objects.get(text="pipeline plumber").role == taxonomy.roles["data-analyst"]


def test_a_title_may_mean_none_of_the_roles(hr: Client) -> None:
    (title,) = listed(hr, "Cook")
    decide(hr, title, "none")
    title.refresh_from_db()
    assert title.decided_at is not None
    assert title.role_id is None
    assert "Cook" in text(hr.get(LIST + "?show=none"))


def test_a_role_that_is_not_offered_is_found_on_the_titles_own_page(hr: Client, taxonomy: Taxonomy) -> None:
    (title,) = listed(hr, "Cook")
    address = f"{LIST}{title.pk}/change/"
    assert len(offered(text(hr.get(address)), title)) == len(taxonomy.roles)
    decide(hr, title, taxonomy.roles["backend-developer"].pk, address)
    title.refresh_from_db()
    assert title.role == taxonomy.roles["backend-developer"]


def test_listing_again_keeps_decisions_and_counts_anew(hr: Client, taxonomy: Taxonomy) -> None:
    (title,) = listed(hr, "Pipeline Plumber\t4")
    decide(hr, title, taxonomy.roles["data-engineer"].pk)
    (again,) = listed(hr, "PIPELINE plumber\t6")
    assert (again.pk, again.people, again.role) == (title.pk, 6, taxonomy.roles["data-engineer"])


def test_a_choice_that_is_no_role_saves_nothing(hr: Client) -> None:
    (title,) = listed(hr, "Cook")
    page = text(decide(hr, title, "00000000-0000-0000-0000-000000000000"))
    assert "Nothing was saved" in page
    assert JobTitle.objects.undecided().count() == 1


def test_the_share_of_people_covered_is_shown(hr: Client, taxonomy: Taxonomy) -> None:
    first, _second = listed(hr, "Pipeline Plumber\t30", "Cook\t10")
    decide(hr, first, taxonomy.roles["data-engineer"].pk)
    page = text(hr.get(LIST))
    assert "1 of 2 titles are decided" in page
    assert "75 %" in page


def test_without_titles_the_page_says_what_to_do(hr: Client) -> None:
    assert "No job titles are listed yet" in text(hr.get(LIST))


def test_a_list_without_a_title_is_refused_in_words(hr: Client) -> None:
    assert "No line has a job title" in text(hr.post(ADD, {"lines": " \n;7\n"}))


def test_many_titles_come_in_pages_for_the_same_few_queries(hr: Client, admin_hr: User) -> None:
    job_titles.add(job_titles.listed("\n".join(f"Engineer of kind {n}" for n in range(3)))[0], admin_hr)
    hr.get(LIST)
    with CaptureQueriesContext(connection) as few:
        hr.get(LIST)
    job_titles.add(job_titles.listed("\n".join(f"Analyst of kind {n}" for n in range(60)))[0], admin_hr)
    with CaptureQueriesContext(connection) as many:
        page = text(hr.get(LIST + "?page=2"))
    assert "Page 2 of 3" in page
    assert len(many) <= len(few) <= MOST_QUERIES
