"""Readiness for a role: pure. A receipt holds every input, so that the figure can be computed again.

    readiness = Σ min(effective, required) · weight ÷ Σ required · weight        (0 to 1)

Both sums run over the required skills that something is known about. Unknown is not 0: a skill not told yet
is left out of what is reached and of what is required, and while less than 30 % of the required weight is
known there is no figure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from careerforge.skills import levels
from careerforge.skills.levels import UNKNOWN, ClaimFact, Effective

KNOWN_ENOUGH = 0.3
RULE_VERSION = f"readiness-2/{levels.RULE_VERSION}"
# Until it was corrected, unknown skills stood in the sum of what is required: as if they were 0.
UNKNOWN_AS_NOTHING = f"readiness-1/{levels.RULE_VERSION}"
RULES = (RULE_VERSION, UNKNOWN_AS_NOTHING)
# What no figure of this product looks at; said on every receipt.
NOT_LOOKED_AT = (
    "name",
    "age",
    "gender",
    "salary goal",
    "gaps in employment",
    "dates of past positions",
    "chat",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One requirement: level and weight 1 to 5, and how fast the skill fades (months)."""

    skill_id: UUID
    level: int
    weight: int
    half_life: int


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` 0 to 1, or None while too little is known; ``known_share`` of the required weight, 0 to 1."""

    value: float | None
    known_share: float


def score(wanted: Iterable[Wanted], found: Mapping[UUID, Effective], rule: str = RULE_VERSION) -> Score:
    """Readiness for what is wanted, at these levels. A role that asks for nothing has no figure.

    Args:
        rule: one of ``RULES``; a receipt is recomputed by the rule that it was made with.
    """
    reached = asked = known = total = 0.0
    for want in wanted:
        have = found.get(want.skill_id, UNKNOWN)
        total += want.weight
        known += want.weight if have.known else 0
        if have.known or rule == UNKNOWN_AS_NOTHING:
            reached += min(have.level, want.level) * want.weight
            asked += want.level * want.weight
    share = known / total if total else 0.0
    return Score(reached / asked if asked and share >= KNOWN_ENOUGH else None, share)


def receipt(
    wanted: Sequence[Wanted],
    found: Mapping[UUID, Effective],
    in_use: frozenset[UUID],
    half_lives: Mapping[UUID, int],
    on: date,
) -> dict[str, Any]:
    """Everything the score was computed from, as JSON: ids, levels and dates, never a text."""
    return {
        "rule": RULE_VERSION,
        "on": on.isoformat(),
        "skills": [line(want, found, in_use, half_lives) for want in wanted],
        "not_looked_at": list(NOT_LOOKED_AT),
    }


def line(
    want: Wanted, found: Mapping[UUID, Effective], in_use: frozenset[UUID], half_lives: Mapping[UUID, int]
) -> dict[str, Any]:
    """One skill of a receipt: what is asked, and every claim that its level comes from."""
    have = found.get(want.skill_id, UNKNOWN)
    told: dict[str, Any] = {
        "skill": str(want.skill_id),
        "required": want.level,
        "weight": want.weight,
        "half_life": want.half_life,
        "in_use": want.skill_id in in_use,
        "claims": _claims(have),
        "effective": have.level if have.known or have.lent else None,
        "points": min(have.level, want.level) * want.weight if have.known else 0,
        "of": want.level * want.weight if have.known else 0,
    }
    if have.lent:
        lender = have.lent.neighbour_id
        told["lent"] = {
            "skill": str(lender),
            "credit": have.lent.credit,
            "half_life": half_lives[lender],
            "in_use": lender in in_use,
            "claims": _claims(found[lender]),
        }
    return told


def _claims(have: Effective) -> list[list[Any]]:
    return [[c.source, c.level, c.confidence, c.evidence_on.isoformat()] for c in have.contributions]


@dataclass(frozen=True)
class Inputs:
    """A receipt read back."""

    wanted: tuple[Wanted, ...]
    claims: tuple[ClaimFact, ...]
    half_lives: dict[UUID, int]
    neighbours: dict[UUID, list[tuple[UUID, float]]]
    in_use: frozenset[UUID]

    def levels(self, on: date) -> dict[UUID, Effective]:
        """The effective levels on a day."""
        return levels.effective_levels(self.claims, self.half_lives, self.neighbours, on, self.in_use)

    def score(self, on: date, wanted: Sequence[Wanted] | None = None, rule: str = RULE_VERSION) -> Score:
        """The same inputs on a day of choice, against these requirements or others."""
        return score(self.wanted if wanted is None else wanted, self.levels(on), rule)


def read(paper: Mapping[str, Any]) -> Inputs:
    """The inputs that a receipt holds."""
    wanted, in_use = [], set()
    claims: dict[UUID, tuple[ClaimFact, ...]] = {}
    half_lives: dict[UUID, int] = {}
    near: dict[UUID, list[tuple[UUID, float]]] = {}
    for told in paper["skills"]:
        skill = UUID(told["skill"])
        wanted.append(Wanted(skill, told["required"], told["weight"], told["half_life"]))
        parts = [(skill, told)]
        if lent := told.get("lent"):
            parts.append((UUID(lent["skill"]), lent))
            near[skill] = [(UUID(lent["skill"]), lent["credit"])]
        for of, part in parts:
            half_lives[of] = part["half_life"]
            claims.setdefault(of, tuple(_claim(of, row) for row in part["claims"]))
            if part["in_use"]:
                in_use.add(of)
    return Inputs(
        tuple(wanted),
        tuple(c for facts in claims.values() for c in facts),
        half_lives,
        near,
        frozenset(in_use),
    )


def _claim(skill: UUID, row: Sequence[Any]) -> ClaimFact:
    source, level, confidence, evidence_on = row
    return ClaimFact(skill, level, confidence, date.fromisoformat(evidence_on), source)


def recompute(paper: Mapping[str, Any]) -> Score:
    """The figure of a receipt, computed again from nothing but the receipt."""
    return read(paper).score(date.fromisoformat(paper["on"]), rule=paper["rule"])


def altered(paper: Mapping[str, Any], skill: UUID, level: float) -> Score:
    """The figure of a receipt if one skill were known to stand at this level, and all else as it is."""
    inputs, day = read(paper), date.fromisoformat(paper["on"])
    found = inputs.levels(day)
    found[skill] = replace(found.get(skill, UNKNOWN), level=level, known=True)
    return score(inputs.wanted, found, paper["rule"])


@dataclass(frozen=True, slots=True)
class Change:
    """What moved readiness between two days, in shares of 1; the parts add up to ``total``."""

    since: date
    total: float
    own_work: float
    fading: float
    requirement: float
    rule: float = 0.0
    told: float = 0.0


def change(before: Mapping[str, Any], after: Mapping[str, Any]) -> Change | None:
    """Split the difference of two receipts for one role. None when either has no figure.

    Rule: the old inputs by the new rule. Fading: the old claims on the new day. Requirement: the old claims
    against what is asked now. Own work: new claims about the skills that were known then. Told: what the
    skills that are known only now do, which may lower the figure. A newly required skill counts with the
    claims that were there before.
    """
    then, now = read(before), read(after)
    start, day = date.fromisoformat(before["on"]), date.fromisoformat(after["on"])
    first, last = then.score(start, rule=before["rule"]).value, now.score(day).value
    if first is None or last is None:
        return None
    if before["rule"] not in RULES or after["rule"] != RULE_VERSION:
        return Change(start, last - first, 0.0, 0.0, 0.0, rule=last - first)
    anew = then.score(start).value or 0.0
    faded = then.score(day).value or 0.0
    old = _as_of(then, now, start)
    held = {claim.skill_id for claim in old.claims}
    same = [want for want in now.wanted if want.skill_id in held]
    # Where nothing of what is asked now was known then, the old figure is the only one to compare with.
    asked = old.score(day, same).value
    asked = faded if asked is None else asked
    worked = now.score(day, same).value
    worked = asked if worked is None else worked
    return Change(
        start,
        last - first,
        own_work=worked - asked,
        fading=faded - anew,
        requirement=asked - faded,
        rule=anew - first,
        told=last - worked,
    )


def _as_of(then: Inputs, now: Inputs, start: date) -> Inputs:
    """The old inputs, with what was already claimed about skills that are asked for only now."""
    old = {want.skill_id for want in then.wanted}
    new = {want.skill_id for want in now.wanted} - old
    held = {claim.skill_id for claim in then.claims}
    late = tuple(
        c for c in now.claims if c.skill_id not in held and c.skill_id in new and c.evidence_on <= start
    )
    return Inputs(
        then.wanted,
        then.claims + late,
        now.half_lives | then.half_lives,
        then.neighbours,
        then.in_use | (now.in_use & new),
    )
