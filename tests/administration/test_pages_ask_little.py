"""At most fifteen queries a page, and no more with more rows."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careerforge.governance import audit
from careerforge.people.models import Assignment, Position, Team, TeamMembership, User
from careerforge.skills.models import Prerequisite, Requirement, Skill
from tests.cast import Cast, make_person
from tests.taxonomy import Taxonomy

SignIn = Callable[[User], Client]
MOST = 15
LISTS = {
    "admin_hr": ("people/user", "people/team", "people/teammembership", "people/assignment",
                 "people/position",
                 "governance/auditevent"),
    "admin_platform": ("jobs/jobrun", "gateway/modelcall", "knowledge/document", "tenancy/organisation"),
    "admin_org": ("skills/skill", "skills/role", "skills/practice"),
    "admin_lnd": ("learning/resource",),
}  # fmt: skip


def queries(client: Client, address: str) -> int:
    # Once before counting: what a process keeps from its first request on is not a page's cost.
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def grow(cast: Cast, taxonomy: Taxonomy) -> None:
    """A dozen more of everything that a list shows."""
    for n in range(12):
        person = make_person(f"more-{n}", f"Person Number {n}", practice=taxonomy.practices["data"])
        team = Team.objects.create(name=f"Team {n}", manager=cast.manager)
        TeamMembership.objects.create(team=team, user=person, starts_on=date(2025, 1, 1))
        Assignment.objects.create(coach=cast.coach, employee=person, starts_on=date(2025, 1, 1))
        Position.objects.create(
            user=person, role=taxonomy.roles["data-analyst"], level=2, starts_on=date(2025, 1, 1)
        )
        audit.record(cast.coach, "person.viewed", subject=person.pk)
        skill = Skill.objects.create(
            slug=f"skill-{n}", name=f"Skill {n}", practice=taxonomy.practices["data"]
        )
        Prerequisite.objects.create(skill=taxonomy.skills["giving-feedback"], requires=skill)
        Requirement.objects.create(role=taxonomy.roles["data-analyst"], skill=skill, level=2, weight=2)


@pytest.mark.parametrize("kind", LISTS)
def test_lists(cast: Cast, taxonomy: Taxonomy, kind: str, signed_in: SignIn) -> None:
    client = signed_in(getattr(cast, kind))
    addresses = [f"/admin/{name}/" for name in LISTS[kind]]
    before = {address: queries(client, address) for address in addresses}
    grow(cast, taxonomy)
    after = {address: queries(client, address) for address in addresses}
    assert before == after
    assert max(after.values()) <= MOST, after


def test_single_rows(cast: Cast, taxonomy: Taxonomy, signed_in: SignIn) -> None:
    pages = {
        "admin_hr": [reverse("admin:people_user_change", args=[cast.owner.pk])],
        "admin_org": [
            reverse("admin:skills_role_change", args=[taxonomy.roles["data-analyst"].pk]),
            reverse("admin:skills_skill_change", args=[taxonomy.skills["giving-feedback"].pk]),
        ],
    }
    before = {a: queries(signed_in(getattr(cast, kind)), a) for kind, rows in pages.items() for a in rows}
    grow(cast, taxonomy)
    after = {a: queries(signed_in(getattr(cast, kind)), a) for kind, rows in pages.items() for a in rows}
    assert before == after
    assert max(after.values()) <= MOST, after


def test_the_index(cast: Cast, signed_in: SignIn) -> None:
    assert queries(signed_in(cast.admin_hr), "/admin/") <= MOST


def test_a_search_by_name_asks_once_for_everybody(cast: Cast, taxonomy: Taxonomy, signed_in: SignIn) -> None:
    client = signed_in(cast.admin_hr)

    def search() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.post("/admin/people/user/search/", {"text": "no such name"})
        return len(captured)

    before = search()
    grow(cast, taxonomy)
    assert search() == before
