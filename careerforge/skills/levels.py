"""Effective level of a skill: what the claims about a person are worth on a day, 0 to 5.

Every claim says "at least level L", and is believed by its confidence, faded since its last evidence::

    weight of a claim  = confidence × 0.5 ^ (months since the last evidence ÷ half-life of the skill)
    belief in level l  = 1 − Π over sources (1 − the source's heaviest claim at level l or above)
    own level          = Σ over l = 1…5 of the belief in l          (the expected number of levels held)
    effective level    = max(own level, min(NEIGHBOUR_CAP, best of credit × own level of a neighbour))

Why so: one claim is worth exactly level × confidence × fading. Two sources that agree are worth more than
either; the same source saying it ten times is worth one. A lower claim never takes from a higher one, and
nothing ever leaves 0 to 5. Combining sources like this is the noisy-or of Pearl (1988, section 4.3.2).

A skill that the position held now requires is in use: its claims do not fade. "Still using it" moves the
date of the evidence. When somebody held an earlier position is never looked at.

Unknown is not 0: a skill without any claim is ``known=False``, whatever its neighbours lend it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

TOP_LEVEL = 5
DAYS_PER_MONTH = 365.25 / 12
# However good the neighbours are, they alone never lift a skill above "works with help".
NEIGHBOUR_CAP = 2.0
RULE_VERSION = "levels-1"

# How far a source is believed when nothing better is said, 0 to 1. Judgements, to be corrected by outcomes.
BELIEVED = {
    "self": 0.5,
    "peer": 0.6,
    "course": 0.7,
    "manager": 0.75,
    "project": 0.8,
    "certificate": 0.85,
    "coach": 0.9,
}

# skill → the skills that lend it credit, with the share of their level that is lent.
Neighbours = Mapping[UUID, Sequence[tuple[UUID, float]]]


@dataclass(frozen=True, slots=True)
class ClaimFact:
    """What somebody or something said about one skill. ``confidence`` 0 to 1, ``level`` 0 to 5."""

    skill_id: UUID
    level: int
    confidence: float
    evidence_on: date
    source: str


@dataclass(frozen=True, slots=True)
class Lent:
    """Partial credit: ``level`` is what ``neighbour_id`` gives, credit applied and capped."""

    neighbour_id: UUID
    credit: float
    level: float


@dataclass(frozen=True, slots=True)
class Effective:
    """A skill's level on a day, with what it was made of.

    ``contributions`` are the claims that count, heaviest first; ``lent`` is the neighbour that counts.
    """

    level: float
    known: bool
    best_source: str
    evidence_on: date | None
    contributions: tuple[ClaimFact, ...]
    lent: Lent | None = None


UNKNOWN = Effective(level=0.0, known=False, best_source="", evidence_on=None, contributions=())


def fading(evidence_on: date, half_life_months: int, on: date) -> float:
    """What is left of a claim on a day: 1 when the evidence is new, 0.5 after one half-life."""
    months = max((on - evidence_on).days, 0) / DAYS_PER_MONTH
    return float(0.5 ** (months / half_life_months))


def effective_levels(
    claims: Iterable[ClaimFact],
    half_life_months: Mapping[UUID, int],
    neighbours: Neighbours,
    on: date,
    in_use: frozenset[UUID] = frozenset(),
) -> dict[UUID, Effective]:
    """The effective level of every skill that has a claim or a claimed neighbour.

    Args:
        half_life_months: per claimed skill.
        neighbours: only the skills listed here are looked at for partial credit.
        in_use: skills that the position held now requires; they do not fade.
    """
    by_skill: dict[UUID, list[ClaimFact]] = defaultdict(list)
    for claim in claims:
        by_skill[claim.skill_id].append(claim)
    own = {
        skill: _own(facts, half_life_months[skill], on, skill in in_use) for skill, facts in by_skill.items()
    }
    found = dict(own)
    for skill, near in neighbours.items():
        lent = _lent(near, own)
        mine = own.get(skill, UNKNOWN)
        if lent and lent.level > mine.level:
            found[skill] = Effective(
                lent.level, mine.known, mine.best_source, mine.evidence_on, mine.contributions, lent
            )
    return found


def _own(facts: list[ClaimFact], half_life_months: int, on: date, used: bool) -> Effective:
    """The level by a skill's own claims. Claims are put in order first, so theirs never matters."""
    weighed = sorted(
        (
            (fact.confidence * (1.0 if used else fading(fact.evidence_on, half_life_months, on)), fact)
            for fact in facts
        ),
        key=lambda pair: (-pair[0], -pair[1].level, pair[1].source, pair[1].evidence_on),
    )
    level, counted = 0.0, dict.fromkeys([weighed[0][1]])
    for rung in range(1, TOP_LEVEL + 1):
        best: dict[str, tuple[float, ClaimFact]] = {}
        for weight, fact in weighed:
            if fact.level >= rung:
                best.setdefault(fact.source, (weight, fact))
        doubt = 1.0
        for weight, fact in best.values():
            doubt *= 1.0 - weight
            counted[fact] = None
        level += 1.0 - doubt
    worth_most = max(weighed, key=lambda pair: pair[0] * pair[1].level)[1]
    return Effective(
        level=min(max(level, 0.0), float(TOP_LEVEL)),
        known=True,
        best_source=worth_most.source,
        evidence_on=max(fact.evidence_on for fact in facts),
        contributions=tuple(counted),
    )


def _lent(near: Sequence[tuple[UUID, float]], own: Mapping[UUID, Effective]) -> Lent | None:
    """The neighbour that gives most, if any is known."""
    offers = [
        Lent(skill, credit, min(NEIGHBOUR_CAP, credit * own[skill].level))
        for skill, credit in near
        if skill in own
    ]
    return max(offers, key=lambda offer: (offer.level, str(offer.neighbour_id)), default=None)
