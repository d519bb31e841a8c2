"""A GET may be prefetched, crawled and repeated: it changes no row and asks no model (case 8)."""

from collections.abc import Callable

import pytest
from django.test import Client

from careerforge.gateway.models import ModelCall
from tests.security.policy import ROLES
from tests.security.visiting import every_get
from tests.security.world import World, fingerprint

Browser = Callable[[str], Client]


@pytest.mark.parametrize("role", ROLES)
def test_every_get(world: World, browser_of: Browser, role: str) -> None:
    client = browser_of(role)
    before = fingerprint()
    for _name, address in every_get(world):
        client.get(address)
    assert fingerprint() == before, [n for n, a in every_get(world) if changes(client, a)]
    assert list(ModelCall.objects.values_list("pk", flat=True)) == [world.sent.call_id]


def changes(client: Client, address: str) -> bool:
    """Which address it was: only asked when something has changed."""
    before = fingerprint()
    client.get(address)
    return fingerprint() != before
