"""A taxonomy small enough to know by heart."""

from dataclasses import dataclass

from careerforge.skills.models import Practice, PracticeLevel, Prerequisite, Requirement, Role, Skill

SKILLS = {
    # slug: (name, practice, hours per level, half-life in months, prerequisites)
    "sql": ("SQL", "data", 30, 48, ()),
    "python": ("Python", None, 40, 30, ()),
    "data-modelling": ("Data modelling", "data", 36, 48, ("sql",)),
    "etl-pipelines": ("ETL pipelines", "data", 40, 24, ("sql", "python")),
    "batch-orchestration": ("Batch orchestration", "data", 28, 18, ("etl-pipelines",)),
    "giving-feedback": ("Giving feedback", None, 16, 60, ()),
    "rest-api-design": ("REST API design", "backend", 32, 48, ("python",)),
    "message-queues": ("Message queues", "backend", 30, 36, ("rest-api-design",)),
}
ROLES = {
    # slug: (title, practice, level, {skill: (required level, weight)})
    "data-analyst": ("Data analyst", "data", 2, {"sql": (3, 5), "python": (1, 2)}),
    "data-engineer": (
        "Data engineer",
        "data",
        2,
        {"sql": (3, 4), "python": (3, 4), "etl-pipelines": (3, 5), "data-modelling": (2, 3)},
    ),
    "senior-data-engineer": (
        "Senior data engineer",
        "data",
        3,
        {
            "sql": (4, 3),
            "python": (4, 3),
            "etl-pipelines": (4, 5),
            "batch-orchestration": (4, 5),
            "giving-feedback": (2, 2),
        },
    ),
    "backend-developer": (
        "Backend developer",
        "backend",
        2,
        {"python": (3, 5), "rest-api-design": (3, 5), "message-queues": (2, 2), "sql": (2, 2)},
    ),
}


@dataclass(frozen=True)
class Taxonomy:
    """Rows by slug."""

    practices: dict[str, Practice]
    skills: dict[str, Skill]
    roles: dict[str, Role]


def make_taxonomy() -> Taxonomy:
    """Write it into the open organisation."""
    practices = {
        slug: Practice.objects.create(slug=slug, name=name)
        for slug, name in (("data", "Data"), ("backend", "Backend"))
    }
    for practice in practices.values():
        for level, title in enumerate(("Junior", "Mid-level", "Senior", "Staff", "Principal"), 1):
            PracticeLevel.objects.create(practice=practice, level=level, title=title, expectation="Does it.")
    skills = {
        slug: Skill.objects.create(
            slug=slug,
            name=name,
            practice=practices.get(practice or ""),
            hours=hours,
            half_life_months=half_life,
        )
        for slug, (name, practice, hours, half_life, _needs) in SKILLS.items()
    }
    for slug, (*_rest, needs) in SKILLS.items():
        for need in needs:
            Prerequisite.objects.create(skill=skills[slug], requires=skills[need])
    roles = {
        slug: Role.objects.create(slug=slug, title=title, practice=practices[practice], level=level)
        for slug, (title, practice, level, _asks) in ROLES.items()
    }
    for slug, (*_rest, asks) in ROLES.items():
        for skill, (level, weight) in asks.items():
            Requirement.objects.create(role=roles[slug], skill=skills[skill], level=level, weight=weight)
    return Taxonomy(practices, skills, roles)
