"""The starter catalogue: the resources of the starter taxonomy's files."""

from careerforge.skills.models import Skill
from careerforge.skills.starter import read
from learning.models import Resource


def load() -> int:
    """Add the resources that the open organisation does not have yet, by slug; how many were added.

    The skills must be there (``careerforge.skills.starter.load``). What is there stays as it is.
    """
    skills = dict(Skill.objects.values_list("slug", "id"))
    here = set(Resource.objects.values_list("slug", flat=True))
    new = [
        Resource(
            slug=one.slug,
            type=one.type,
            title=one.title,
            summary=one.summary,
            provider_kind=one.provider_kind,
            hours=one.hours,
            cost_minor=one.cost_minor,
            skill_id=skills[one.skill],
            level=one.level,
            url=one.url,
        )
        for one in read().resources
        if one.slug not in here
    ]
    Resource.objects.bulk_create(new)
    return len(new)
