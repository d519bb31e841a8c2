"""Sentences about one person, each said together with the spans it rests on."""

from collections.abc import Sequence
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.answer import Draft, Source
from coaching.choosing import Quote
from coaching.intent import Topic
from coaching.known import Facts, SkillFact, StepFact

# So many skills of an order are named beside general advice.
SHOWN = 3


def _profile(facts: Facts, quote: str) -> Source:
    title = _("Role profile: %(role)s") % {"role": facts.role}
    return Source(title, _("Company roles"), facts.role_changed_on, facts.role_url, quote)


def _ledger(facts: Facts, quote: str, detail: str = "", day: date | None = None) -> Source:
    url = f"{facts.person_url}#skills"
    return Source(
        _("Skill ledger of this person"), detail or _("Computed gap"), day or facts.computed_on, url, quote
    )


def _asked(facts: Facts, skill: SkillFact) -> Source:
    words = {"skill": skill.name, "level": skill.required, "weight": skill.weight}
    return _profile(facts, _("%(skill)s: level %(level)s, weight %(weight)s of 5") % words)


def _standing(facts: Facts, skill: SkillFact) -> Source:
    words = {
        "skill": skill.name,
        "now": f"{skill.effective or 0:.1f}",
        "level": skill.required,
        "gain": _gain(skill),
        "hours": skill.hours,
    }
    text = _("%(skill)s: level %(now)s of %(level)s.") % words
    if skill.waiting:
        text += " " + _("The step is finished and waits to be confirmed.")
    elif skill.missing and facts.readiness is None:
        text += " " + _("Closing this gap takes about %(hours)s hours.") % words
    elif skill.missing:
        text += " " + _("Closing this gap adds %(gain)s and takes about %(hours)s hours.") % words
    return _ledger(facts, text, skill.evidence, skill.evidence_on)


def _gain(skill: SkillFact) -> str:
    """What closing the gap adds to readiness."""
    points = round(skill.points * 100)
    return ngettext("%(n)s point of readiness", "%(n)s points of readiness", points) % {"n": points}


def skill(draft: Draft, place: int | None, skill: SkillFact, facts: Facts) -> None:
    """Where they stand in one skill; ``place`` is its place in an order to build, from 0."""
    words = {
        "skill": skill.name,
        "role": facts.role,
        "level": skill.required,
        "weight": skill.weight,
        "now": f"{skill.effective or 0:.1f}",
        "gain": _gain(skill),
        "hours": skill.hours,
    }
    if not skill.known:
        text = _("%(role)s asks for %(skill)s at level %(level)s, and nothing has been told about it yet.")
        draft.say(text % words, _asked(facts, skill))
        return
    if skill.waiting:
        text = _(
            "%(skill)s is at level %(now)s of the %(level)s that %(role)s asks for: the step is finished and "
            "waits to be confirmed."
        )
    elif not skill.missing:
        text = _("%(skill)s is at level %(now)s, and %(role)s asks for %(level)s.")
    else:
        text = _opening(place, skill, facts) + _closing(skill, facts)
        if place:
            words["order"] = (_("first"), _("second"), _("third"), _("fourth"), _("fifth"))[place]
    draft.say(text % words, _asked(facts, skill), _standing(facts, skill))


def _opening(place: int | None, skill: SkillFact, facts: Facts) -> str:
    """What to build and what is asked, with its place in the order."""
    if place is None:
        return _("%(role)s asks for %(skill)s at level %(level)s; their evidence supports %(now)s,")
    if place:
        return _(
            "Build %(skill)s %(order)s: the role asks for level %(level)s, their evidence supports %(now)s,"
        )
    return _(
        "For %(role)s, build %(skill)s first: the role asks for level %(level)s, their evidence supports "
        "%(now)s,"
    )


def _closing(skill: SkillFact, facts: Facts) -> str:
    """What closing a gap brings and takes; without a figure of readiness there are no points of it."""
    if facts.readiness is None:
        return " " + _("and closing this gap takes about %(hours)s hours.")
    if skill.points == max(other.points for other in facts.gaps) and len(facts.gaps) > 1:
        return " " + _("and closing this gap adds %(gain)s, more than any other, in about %(hours)s hours.")
    return " " + _("and closing this gap adds %(gain)s in about %(hours)s hours.")


def order(draft: Draft, skill: SkillFact, later: str, facts: Facts) -> None:
    """That one skill builds on another; one that nothing was told about has to be asked about."""
    words = {"later": later, "skill": skill.name}
    source = _profile(facts, _("%(later)s builds on %(skill)s") % words)
    if skill.known:
        draft.say(_("%(later)s builds on %(skill)s, which therefore comes before it.") % words, source)
    else:
        text = _("%(later)s builds on %(skill)s, of which nothing has been told: ask about it first.")
        draft.say(text % words, source)


def largest(draft: Draft, chosen: Sequence[SkillFact], facts: Facts) -> None:
    """Why the largest gap is not among what to build first: it builds on that."""
    most = max(facts.gaps, key=lambda skill: skill.points, default=None)
    if most is None or most in chosen or facts.readiness is None:
        return
    basis = next((skill for skill in chosen if most.name in facts.above(skill)), None)
    if basis:
        words = {"most": most.name, "basis": basis.name, "gain": _gain(most)}
        text = _("%(most)s is the largest gap, worth %(gain)s; it comes after %(basis)s, which it builds on.")
        quote = _("%(most)s builds on %(basis)s") % words
        draft.say(text % words, _standing(facts, most), _profile(facts, quote))


def general(draft: Draft, quote: Quote, facts: Facts) -> None:
    """What a document says to everybody, where it names another order or other skills than this person's."""
    first = facts.gaps[:SHOWN]
    text = _(
        "For people in general, “%(title)s” says: “%(quote)s” This person’s own order, from the size of each "
        "gap and from what builds on what, is %(order)s."
    )
    order = get_text_list([one.name for one in first], _("and then"))
    words = {"title": quote.title, "quote": quote.text, "order": order}
    draft.say(text % words, quote.source, *(_standing(facts, one) for one in first))


def readiness(draft: Draft, facts: Facts) -> None:
    told = [skill for skill in facts.skills if skill.known]
    words = {
        "role": facts.role,
        "told": len(told),
        "all": len(facts.skills),
        "met": sum(skill.at_level for skill in told),
    }
    basis = _("%(met)s of the %(told)s skills told are at level; the role asks for %(all)s.") % words
    if facts.readiness is None:
        text = _("There is no figure for %(role)s yet: under 30%% of what it asks for is known.")
        draft.say(text % words, _ledger(facts, basis))
        return
    words["share"] = f"{facts.readiness * 100:.0f}"
    text = _(
        "Readiness for %(role)s is %(share)s%%, in the %(told)s of %(all)s required skills told so far; "
        "%(met)s of them are at level."
    )
    draft.say(text % words, _ledger(facts, _("Readiness %(share)s%%.") % words + " " + basis))
    for skill in sorted(facts.gaps, key=lambda one: -one.points)[:1]:
        text = _("The gap that costs most is %(skill)s, at level %(now)s of %(level)s.")
        now = f"{skill.effective or 0:.1f}"
        draft.say(text % {"skill": skill.name, "now": now, "level": skill.required}, _standing(facts, skill))


def steps(draft: Draft, topic: Topic, facts: Facts) -> None:
    """The steps of the path that the question is about: certificates, or what is under way and next."""
    if topic is Topic.CERTIFICATE:
        steps = [step for step in facts.steps if step.type == "cert"]
    else:
        now = [step for step in facts.steps if step.status == "in_progress"]
        ahead = [step for step in facts.steps if step.status == "todo" and step.type != "milestone"]
        steps = (now or ahead)[:2]
    for step in steps:
        text = _("Their path has “%(step)s” in phase %(phase)s, about %(hours)s hours: %(status)s.")
        draft.say(text % _step_words(step), _path(facts, _step_quote(step)))
    if topic is Topic.CERTIFICATE and facts.steps and not steps:
        count = {"n": len(facts.steps)}
        source = _path(facts, _("%(n)s steps and milestones, no certificate") % count)
        draft.say(_("There is no certificate on their path."), source)


def _step_words(step: StepFact) -> dict[str, str | int]:
    return {"step": step.title, "phase": step.phase, "status": step.status_name.lower(), "hours": step.hours}


def _path(facts: Facts, quote: str) -> Source:
    return Source(
        _("Path of this person"), _("Steps by phase"), facts.path_made_on, f"{facts.person_url}#path", quote
    )


def _step_quote(step: StepFact) -> str:
    return _("Phase %(phase)s: %(step)s, %(hours)s hours, %(status)s") % _step_words(step)


def _place_quote(step: StepFact) -> str:
    return _("Phase %(phase)s: %(step)s, %(status)s") % _step_words(step)


def on_path(draft: Draft, chosen: Sequence[SkillFact], facts: Facts) -> None:
    """Where the skills stand on the path they follow."""
    steps = [
        step for skill in chosen for step in facts.steps if step.type == "skill" and step.title == skill.name
    ]
    if not steps:
        return
    parts = [_("%(step)s in phase %(phase)s (%(status)s)") % _step_words(step) for step in steps]
    text = _("Their path has %(steps)s.") % {"steps": get_text_list(parts, _("and"))}
    draft.say(text, _path(facts, "; ".join(_place_quote(step) for step in steps)))


def unknown(draft: Draft, facts: Facts) -> None:
    unknown = [skill.name for skill in facts.skills if not skill.known]
    if not unknown:
        return
    text = ngettext(
        "%(n)s of %(all)s required skills is not told yet, %(first)s: ask about it before deciding.",
        "%(n)s of %(all)s required skills are not told yet, %(first)s among them: ask before deciding.",
        len(unknown),
    ) % {"n": len(unknown), "all": len(facts.skills), "first": unknown[0]}
    quote = _("Without a claim: %(names)s") % {"names": ", ".join(unknown[:6])}
    draft.say(text, _ledger(facts, quote, _("Required skills without a claim")))
