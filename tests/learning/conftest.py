from datetime import UTC, datetime

import pytest
from hypothesis import settings

from learning import path, target

# A machine that does other things as well makes no property false.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def senior(taxonomy):
    return taxonomy.roles["senior-data-engineer"]


@pytest.fixture
def heading_for_senior(owner, senior, now):
    target.choose(owner, senior, now)
    return owner


@pytest.fixture
def version(heading_for_senior, now):
    """The owner's stored path to senior data engineer."""
    return path.ensure(heading_for_senior, now)


@pytest.fixture
def step_of(version):
    """A step of the stored path by the slug of its skill."""

    def find(slug):
        return version.nodes.get(step__skill__slug=slug, step__type="skill").step

    return find
