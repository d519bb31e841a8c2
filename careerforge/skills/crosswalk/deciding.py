"""What a person says about a mapping: the same, not the same, or not decided after all."""

from datetime import datetime

from careerforge.governance import audit
from careerforge.governance.audit import Actor
from careerforge.skills.crosswalk import words
from careerforge.skills.models import Concept, Mapping, Role, Skill

State = Mapping.State
ACTS = {
    State.CONFIRMED: "crosswalk.confirmed",
    State.REJECTED: "crosswalk.rejected",
    State.SUGGESTED: "crosswalk.undone",
}


def decide(mappings: list[Mapping], state: str, by: Actor, now: datetime, *, kind: str) -> int:
    """Confirm, reject, or take back (``suggested``); names of what is confirmed become known words.

    Returns:
        How many were in another state before.
    """
    changed = 0
    for mapping in mappings:
        rows = Mapping.objects.filter(pk=mapping.pk).exclude(state=state)
        is_open = state == State.SUGGESTED
        done = rows.update(
            state=state,
            decided_at=None if is_open else now,
            decided_by=None if is_open else by.id,
        )
        if done:
            changed += 1
            audit.record(by, ACTS[State(state)], target=mapping, actor_kind=kind)
    if changed:
        words.refresh()
    return changed


def choose(own: Skill | Role, concept: Concept, by: Actor, now: datetime, *, kind: str) -> Mapping:
    """Confirm a concept that was found by hand."""
    side = {"skill": own} if isinstance(own, Skill) else {"role": own}
    mapping, _ = Mapping.objects.get_or_create(**side, concept=concept)
    decide([mapping], State.CONFIRMED, by, now, kind=kind)
    return mapping
