"""What an answer rests on beside its texts: part of its receipt, and of the key under which it is kept."""

from collections.abc import Mapping

from careerforge.assistant import policy
from careerforge.knowledge.index import generations
from careerforge.people.models import User
from careerforge.skills.extraction import kept
from careerforge.skills.models import Role

RULES_VERSION = "advice-rules-4"
# What is about the person; an answer about nobody does not depend on it.
PERSONAL = ("profile", "role")


def versions(person: User, role: Role | None) -> Mapping[str, str]:
    """By name: two queries."""
    live = generations.live()
    return {
        "rules": RULES_VERSION,
        "policy": policy.VERSION,
        "profile": str(person.profile.version),
        "role": role.changed_at.isoformat() if role else "",
        "taxonomy": kept.state(),
        "index": str(live.pk) if live else "",
    }
