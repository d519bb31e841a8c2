"""The spans that sentences about one person rest on: lines of their ledger, their path, a role's profile."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.answers.answer import Source
from coaching.answers.voice import Voice
from coaching.persons.known import Facts, Proof, SkillFact, StepFact


def profile(facts: Facts, quote: str) -> Source:
    """A line of the role's profile."""
    title = _("Role profile: %(role)s") % {"role": facts.role}
    return Source(title, _("Company roles"), facts.role_changed_on, facts.role_url, quote)


def ledger(facts: Facts, quote: str, detail: str = "", day: date | None = None) -> Source:
    """A line of what is known of the person."""
    title = facts.voice.of(_("Skill ledger of this person"), _("Your skill ledger"))
    return Source(title, detail or _("Computed gap"), day or facts.computed_on, facts.skills_url, quote)


def path(facts: Facts, quote: str) -> Source:
    """A line of the person's path."""
    title = facts.voice.of(_("Path of this person"), _("Your path"))
    return Source(title, _("Steps by phase"), facts.path_made_on, facts.path_url, quote)


def asked(facts: Facts, skill: SkillFact) -> Source:
    """What the role asks for."""
    words = {"skill": skill.name, "level": skill.required, "weight": skill.weight}
    return profile(facts, _("%(skill)s: level %(level)s, weight %(weight)s of 5") % words)


def builds_on(facts: Facts, later: str, basis: str) -> Source:
    """That one skill builds on another."""
    return profile(facts, _("%(later)s builds on %(skill)s") % {"later": later, "skill": basis})


def standing(facts: Facts, skill: SkillFact) -> Source:
    """Where the person stands, and what closing the gap brings and takes."""
    words = {
        "skill": skill.name,
        "now": level(skill.effective),
        "level": skill.required,
        "gain": gain(skill),
        "hours": skill.hours,
    }
    text = _("%(skill)s: level %(now)s of %(level)s.") % words
    if skill.waiting:
        text += " " + _("The step is finished and waits to be confirmed.")
    elif skill.missing and facts.readiness is None:
        text += " " + _("Closing this gap takes about %(hours)s hours.") % words
    elif skill.missing:
        text += " " + _("Closing this gap adds %(gain)s and takes about %(hours)s hours.") % words
    return ledger(facts, text, skill.evidence, skill.evidence_on)


def proofs(facts: Facts, skill: SkillFact) -> Source:
    """What somebody's level in a skill was made of."""
    found = [
        _("%(proof)s (level %(level)s)") % {"proof": proof(one, facts.voice), "level": one.level}
        for one in skill.proofs
    ]
    words = {"skill": skill.name, "now": level(skill.effective), "proofs": ", ".join(found)}
    text = _("%(skill)s, level %(now)s: %(proofs)s.") % words
    if skill.faded:
        text += " " + _("Faded since: %(faded)s of a level.") % {"faded": level(skill.faded)}
    return ledger(facts, text, skill.evidence, skill.evidence_on)


def proof(found: Proof, voice: Voice) -> str:
    """One source of a claim with its day, in the middle of a sentence."""
    texts = {
        "self": voice.of(_("their own word of %(day)s"), _("your own word of %(day)s")),
        "peer": _("a peer’s word of %(day)s"),
        "coach": _("a coach’s confirmation of %(day)s"),
        "manager": _("a manager’s word of %(day)s"),
        "certificate": _("a certificate of %(day)s"),
        "course": _("a course record of %(day)s"),
        "project": _("a finished project of %(day)s"),
    }
    return texts[found.source] % {"day": day_of(found.day)}


def day_of(day: date) -> str:
    """A day in a sentence."""
    return str(date_format(day, "j F Y"))


def level(value: float | None) -> str:
    """A level, 0 to 5, with one decimal."""
    return f"{value or 0:.1f}"


def gain(skill: SkillFact) -> str:
    """What closing the gap adds to readiness."""
    points = round(skill.points * 100)
    return ngettext("%(n)s point of readiness", "%(n)s points of readiness", points) % {"n": points}


def step_words(step: StepFact) -> dict[str, str | int]:
    """A step in the words of a sentence."""
    return {"step": step.title, "phase": step.phase, "status": status(step), "hours": step.hours}


def status(step: StepFact) -> str:
    """How far a step is, with its day where there is one."""
    if step.status == "in_progress" and step.started_on:
        return _("in progress since %(day)s") % {"day": day_of(step.started_on)}
    if step.status == "done" and step.ended_on:
        return _("done on %(day)s") % {"day": day_of(step.ended_on)}
    return step.status_name.lower()


def step(step: StepFact) -> str:
    """A step's line on the path, with its hours."""
    return _("Phase %(phase)s: %(step)s, %(hours)s hours, %(status)s") % step_words(step)


def places(steps: Sequence[StepFact]) -> str:
    """Where steps stand on the path."""
    return "; ".join(_("Phase %(phase)s: %(step)s, %(status)s") % step_words(step) for step in steps)
