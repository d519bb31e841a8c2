from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from careerforge.people.models import User

ODD = [
    "/api/v1/employees?q=%00",
    "/api/v1/employees/x%00/skill-gap",
    "/api/v1/skill-gap?role=%00",
    "/console/?q=%00",
    "/skills/?x=%0d%0aSet-Cookie:a",
    "/%00",
]


@pytest.mark.parametrize("address", ODD)
def test_an_address_with_control_characters_is_a_bad_request(
    address: str, coach: User, signed_in: Callable[[User], Client]
) -> None:
    response = signed_in(coach).get(address)
    assert response.status_code == 400
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("query", ["offset=" + "9" * 30, "limit=0", "limit=1000000", "offset=-1"])
def test_a_page_beyond_reason_is_refused_in_words(
    query: str, coach: User, signed_in: Callable[[User], Client]
) -> None:
    assert signed_in(coach).get(f"/api/v1/employees?{query}").status_code == 422


def test_a_request_of_three_megabytes_is_too_large(
    coach: User, profile_of: Any, owner: User, signed_in: Callable[[User], Client]
) -> None:
    address = f"/api/v1/employees/{profile_of(owner).pseudo_id}/ai-advice"
    response = signed_in(coach).post(
        address, b'{"question": "' + b"a" * 3_000_000 + b'"}', "application/json"
    )
    assert response.status_code == 413
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("address", ["/skills/", "/api/v1/skill-gap", "/help/"])
def test_nothing_personal_is_kept_by_a_browser_or_a_proxy(
    address: str, owner: User, signed_in: Callable[[User], Client]
) -> None:
    assert "no-store" in signed_in(owner).get(address)["Cache-Control"]
