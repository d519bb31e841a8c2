import pytest

from careerforge.demo.guard import refusal


@pytest.mark.parametrize("host", ["", "127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"])
def test_this_machine_alone_may_come_in(tarnvale, host):
    assert refusal(host, {}) == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.4", "careerforge.tarnvale.example"])
def test_other_addresses_are_refused_while_demo_accounts_exist(tarnvale, host):
    assert "remove_demo" in refusal(host, {})


def test_the_operator_may_insist(tarnvale):
    assert refusal("0.0.0.0", {"CAREERFORGE_DEMO": "1"}) == ""


def test_without_demo_accounts_any_address_will_do(tarnvale):
    type(tarnvale).objects.filter(pk=tarnvale.pk).update(is_demo=False)
    assert refusal("0.0.0.0", {}) == ""
