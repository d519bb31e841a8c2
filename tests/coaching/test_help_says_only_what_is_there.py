"""Help describes the product as it is; a promise without a page is a lie to somebody."""

import re

import pytest

PROMISED = (
    "shown to the person",
    "everything that is held",
    "what you upload",
    "share your path",
    "80% range",
    "simulated runs",
    "in your own words",
    "Cover below target",
    "shared notes",
    "drafts wait",
    "two named people",
)


def words(client, url="/help/"):
    return re.sub(r"\s+", " ", client.get(url).content.decode())


@pytest.mark.parametrize("role", ["owner", "coach", "manager", "admin_hr"])
def test_nothing_is_promised_that_no_page_does(request, role, signed_in):
    page = words(signed_in(request.getfixturevalue(role)))
    assert not [promise for promise in PROMISED if promise in page]


def test_readiness_is_explained_alike_in_help_and_on_the_roster(coach, signed_in):
    client = signed_in(coach)
    assert "A skill not told yet is left out of the figure" in words(client)
    assert "A skill not told yet is left out, not counted as 0" in words(client, "/console/")


def test_the_side_bar_promises_no_more_than_the_log(coach, signed_in):
    assert "Opening a record is logged.<" in words(signed_in(coach), "/console/")
