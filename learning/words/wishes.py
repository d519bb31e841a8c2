"""What a coach has approved of a path in a model's words, as the plan follows it."""

from collections.abc import Mapping

from careerforge.people.models import User
from careerforge.skills.models import Role
from learning.models import PathDraft
from learning.paths.plan import Wish


def wish(person: User, role: Role) -> Wish | None:
    """What the coach has approved for a path: two queries, one when there is nothing."""
    draft = PathDraft.objects.filter(
        path__user=person, path__role=role, state=PathDraft.State.APPROVED
    ).first()
    return wished(draft) if draft else None


def wished(draft: PathDraft) -> Wish:
    """A draft as the plan follows it: one query."""
    rows = list(draft.steps.all())
    words: Mapping[str, str] = {row.key: row.description for row in rows if row.description}
    return Wish(
        id=draft.id,
        order=tuple(row.key for row in rows),
        resources={row.key: tuple(row.resources) for row in rows if row.resources},
        words=words,
        summary=draft.summary,
        model=draft.model,
        prompt_version=draft.prompt_version,
    )
