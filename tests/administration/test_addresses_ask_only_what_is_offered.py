from collections.abc import Callable

import pytest
from django.test import Client

from careerforge.people.models import User

SignIn = Callable[[User], Client]
WHO = {"people": "admin_hr", "jobs": "admin_platform", "connectors": "admin_platform", "skills": "admin_org"}


@pytest.fixture
def visit(request: pytest.FixtureRequest, signed_in: SignIn) -> Callable[[str], int]:
    """The status of an admin address for the admin whose app it is; no exception passes through."""

    def status(address: str) -> int:
        app = "people" if address.startswith("autocomplete") else address.split("/")[0]
        client = signed_in(request.getfixturevalue(WHO[app]))
        client.raise_request_exception = False
        return client.get(f"/admin/{address}").status_code

    return status


@pytest.mark.parametrize(
    "address",
    [
        "people/user/?password__startswith=pbkdf2",
        "people/user/?email_index=a",
        "people/user/?username__startswith=a",
        "people/user/?session_generation__gt=0",
        "people/user/?state__startswith=a",
        "people/user/?handle__regex=(",
        "people/user/?identity__sealed__startswith=a",
        "people/position/?user__password__startswith=a",
        "jobs/jobrun/?arguments__contains=a",
        "jobs/jobrun/?dedup_key__startswith=a",
        "jobs/jobrun/?asked_by=1",
        "connectors/connection/?sealed_secret__isnull=0",
        "connectors/connection/?location__startswith=h",
        "connectors/syncproblem/?run__connection__location__startswith=h",
    ],
)
def test_a_column_that_is_not_on_offer_is_refused(visit: Callable[[str], int], address: str) -> None:
    assert visit(address) == 400


@pytest.mark.parametrize(
    "address",
    [
        "people/user/?state=%00",
        "people/user/?role=%00",
        "people/user/?a%00=1",
        "people/user/?q=%00",
        "people/user/?o=%00",
        "people/user/?profile__practice__id__exact=x",
        "people/team/?q=%00",
        "jobs/jobrun/?state__exact=%00",
        "skills/role/?level=x",
        "skills/role/?level=99999999999999999999",
        "connectors/syncrun/?connection__id__exact=%00",
        "connectors/syncproblem/?run__id__exact=x",
        "autocomplete/?app_label=people&model_name=team&field_name=parent&term=%00",
    ],
)
def test_a_value_that_nothing_understands_is_no_error_of_ours(
    visit: Callable[[str], int], address: str
) -> None:
    assert visit(address) in (200, 302, 400)


@pytest.mark.parametrize(
    "address",
    [
        "people/user/?state__exact=active",
        "people/user/?role=coach",
        "people/user/?profile__practice__isnull=True",
        "people/assignment/?cover__exact=1",
        "people/assignment/?ends_on=yes",
        "jobs/jobrun/?state__exact=failed&dead_at=yes",
        "skills/skill/?retired_at=no",
        "connectors/syncproblem/?run__id__exact=00000000-0000-0000-0000-000000000000",
        "autocomplete/?app_label=people&model_name=team&field_name=parent&term=a",
    ],
)
def test_what_the_pages_offer_works(visit: Callable[[str], int], address: str) -> None:
    assert visit(address) == 200
