"""What each prompt is filled with: the one place where values have names.

An example has the shape of what the function gives: what it does not hold cannot get into a prompt, and a new
text is tried with it before it may be saved.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DAY = datetime(2031, 2, 3, 9, 30, tzinfo=UTC)
# With its id, which no text prints: whoever looks at what was sent may see what is open to them by then.
PASSAGE: Mapping[str, Any] = {
    "chunk_id": 1,
    "title": "Data practice ladder",
    "heading": "Level 3",
    "published_at": DAY,
    "text": "A data engineer at level 3 runs a batch pipeline alone.",
}

LINES: Mapping[str, Any] = {
    "id": "s1",
    "title": "Batch orchestration",
    "facts": ["Data engineer asks for Batch orchestration at level 3."],
    # The passage of each fact, as above; none for a fact of ours.
    "chunks": [None],
}
STEP: Mapping[str, Any] = {
    **LINES,
    "kind": "skill",
    "hours": "40 to 60 hours",
    "after": ["s2"],
    "resources": ["r1"],
}


@dataclass(frozen=True)
class Declared:
    """A prompt's name for people, its values by example, and the function that it is for, as in the switches.

    ``now`` is given to all of them.
    """

    label: str | Promise
    values: Mapping[str, Any]
    function: str


DECLARED: Mapping[str, Declared] = {
    "advice": Declared(
        _("Coaching advice"),
        {
            "question": "What should they build first?",
            "facts": ["Batch orchestration: level 1.0 of 3."],
            "passages": [PASSAGE],
            "data_date": DAY,
        },
        "coaching_advice",
    ),
    "chat": Declared(
        _("Coaching chat"),
        {
            "question": "And what comes after that?",
            "turns": [{"question": "What should I build first?", "answer": "Batch orchestration."}],
            "facts": ["Batch orchestration: level 1.0 of 3."],
            "passages": [PASSAGE],
            "points": 3,
            "data_date": DAY,
        },
        "coaching_chat",
    ),
    "path": Declared(
        _("Learning path"),
        {
            "current_role": "Data analyst",
            "target_role": "Data engineer",
            "about": ["A data engineer runs the pipelines of a team."],
            "steps": [STEP],
            "choices": [{**STEP, "id": "p1", "kind": "project"}],
            "catalogue": [{"id": "r1", "title": "course: Batch pipelines, to level 3, 20 hours"}],
        },
        "learning_path",
    ),
    "roles": Declared(
        _("Role suggestions"),
        {"roles": [{**LINES, "id": "r1", "title": "Data engineer"}]},
        "role_suggestions",
    ),
    "gap": Declared(
        _("Skill gap"),
        {
            "role": "Data engineer",
            "about": ["A data engineer runs the pipelines of a team."],
            "skills": [LINES],
        },
        "skill_gap",
    ),
}
