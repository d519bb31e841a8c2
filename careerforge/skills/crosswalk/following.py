"""Mappings after a framework has changed."""

from collections.abc import Sequence

from careerforge.skills.crosswalk import words
from careerforge.skills.models import Framework, Mapping

State = Mapping.State


def follow(framework: Framework, merges: Sequence[tuple[int, int]]) -> int:
    """What was confirmed for a merged concept holds for the one it went into, and back when it returns.

    Suggestions of concepts that are gone go too; what was confirmed for one that was retired stays, and
    the crosswalk says so.

    Args:
        merges: concepts by id, each with the one it went into.

    Returns:
        How many mappings changed.
    """
    here = Mapping.objects.filter(concept__framework=framework)
    changed = 0
    for gone, into in merges:
        for mapping in here.filter(concept_id=gone, state=State.CONFIRMED):
            changed += _move(mapping, into, merged_from=mapping.merged_from_id or gone)
    for mapping in here.filter(merged_from__retired_at=None).exclude(merged_from=None):
        changed += _move(mapping, mapping.merged_from_id or mapping.concept_id, merged_from=None)
    gone_suggestions = here.filter(state=State.SUGGESTED, concept__retired_at__isnull=False)
    changed += gone_suggestions.delete()[0]
    return changed + words.refresh()


def _move(mapping: Mapping, concept: int, *, merged_from: int | None) -> int:
    """Onto another concept; where the same skill or role meets that already, the older row gives way."""
    other = Mapping.objects.filter(concept=concept, skill=mapping.skill_id, role=mapping.role_id)
    other.exclude(pk=mapping.pk).delete()
    moved = Mapping.objects.filter(pk=mapping.pk)
    return moved.update(concept_id=concept, merged_from_id=merged_from)
