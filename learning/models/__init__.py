"""What learning keeps: the catalogue, and people's ways through it."""

from learning.models.catalogue import Course, CourseSkill, Resource
from learning.models.drafts import PathDraft, PathDraftStep
from learning.models.way import (
    Node,
    NodePrerequisite,
    NodeReason,
    NodeResource,
    Path,
    PathVersion,
    Readiness,
    RoleSuggestion,
    Step,
    Target,
)
from learning.models.wording import Wording, WordingSource

__all__ = [
    "Course",
    "CourseSkill",
    "Node",
    "NodePrerequisite",
    "NodeReason",
    "NodeResource",
    "Path",
    "PathDraft",
    "PathDraftStep",
    "PathVersion",
    "Readiness",
    "Resource",
    "RoleSuggestion",
    "Step",
    "Target",
    "Wording",
    "WordingSource",
]
