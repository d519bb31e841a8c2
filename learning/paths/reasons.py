"""Why a node is on the path: at most three sentences, each with the source it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from careerforge.knowledge.models import Document
from careerforge.people.models import SkillClaim
from careerforge.skills.levels import UNKNOWN
from learning.gaps.mentions import Mention
from learning.paths.plan import Kind, PlannedNode
from learning.roles.relevance import Field

if TYPE_CHECKING:
    from learning.paths.reading import Reading

MOST = 3


@dataclass(frozen=True)
class Reason:
    """A sentence and its source; ``chunk_id`` and ``quote`` when the source is a passage to open."""

    text: str
    title: str
    detail: str
    dated: date
    chunk_id: int | None = None
    quote: str = ""


def of(
    node: PlannedNode, reading: "Reading", mentions: Mapping[UUID, Mention], field: Field
) -> tuple[Reason, ...]:
    """The reasons of one node: what the role asks, where the person stands, what documents say. Pure.

    Args:
        field: the role's own; a vacancy or a report of another field is no reason.
    """
    if node.kind is Kind.MILESTONE or node.skill is None:
        return ()
    found = [_asked(node, reading)]
    if node.kind is Kind.SKILL:
        found.append(_standing(node, reading))
    if (mention := mentions.get(node.skill)) and (said := _said(mention, field)):
        found.append(said)
    return tuple(found[:MOST])


def _asked(node: PlannedNode, reading: "Reading") -> Reason:
    """The requirement that the node serves: its own skill's, or that of a skill which builds on it."""
    role, asks = reading.role, reading.inputs.asks
    skill = node.skill if node.skill in asks else next(iter(node.because), None)
    assert node.skill is not None
    ask = asks.get(skill) if skill else None
    names = {"skill": reading.skills[node.skill].name, "role": role.title, "level": node.level}
    if node.kind in (Kind.PROJECT, Kind.CERTIFICATE):
        text = _("It shows %(skill)s at level %(level)s, one of the widest gaps to %(role)s.") % names
    elif skill == node.skill:
        wanted = ask.level if ask else node.level
        text = _("%(role)s asks for %(skill)s at level %(level)s.") % (names | {"level": wanted})
    elif skill is None:
        text = _("%(role)s builds on %(skill)s.") % names
    else:
        text = _("%(above)s, which the role asks for, builds on %(skill)s.") % (
            names | {"above": reading.skills[skill].name}
        )
    detail = (
        _("Level %(level)s, weight %(weight)s of 5") % {"level": ask.level, "weight": ask.weight}
        if ask
        else ""
    )
    return Reason(text, _("Role profile: %(role)s") % {"role": role.title}, detail, role.changed_at.date())


def _standing(node: PlannedNode, reading: "Reading") -> Reason:
    """Where the person stands, and by whose word."""
    assert node.skill is not None
    have = reading.levels.get(node.skill, UNKNOWN)
    if have.known and have.evidence_on:
        source = SkillClaim.Source(have.best_source).label
        best = max((c.level for c in have.contributions if c.source == have.best_source), default=0)
        return Reason(
            _("You are at about level %(level)s now.") % {"level": f"{have.level:.1f}"},
            _("Your skills: %(source)s") % {"source": str(source).lower()},
            _("Level %(level)s") % {"level": best},
            have.evidence_on,
        )
    if have.lent:
        return Reason(
            _("You have not told us about it; %(near)s lends you part of a level.")
            % {"near": reading.skills[have.lent.neighbour_id].name},
            _("Your skills: neighbouring skill"),
            _("Counts as level %(level)s") % {"level": f"{have.level:.1f}"},
            reading.on,
        )
    return Reason(
        _("Nothing is known of your level yet, so the whole way is counted."),
        _("Your skills"),
        _("No evidence yet"),
        reading.on,
    )


def _said(mention: Mention, field: Field) -> Reason | None:
    """What a document says; None when it is evidence for other work. A quote may name the field itself."""
    kind, ours = Document.Kind(mention.kind), field.speaks_of(mention.title) or field.speaks_of(mention.quote)
    # A ladder is of the practice in its title, whichever roles it speaks of.
    foreign = field.is_foreign(mention.title) and (kind == Document.Kind.LADDER or not ours)
    if (kind == Document.Kind.POSTING and not ours) or (kind == Document.Kind.MARKET_REPORT and foreign):
        return None
    text = {
        Document.Kind.LADDER: _("The practice's ladder names it."),
        Document.Kind.MARKET_REPORT: _("A report on the labour market names it."),
        Document.Kind.POSTING: _("A vacancy in this field asks for it."),
    }[kind]
    if foreign:
        text = _("The ladder of another practice names it.")
    return Reason(
        text,
        mention.title[:300],
        str(Document.Kind(mention.kind).label),
        mention.dated,
        mention.chunk_id,
        mention.quote,
    )
