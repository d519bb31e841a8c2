"""A path in a model's words, as the plan follows it: as far as the person has taken it."""

from collections.abc import Mapping

from careerforge.people.models import User
from careerforge.skills.models import Role
from learning.models import PathDraft
from learning.paths.plan import Wish


def wish(person: User, role: Role) -> Wish | None:
    """What the person has taken for a path: two queries, one when there is nothing."""
    draft = PathDraft.objects.filter(
        path__user=person, path__role=role, state=PathDraft.State.APPROVED
    ).first()
    return wished(draft) if draft else None


def wished(draft: PathDraft) -> Wish:
    """A draft as the plan follows it: one query. One that nobody has taken or left yet is followed whole."""
    rows = list(draft.steps.all())
    taken = draft.worded if draft.order else [row.key for row in rows]
    words: Mapping[str, str] = {
        row.key: row.description for row in rows if row.description and row.key in taken
    }
    return Wish(
        id=draft.id,
        order=tuple(draft.order or (row.key for row in rows)),
        resources={row.key: tuple(row.resources) for row in rows if row.resources and row.key in taken},
        words=words,
        summary=draft.summary,
        model=draft.model,
        prompt_version=draft.prompt_version,
    )
