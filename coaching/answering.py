"""An answer for a coach by rules: facts of this person first, then what documents say, each sentence cited.

Pure: facts and quotes in, an answer out. A sentence exists only together with the span it rests on.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching import choosing, intent
from coaching.answer import Answer, Draft, Source
from coaching.choosing import Quote
from coaching.intent import Topic

# A basis below this level has to be built before what stands on it.
BASIS = 2


@dataclass(frozen=True)
class SkillFact:
    """One required skill of the role in question, as it stands for this person."""

    name: str
    required: int
    weight: int
    # None: nothing was told about it.
    effective: float | None
    # Share of 1 by which readiness rises when the gap is closed.
    points: float
    hours: int
    # Other missing skills that build on this one.
    opens: tuple[str, ...]
    # The best evidence in words and its day.
    evidence: str = ""
    evidence_on: date | None = None
    aliases: tuple[str, ...] = ()
    at_level: bool = False

    @property
    def known(self) -> bool:
        """Whether anything was told about it."""
        return self.effective is not None

    @property
    def missing(self) -> bool:
        """Whether it is known to be below what the role asks for."""
        return self.known and not self.at_level

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class StepFact:
    """A step of the person's path."""

    title: str
    type: str
    # todo, in_progress, done or skipped
    status: str
    status_name: str
    phase: int
    hours: int


@dataclass(frozen=True)
class Facts:
    """The gap of one person against one role, and their path."""

    role: str
    role_url: str
    role_changed_on: date
    person_url: str
    computed_on: date
    readiness: float | None
    skills: tuple[SkillFact, ...]
    steps: tuple[StepFact, ...] = ()
    path_made_on: date | None = None

    @property
    def gaps(self) -> list[SkillFact]:
        """What is known to be missing: the largest gain first, no skill before a basis it still needs."""
        ranked = sorted((s for s in self.skills if s.missing), key=lambda s: (-s.points, s.hours, s.name))
        ordered: list[SkillFact] = []
        while ranked:
            free = next((s for s in ranked if not _waits(s, ranked)), ranked[0])
            ordered.append(free)
            ranked.remove(free)
        return ordered


def _waits(skill: SkillFact, others: Sequence[SkillFact]) -> bool:
    """Whether it builds on one of the others that is too low to build on."""
    return any(skill.name in other.opens and (other.effective or 0) < BASIS for other in others)


def mentions(text: str, skill: SkillFact) -> bool:
    """Whether a text names the skill or one of its aliases as whole words."""
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I) for name in skill.names)


def chosen_skills(question: str, facts: Facts | None) -> list[SkillFact]:
    """The skills an answer is about: those that the question names, else the first gaps it asks for."""
    if facts is None:
        return []
    asked = intent.read(question)
    named = [skill for skill in facts.skills if mentions(question, skill)]
    if named and asked.number is None:
        order = [skill.name for skill in facts.gaps]
        return sorted(named, key=lambda s: order.index(s.name) if s.name in order else len(order))
    if asked.topic is Topic.GAP:
        return list(dict.fromkeys([*named, *facts.gaps]))[: asked.number or intent.USUAL_NUMBER]
    if asked.topic is Topic.STRENGTH:
        told = [skill for skill in facts.skills if skill.known]
        return sorted(told, key=lambda s: -(s.effective or 0))[: asked.number or intent.USUAL_NUMBER]
    return []


def compose(
    question: str, facts: Facts | None, quotes: Sequence[Quote], nearest: Sequence[Quote] = ()
) -> Answer:
    """The answer to a question about one person.

    Args:
        question: the coach's words.
        facts: the gap, or None when the person has no target and the question names no role.
        quotes: sentences of documents that answer the question, best first.
        nearest: what comes nearest when nothing answers it.
    """
    draft = Draft()
    chosen = chosen_skills(question, facts)
    topic = intent.read(question).topic
    if facts:
        _say_facts(draft, topic, chosen, facts, one_named=len(chosen) == 1 and mentions(question, chosen[0]))
    names = [skill.names for skill in chosen]
    if not (draft and intent.read(question).personal):
        for quote in choosing.choose(question, quotes, names, reasons=topic is Topic.GAP):
            draft.say(quote.text, quote.source)
    if facts and chosen and topic is Topic.GAP:
        _say_unknown(draft, facts)
    if not draft:
        return Answer((), tuple(quote.source for quote in nearest), dont_know=True)
    return draft.answer()


def _say_facts(
    draft: Draft, topic: Topic, chosen: Sequence[SkillFact], facts: Facts, *, one_named: bool
) -> None:
    """What the person's facts say; a single skill that the question named is not put in an order."""
    if topic is Topic.READINESS:
        _say_readiness(draft, facts)
    if topic in (Topic.CERTIFICATE, Topic.NEXT):
        _say_steps(draft, topic, facts)
    for place, skill in enumerate(chosen):
        _say_skill(draft, place if topic is Topic.GAP and not one_named else None, skill, facts)
    for skill in chosen:
        later = [other.name for other in chosen if other.name in skill.opens]
        if topic is Topic.GAP and later and _waits(_by_name(later[0], chosen), chosen):
            _say_order(draft, skill, later[0], facts)
    if topic is Topic.GAP:
        _say_on_path(draft, chosen, facts)


def _by_name(name: str, skills: Sequence[SkillFact]) -> SkillFact:
    return next(skill for skill in skills if skill.name == name)


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
    if skill.missing:
        text += " " + _("Closing this gap adds %(gain)s and takes about %(hours)s hours.") % words
    return _ledger(facts, text, skill.evidence, skill.evidence_on)


def _gain(skill: SkillFact) -> str:
    """What closing the gap adds to readiness."""
    points = round(skill.points * 100)
    return ngettext("%(n)s point of readiness", "%(n)s points of readiness", points) % {"n": points}


def _say_skill(draft: Draft, place: int | None, skill: SkillFact, facts: Facts) -> None:
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
    if not skill.missing:
        text = _("%(skill)s is at level %(now)s, and %(role)s asks for %(level)s.")
        draft.say(text % words, _standing(facts, skill), _asked(facts, skill))
        return
    if place is None:
        text = _(
            "%(role)s asks for %(skill)s at level %(level)s; their evidence supports %(now)s, and closing "
            "this gap adds %(gain)s in about %(hours)s hours."
        )
    elif place == 0 and skill.points == max(other.points for other in facts.skills):
        text = _(
            "For %(role)s, build %(skill)s first: the role asks for level %(level)s, their evidence supports "
            "%(now)s, and closing this gap adds %(gain)s, more than any other, in about %(hours)s hours."
        )
    else:
        words["order"] = (_("first"), _("second"), _("third"), _("fourth"), _("fifth"))[place]
        text = _(
            "Build %(skill)s %(order)s: the role asks for level %(level)s, their evidence supports %(now)s, "
            "and closing this gap adds %(gain)s in about %(hours)s hours."
        )
    draft.say(text % words, _asked(facts, skill), _standing(facts, skill))


def _say_order(draft: Draft, skill: SkillFact, later: str, facts: Facts) -> None:
    words = {"later": later, "skill": skill.name}
    quote = _("%(later)s builds on %(skill)s") % words
    draft.say(
        _("%(later)s builds on %(skill)s, which therefore comes before it.") % words, _profile(facts, quote)
    )


def _say_readiness(draft: Draft, facts: Facts) -> None:
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
    text = _("Readiness for %(role)s is %(share)s%%: %(met)s of the %(told)s skills told are at level.")
    draft.say(text % words, _ledger(facts, _("Readiness %(share)s%%.") % words + " " + basis))
    for skill in facts.gaps[:1]:
        text = _("The gap that costs most is %(skill)s, at level %(now)s of %(level)s.")
        now = f"{skill.effective or 0:.1f}"
        draft.say(text % {"skill": skill.name, "now": now, "level": skill.required}, _standing(facts, skill))


def _say_steps(draft: Draft, topic: Topic, facts: Facts) -> None:
    """The steps of the path that the question is about: certificates, or what is under way and next."""
    if topic is Topic.CERTIFICATE:
        steps = [step for step in facts.steps if step.type == "cert"]
    else:
        now = [step for step in facts.steps if step.status == "in_progress"]
        ahead = [step for step in facts.steps if step.status == "todo" and step.type != "milestone"]
        steps = (now or ahead)[:2]
    for step in steps:
        text = _("Their path has “%(step)s” in phase %(phase)s, about %(hours)s hours: %(status)s.")
        draft.say(text % _step_words(step), _path(facts, _on_path(step)))
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


def _on_path(step: StepFact) -> str:
    return _("Phase %(phase)s: %(step)s, %(hours)s hours, %(status)s") % _step_words(step)


def _say_on_path(draft: Draft, chosen: Sequence[SkillFact], facts: Facts) -> None:
    """Where the skills stand on the path they follow."""
    steps = [
        step for skill in chosen for step in facts.steps if step.type == "skill" and step.title == skill.name
    ]
    if not steps:
        return
    parts = [_("%(step)s in phase %(phase)s (%(status)s)") % _step_words(step) for step in steps]
    text = _("Their path has %(steps)s.") % {"steps": get_text_list(parts, _("and"))}
    draft.say(text, _path(facts, "; ".join(_on_path(step) for step in steps)))


def _say_unknown(draft: Draft, facts: Facts) -> None:
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
