"""What people may rate with a thumb of their own results: a version of the path, suggestions, a gap."""

from uuid import UUID, uuid5

from django.utils import timezone

from careerforge.assistant import confidence
from careerforge.assistant.feedback import Result
from careerforge.people import rooms
from careerforge.people.models import User
from careerforge.skills.models import Role
from learning.gaps import gap as gaps
from learning.models import PathVersion
from learning.roles import scoring, suggestions
from learning.words import wordings
from learning.words.wordings import Said

PATH, SUGGESTIONS, GAP = "path", "suggestions", "gap"


def path(user: User, version_id: UUID) -> Result | None:
    """A version of one's own path."""
    version = PathVersion.objects.filter(pk=version_id, path__user=user).select_related("draft").first()
    if version is None:
        return None
    inside = rooms.entered(user, user)
    return Result(version.built_by, version.prompt_version, room=inside, said=said(version))


def said(version: PathVersion) -> float | None:
    """The share of a model's sentences that was supported, 0 to 1; None for a path in the rules' words."""
    draft = version.draft
    return confidence.share(draft.supported, draft.sentences) if draft else None


def offered(user: User, result_id: UUID) -> Result | None:
    """One's own suggestions."""
    if result_id != suggestions_id(user):
        return None
    now = timezone.now()
    found = suggestions.suggest(user, now.date())
    said = wordings.standing(user, {one.role.id: one.receipt["inputs"] for one in found}, now).roles
    return _result(user, next(iter(said.values()), None), scoring.RULE_VERSION)


def gap(user: User, result_id: UUID) -> Result | None:
    """One's own gap to a role."""
    every = Role.objects.order_by().values_list("pk", flat=True)
    wanted = next((pk for pk in every if gap_id(user, pk) == result_id), None)
    if wanted is None:
        return None
    role = Role.objects.get(pk=wanted)
    now = timezone.now()
    found = gaps.gap(user, role, now.date())
    said = wordings.standing(user, {role.id: found.receipt}, now).skills
    return _result(user, next(iter(said.values()), None), str(found.receipt["rule"]))


def _result(user: User, said: Said | None, rule: str) -> Result:
    model, version = (said.model, said.prompt_version) if said else ("rules", rule)
    return Result(model, version, room=rooms.entered(user, user))


def suggestions_id(person: User) -> UUID:
    """The id of a person's suggestions, stored or not."""
    return uuid5(person.id, "suggestions")


def gap_id(person: User, role: UUID) -> UUID:
    """The id of a person's gap to a role."""
    return uuid5(person.id, f"gap:{role}")
