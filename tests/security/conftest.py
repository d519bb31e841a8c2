from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from careerforge.people.models import User
from tests.cast import Cast
from tests.security.world import World, make_world
from tests.taxonomy import Taxonomy


@pytest.fixture
def world(cast: Cast, taxonomy: Taxonomy, foreigner: User) -> World:
    cache.clear()
    return make_world(cast, taxonomy, foreigner)


@pytest.fixture
def browser_of(world: World, signed_in: Callable[[User], Client]) -> Callable[[str], Client]:
    """The browser of a role; errors of the server come back as pages."""

    def made(role: str, **how: Any) -> Client:
        user = world.user(role)
        client = signed_in(user) if user else Client()
        client.raise_request_exception = False
        return client

    return made
