"""Why a gap, a suggestion or a step is what it is: inputs, points, versions, what was left out, and the
smallest change that would alter it. Each is computed again from its receipt alone. Pure.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careerforge.assistant.receipt import Factor, Receipt
from careerforge.assistant.schemas import FactorShown, ReceiptShown
from careerforge.design import words
from careerforge.people.models import SkillClaim
from learning.gaps import readiness
from learning.gaps.gap import Gap, GapRow
from learning.models import Node
from learning.paths import papers
from learning.roles import scoring
from learning.roles.scoring import Points, Suggested
from market.demand import Demand


def of_gap(gap: Gap, demand: Mapping[UUID, Demand] | None = None) -> Receipt:
    """Points are levels held times weight: of known skills, over what is asked of them, the readiness.

    Args:
        demand: of the skills that are shown with it.
    """
    return Receipt(
        rule_version=readiness.RULE_VERSION,
        factors=tuple(_skill(row, (demand or {}).get(row.skill.id)) for row in gap.rows),
        left_out=readiness.NOT_LOOKED_AT,
        nearest_change=_nearest_of_gap(gap),
        inputs=gap.receipt,
    )


def _skill(row: GapRow, demand: Demand | None) -> Factor:
    asked = _("Level %(level)s is asked for, weight %(weight)s.") % {
        "level": row.required,
        "weight": row.weight,
    }
    said = "; ".join(
        _claim(c.source, c.level, c.confidence, c.evidence_on) for c in row.evidence.contributions
    )
    detail = " ".join(
        filter(None, (asked, said or _("Nothing is known."), demand.sentence if demand else ""))
    )
    return Factor(row.skill.name, min(row.evidence.level, float(row.required)) * row.weight, detail)


def _claim(source: str, level: int, confidence: float, on: date) -> str:
    return _("%(source)s: level %(level)s, believed %(share)s %%, of %(day)s") % {
        "source": SkillClaim.Source(source).label,
        "level": level,
        "share": round(confidence * 100),
        "day": date_format(on, "j M Y"),
    }


def raised(gap: Gap, row: GapRow) -> float | None:
    """Readiness if this skill stood one level higher, never past what is asked; None without a figure."""
    level = min(row.evidence.level + 1.0, float(row.required))
    return readiness.altered(gap.receipt, row.skill.id, level).value


def _nearest_of_gap(gap: Gap) -> str:
    """The one level that would lift the figure most; without a figure, what has to be told for one."""
    if gap.readiness is None:
        names = ", ".join(row.skill.name for row in untold(gap))
        return (
            _("With your level in %(names)s told there would be a figure.") % {"names": names}
            if names
            else ""
        )
    known = [row for row in gap.rows if row.known and row.missing > 0]
    best = max(known, key=lambda row: (raised(gap, row) or 0.0, row.skill.name), default=None)
    if best is None:
        return ""
    return _("One level more in %(skill)s would lift it from %(now)s to %(then)s of 100.") % {
        "skill": best.skill.name,
        "now": f"{gap.readiness * 100:.1f}",
        "then": f"{(raised(gap, best) or 0.0) * 100:.1f}",
    }


def untold(gap: Gap) -> list[GapRow]:
    """The fewest skills that have to be told before there is a figure."""
    total = sum(row.weight for row in gap.rows)
    known = sum(row.weight for row in gap.rows if row.known)
    found: list[GapRow] = []
    for row in sorted(gap.unknown, key=lambda row: (-row.weight, row.skill.name)):
        if known / total >= readiness.KNOWN_ENOUGH:
            break
        found.append(row)
        known += row.weight
    return found


def of_suggestion(one: Suggested) -> Receipt:
    """Points of 100 by factor."""
    near = one.nearest
    change = _("%(skill)s from level %(start)s to %(end)s adds %(gain)s points of 100.") % {
        "skill": near.skill.name, "start": f"{near.start:.1f}", "end": f"{near.end:.1f}",
        "gain": f"{near.gain * 100:.1f}",
    } if near else ""  # fmt: skip
    return Receipt(
        rule_version=scoring.RULE_VERSION,
        factors=tuple(Factor(p.factor, p.points, _of(p)) for p in one.points),
        left_out=scoring.LEFT_OUT,
        nearest_change=change,
        inputs=one.receipt,
    )


def _of(points: Points) -> str:
    return _("of %(of)s") % {"of": f"{points.of:.0f}"}


def of_node(node: Node) -> Receipt | None:
    """A step's hours and why it is needed; None for a milestone, and for what has no receipt of its own."""
    return of_step(node.title, node.receipt, node.worded_by)


def of_step(title: str, found: Mapping[str, Any], model: str = "") -> Receipt | None:
    """The same from its paper.

    Args:
        model: whose words the step is in, if a model's.
    """
    if not found:
        return None
    return Receipt(
        rule_version=found["rule"],
        factors=tuple(_parts(title, found)),
        left_out=tuple(found["left_out"]),
        nearest_change=_nearest_of_node(found),
        versions={"words": model} if model else {},
        inputs=found,
    )


def _parts(title: str, found: Mapping[str, Any]) -> Iterator[Factor]:
    if found["kind"] == "skill":
        climbed = found["level"] - papers.start(found)
        detail = _("Level %(start)s to %(end)s, %(hours)s a level") % {
            "start": f"{papers.start(found):g}",
            "end": found["level"],
            "hours": words.hours(found["a_level"]),
        }
        yield Factor(_("Levels to climb"), climbed, detail)
    yield Factor(_("Hours"), papers.recompute(found), _asked(found))
    for source, level, confidence, on in found["line"]["claims"]:
        yield Factor(title, 0.0, _claim(source, level, confidence, date.fromisoformat(on)))


def _asked(found: Mapping[str, Any]) -> str:
    if found["asked"] is None:
        return _("The role does not ask for it; what it asks for builds on it.")
    return _("The role asks for level %(level)s, weight %(weight)s of 5.") % {
        "level": found["asked"],
        "weight": found["weight"],
    }


def _nearest_of_node(found: Mapping[str, Any]) -> str:
    near = papers.nearest(found)
    if near is None:
        return ""
    level, hours = near
    if hours is None:
        return _("At level %(level)s it would not be on your path.") % {"level": f"{level:g}"}
    return _("At level %(level)s it would take %(hours)s.") % {
        "level": f"{level:g}",
        "hours": words.hours(hours),
    }


def shown(receipt: Receipt) -> ReceiptShown:
    """As the API answers it."""
    return ReceiptShown(
        rule_version=receipt.rule_version,
        factors=[FactorShown(label=f.label[:200], points=f.points, detail=f.detail) for f in receipt.factors],
        left_out=list(receipt.left_out),
        nearest_change=receipt.nearest_change,
        versions=dict(receipt.versions),
        inputs=dict(receipt.inputs),
    )
