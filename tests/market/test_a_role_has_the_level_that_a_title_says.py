from types import MappingProxyType
from uuid import UUID

import pytest

from careerforge.skills.models import Requirement, Role, RoleAlias
from market import roles

TITLES = MappingProxyType(
    {
        "Junior mobile developer": (1, ["Trainee mobile developer"]),
        "Staff platform engineer": (4, []),
        "Buyer": (2, ["Buyer II"]),
        "Chief buyer": (3, ["Senior buyer", "Buyer III"]),
        "Surveyor": (2, []),
        "Senior surveyor": (3, ["Lead surveyor"]),
    }
)


@pytest.fixture
def meant(taxonomy):
    """The role's title and the level that a posting's title means."""
    sql, python = taxonomy.skills["sql"], taxonomy.skills["python"]
    for title, (level, others) in TITLES.items():
        role = Role.objects.create(
            slug=title.lower().replace(" ", "-"),
            title=title,
            level=level,
            practice=taxonomy.roles["data-engineer"].practice,
        )
        RoleAlias.objects.bulk_create(RoleAlias(role=role, text=text) for text in others)
        Requirement.objects.bulk_create(
            Requirement(role=role, skill=skill, level=2, weight=1) for skill in (sql, python)
        )
    _state, known = roles.current()
    titles: dict[UUID | None, str | None] = {None: None, **dict(Role.objects.values_list("pk", "title"))}

    def find(title: str) -> tuple[str | None, int | None]:
        role, level = known.meant(title, {sql.pk, python.pk})
        return titles[role], level

    return find


@pytest.mark.parametrize(
    "title", ["Senior mobile developer, driver app", "Principal platform engineer", "Junior surveyor"]
)
def test_another_level_is_another_role(meant, title):
    assert meant(title)[0] is None


@pytest.mark.parametrize("title", ["Platform engineer 19", "Mobile developer"])
def test_a_title_without_a_level_is_no_role_that_is_named_by_one(meant, title):
    assert meant(title) == (None, None)


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Trainee mobile developer (m/f/d)", "Junior mobile developer"),
        ("Staff platform engineer, Brno", "Staff platform engineer"),
        ("Surveyor", "Surveyor"),
        ("Senior surveyor", "Senior surveyor"),
        ("Senior buyer", "Chief buyer"),
        ("Buyer", "Buyer"),
    ],
)
def test_the_role_of_the_same_name_at_that_level_is_taken(meant, title, role):
    assert meant(title)[0] == role


@pytest.mark.parametrize(
    ("title", "role"), [("Lead surveyor", "Senior surveyor"), ("Buyer III", "Chief buyer")]
)
def test_a_name_that_the_company_gave_outweighs_the_level(meant, title, role):
    assert meant(title)[0] == role
