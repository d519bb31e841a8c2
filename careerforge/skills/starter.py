"""The starter taxonomy: ten files written by hand, read into plain rows and loaded into an organisation."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from careerforge.skills.models import (
    Alias,
    Neighbour,
    Practice,
    PracticeLevel,
    Prerequisite,
    Requirement,
    Role,
    RoleAlias,
    Skill,
)

FOLDER = Path(__file__).parent / "starter"
# Two skills that name each other are nearer than one that names another.
MUTUAL, ONE_WAY = 0.4, 0.25


@dataclass(frozen=True)
class Rung:
    """One level of a practice's ladder."""

    level: int
    title: str
    expectation: str


@dataclass(frozen=True)
class StarterPractice:
    """A practice with its ladder."""

    slug: str
    name: str
    summary: str
    levels: tuple[Rung, ...]


@dataclass(frozen=True)
class StarterSkill:
    """A skill. ``practice`` is "" for those that all practices share; other skills are named by slug."""

    slug: str
    name: str
    practice: str
    aliases: tuple[str, ...]
    prerequisites: tuple[str, ...]
    related: tuple[str, ...]
    hours: int
    half_life_months: int
    summary: str


@dataclass(frozen=True)
class StarterRole:
    """A role; ``requires`` maps a skill's slug to (level, weight)."""

    slug: str
    title: str
    practice: str
    aliases: tuple[str, ...]
    level: int
    summary: str
    requires: dict[str, tuple[int, int]]


@dataclass(frozen=True)
class StarterResource:
    """A row for the learning catalogue; ``level`` is the one reached with it, cost in euro cents."""

    slug: str
    type: str
    title: str
    provider_kind: str
    hours: int
    cost_minor: int
    skill: str
    level: int
    summary: str
    url: str = ""


@dataclass(frozen=True)
class StarterTaxonomy:
    """Everything the files say, in the order of the files."""

    practices: tuple[StarterPractice, ...]
    skills: tuple[StarterSkill, ...]
    roles: tuple[StarterRole, ...]
    resources: tuple[StarterResource, ...]


@cache
def read() -> StarterTaxonomy:
    """The starter taxonomy. A file that lacks something raises ``KeyError`` or ``TypeError``."""
    files = [tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
    return StarterTaxonomy(
        practices=tuple(_practice(each) for each in files if "practice" in each),
        skills=tuple(_skill(row, _slug(each)) for each in files for row in each["skills"]),
        roles=tuple(_role(row, _slug(each)) for each in files for row in each.get("roles", ())),
        resources=tuple(StarterResource(**row) for each in files for row in each["resources"]),
    )


def _slug(content: dict[str, Any]) -> str:
    return str(content["practice"]["slug"]) if "practice" in content else ""


def _practice(content: dict[str, Any]) -> StarterPractice:
    return StarterPractice(**content["practice"], levels=tuple(Rung(**row) for row in content["levels"]))


def _skill(row: dict[str, Any], practice: str) -> StarterSkill:
    lists = {key: tuple(row[key]) for key in ("aliases", "prerequisites", "related")}
    return StarterSkill(**row | lists, practice=practice)


def _role(row: dict[str, Any], practice: str) -> StarterRole:
    requires = {skill: (level, weight) for skill, (level, weight) in row["requires"].items()}
    return StarterRole(**row | {"aliases": tuple(row["aliases"]), "requires": requires}, practice=practice)


def load() -> None:
    """Add what the open organisation does not have yet, by slug.

    What is there stays as it is, with everything that belongs to it: from the first load on the taxonomy
    is the company's own. A second load therefore changes nothing.
    """
    starter = read()
    practices = _load_practices(starter.practices)
    skills, new_skills = _load_skills(starter.skills, practices)
    roles, new_roles = _load_roles(starter.roles, practices)
    Alias.objects.bulk_create(
        Alias(skill=skills[one.slug], text=text) for one in new_skills for text in one.aliases
    )
    Prerequisite.objects.bulk_create(
        Prerequisite(skill=skills[one.slug], requires=skills[basis])
        for one in new_skills
        for basis in one.prerequisites
    )
    Neighbour.objects.bulk_create(
        Neighbour(skill=skills[slug], neighbour=skills[near], credit=credit)
        for slug, near, credit in _neighbours(new_skills)
    )
    RoleAlias.objects.bulk_create(
        RoleAlias(role=roles[one.slug], text=text) for one in new_roles for text in one.aliases
    )
    Requirement.objects.bulk_create(
        Requirement(role=roles[one.slug], skill=skills[skill], level=level, weight=weight)
        for one in new_roles
        for skill, (level, weight) in one.requires.items()
    )


def _neighbours(skills: Iterable[StarterSkill]) -> Iterator[tuple[str, str, float]]:
    related = {one.slug: set(one.related) for one in read().skills}
    for one in skills:
        for near in one.related:
            yield one.slug, near, MUTUAL if one.slug in related[near] else ONE_WAY


def _load_practices(starter: Iterable[StarterPractice]) -> dict[str, Practice]:
    here = {row.slug: row for row in Practice.objects.all()}
    new = [one for one in starter if one.slug not in here]
    for one in new:
        here[one.slug] = Practice(slug=one.slug, name=one.name, summary=one.summary)
    Practice.objects.bulk_create(here[one.slug] for one in new)
    PracticeLevel.objects.bulk_create(
        PracticeLevel(
            practice=here[one.slug], level=rung.level, title=rung.title, expectation=rung.expectation
        )
        for one in new
        for rung in one.levels
    )
    return here


def _load_skills(
    starter: Iterable[StarterSkill], practices: dict[str, Practice]
) -> tuple[dict[str, Skill], list[StarterSkill]]:
    here = {row.slug: row for row in Skill.objects.all()}
    new = [one for one in starter if one.slug not in here]
    for one in new:
        here[one.slug] = Skill(
            slug=one.slug,
            name=one.name,
            summary=one.summary,
            practice=practices.get(one.practice),
            hours=one.hours,
            half_life_months=one.half_life_months,
        )
    Skill.objects.bulk_create(here[one.slug] for one in new)
    return here, new


def _load_roles(
    starter: Iterable[StarterRole], practices: dict[str, Practice]
) -> tuple[dict[str, Role], list[StarterRole]]:
    here = {row.slug: row for row in Role.objects.all()}
    new = [one for one in starter if one.slug not in here]
    for one in new:
        here[one.slug] = Role(
            slug=one.slug,
            title=one.title,
            practice=practices[one.practice],
            level=one.level,
            summary=one.summary,
        )
    Role.objects.bulk_create(here[one.slug] for one in new)
    return here, new
