"""The company's own skills and roles, and the frameworks of others that they are compared with."""

from careerforge.skills.models.company import (
    LEVEL,
    TOP_LEVEL,
    Alias,
    Neighbour,
    Practice,
    PracticeLevel,
    Prerequisite,
    Requirement,
    Role,
    RoleAlias,
    Skill,
    between,
)
from careerforge.skills.models.frameworks import Concept, Framework, Label, Relation
from careerforge.skills.models.mapping import Mapping
from careerforge.skills.models.releases import Change, Release, ReleasePart

__all__ = [
    "LEVEL",
    "TOP_LEVEL",
    "Alias",
    "Change",
    "Concept",
    "Framework",
    "Label",
    "Mapping",
    "Neighbour",
    "Practice",
    "PracticeLevel",
    "Prerequisite",
    "Relation",
    "Release",
    "ReleasePart",
    "Requirement",
    "Role",
    "RoleAlias",
    "Skill",
    "between",
]
