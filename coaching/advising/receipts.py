""" "Why this?" of an advice: what it was made from, what was left out, what would alter it. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.assistant.receipt import Factor, Receipt
from coaching.answers.answer import Answer
from coaching.persons.known import Facts, SkillFact

LEFT_OUT = (
    gettext_lazy("name, e-mail, phone, city and employee number"),
    gettext_lazy("age, gender, origin, family, health and belief"),
    gettext_lazy("salary goal, limits at work and a wish to leave"),
    gettext_lazy("private chat and interview practice"),
    gettext_lazy("dates of employment and gaps between them"),
)
_INPUTS = (
    "name",
    "required",
    "weight",
    "effective",
    "points",
    "hours",
    "opens",
    "at_level",
    "waiting",
    "place",
)


def receipt(answer: Answer, facts: Facts | None, versions: Mapping[str, str]) -> Receipt:
    """What an answer was made from.

    A skill's points are what closing its gap adds to readiness, in hundredths; a document has none.
    """
    skills = [_skill(one) for one in facts.skills] if facts else []
    return Receipt(
        rule_version=versions.get("rules", ""),
        factors=(*sorted(skills, key=lambda one: -one.points), *_documents(answer)),
        left_out=tuple(map(str, LEFT_OUT)),
        nearest_change=_nearest(facts) if facts else "",
        versions=dict(versions),
        inputs={"skills": [_input(one) for one in facts.skills]} if facts else {},
    )


def reviewed(before: Receipt, answer: Answer, how: str, by: str, at: datetime) -> Receipt:
    """The receipt of a model's version that a human has let through.

    Args:
        before: of what the model wrote.
        answer: what is shown now; its documents take the place of the model's.
        how: ``approved`` or ``edited``.
        by: the reviewer's role. Who it was stands in the review.
        at: aware.
    """
    skills = {one["name"] for one in before.inputs.get("skills", ())}
    return replace(
        before,
        factors=(*(one for one in before.factors if one.label in skills), *_documents(answer)),
        versions={
            **before.versions,
            "checks": " ".join(answer.checks),
            "review": f"{how} by {by}",
            "reviewed": at.isoformat(timespec="minutes"),
        },
    )


def order(inputs: Mapping[str, Any]) -> list[str]:
    """The skills in the order in which to build them, out of a receipt's inputs alone."""
    skills = tuple(SkillFact(**{**one, "opens": tuple(one["opens"])}) for one in inputs.get("skills", ()))
    return [one.name for one in Facts("", "", date.min, "", "", date.min, None, skills).gaps]


def points(inputs: Mapping[str, Any]) -> dict[str, float]:
    """What closing each gap adds to readiness, in hundredths, out of a receipt's inputs alone.

    Levels missing times weight, as a share of all that is asked for among what something was told about.
    """
    told = [one for one in inputs.get("skills", ()) if one["effective"] is not None]
    total = sum(one["required"] * one["weight"] for one in told) or 1
    return {
        one["name"]: round((one["required"] - one["effective"]) * one["weight"] / total * 100, 2)
        for one in told
        if not one["at_level"] and not one["waiting"]
    }


def _skill(one: SkillFact) -> Factor:
    if one.effective is None:
        detail = _("Nothing told; level %(required)s is asked for.") % {"required": one.required}
        return Factor(one.name, 0.0, detail)
    words = {"level": f"{one.effective:.1f}", "required": one.required, "weight": one.weight}
    detail = _("Level %(level)s of %(required)s, weight %(weight)s of 5.") % words
    if one.evidence and one.evidence_on:
        detail += f" {one.evidence}, {date_format(one.evidence_on, 'j M Y')}."
    return Factor(one.name, round(one.points * 100, 2) if one.missing else 0.0, detail)


def _cited(answer: Answer) -> list[tuple[str, str]]:
    """Each document once, with its date."""
    found = {}
    for source in answer.sources:
        if source.chunk_id is not None:
            day = date_format(source.day, "j M Y") if source.day else ""
            found[source.title] = ", ".join(filter(None, (source.detail, day)))
    return list(found.items())


def _documents(answer: Answer) -> list[Factor]:
    return [Factor(title, 0.0, detail) for title, detail in _cited(answer)]


def _input(one: SkillFact) -> dict[str, Any]:
    plain = asdict(one)
    return {name: plain[name] for name in _INPUTS}


def _nearest(facts: Facts) -> str:
    """The smallest step that takes a skill off the list."""
    gaps = [(one.required - (one.effective or 0.0), one) for one in facts.gaps]
    if not gaps:
        return ""
    step, skill = min(gaps, key=lambda pair: (pair[0], pair[1].name))
    words = {"skill": skill.name, "step": f"{step:.1f}", "level": skill.required}
    return (
        _("%(skill)s needs the least: with %(step)s of a level more it is at %(level)s and off the list.")
        % words
    )
