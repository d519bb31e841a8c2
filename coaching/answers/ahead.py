"""How long the way is, which projects are on it, and what of it is behind somebody."""

from collections.abc import Sequence
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.answers import spans, stating
from coaching.answers.answer import Draft, Source
from coaching.persons import own
from coaching.persons.known import Facts, SkillFact, StepFact
from coaching.questions import intent

# So many steps are told one by one.
TOLD = 4


def duration(draft: Draft, question: str, chosen: Sequence[SkillFact], facts: Facts) -> None:
    """How long the skills take that a question names, or the whole way to the role."""
    for skill in chosen:
        _hours_of(draft, skill, facts)
    if not chosen and intent.is_whole_way(question):
        if facts.steps and not facts.heading:
            _steps_left(draft, facts)
        else:
            _gaps_left(draft, facts)


def _hours_of(draft: Draft, skill: SkillFact, facts: Facts) -> None:
    if not skill.hours or skill.waiting:
        stating.skill(draft, None, skill, facts)
        return
    words = {"skill": skill.name, "now": spans.level(skill.effective), "level": skill.required}
    words |= {"hours": skill.hours}
    if skill.known:
        text = _("%(skill)s takes about %(hours)s hours, from level %(now)s to level %(level)s.") % words
        _say(draft, text, skill.hours, facts, spans.standing(facts, skill))
        return
    text = _("%(skill)s takes about %(hours)s hours to level %(level)s, from the beginning.") % words
    quote = _("%(skill)s: nothing told yet, about %(hours)s hours to level %(level)s") % words
    _say(draft, text, skill.hours, facts, spans.ledger(facts, quote))


def _steps_left(draft: Draft, facts: Facts) -> None:
    left = [step for step in _real(facts.steps) if step.status not in ("done", "skipped")]
    hours = sum(step.hours for step in left)
    said = ngettext("%(n)s step", "%(n)s steps", len(left)) % {"n": len(left)}
    words = {"steps": said, "role": facts.role, "hours": hours}
    text = facts.voice.of(
        _("Their path to %(role)s has %(steps)s left, about %(hours)s hours."),
        _("Your path to %(role)s has %(steps)s left, about %(hours)s hours."),
    )
    quote = _("Path to %(role)s: %(steps)s left, %(hours)s hours") % words
    _say(draft, text % words, hours, facts, spans.path(facts, quote))
    stating.steps(draft, intent.Topic.NEXT, facts)


def _gaps_left(draft: Draft, facts: Facts) -> None:
    """Where no path leads to the role: what is known to be missing."""
    hours = sum(skill.hours for skill in facts.gaps)
    if not hours:
        return
    words = {"n": len(facts.gaps), "hours": hours, "role": facts.role}
    text = ngettext(
        "For %(role)s, the one gap that is known takes about %(hours)s hours.",
        "For %(role)s, the %(n)s gaps that are known take about %(hours)s hours together.",
        len(facts.gaps),
    )
    quote = _("%(role)s: gaps that are known %(n)s, %(hours)s hours") % words
    _say(draft, text % words, hours, facts, spans.ledger(facts, quote))
    stating.unknown(draft, facts)


def _say(draft: Draft, text: str, hours: int, facts: Facts, source: Source) -> None:
    """With the weeks, where it is told to the person, whose hours a week they are."""
    if not facts.hours_per_week or not hours:
        draft.say(text, source)
        return
    weeks = ceil(hours / facts.hours_per_week)
    said = ngettext(
        "At your %(pace)s hours a week, that is about %(n)s week.",
        "At your %(pace)s hours a week, that is about %(n)s weeks.",
        weeks,
    )
    words = {"pace": facts.hours_per_week, "hours": hours, "n": weeks}
    quote = _("%(hours)s hours at %(pace)s hours a week, without pauses: weeks %(n)s") % words
    draft.say(f"{text} {said % words}", source, spans.path(facts, quote))


def projects(draft: Draft, facts: Facts) -> None:
    """The projects on the path, what is still to do first."""
    found = [step for step in facts.steps if step.type == "project" and step.status != "skipped"]
    for step in sorted(found, key=lambda one: one.status == "done")[:TOLD]:
        stating.step(draft, step, facts)
    if facts.steps and not found:
        quote = _("%(n)s steps and milestones, no project") % {"n": len(facts.steps)}
        none = facts.voice.of(_("There is no project on their path."), _("There is no project on your path."))
        draft.say(none, spans.path(facts, quote))


def behind(draft: Draft, question: str, facts: Facts) -> None:
    """What somebody has finished, or what they left out."""
    if not facts.steps:
        return
    skipped = intent.is_skipped(question)
    found = [one for one in _real(facts.steps) if one.status == ("skipped" if skipped else "done")]
    if not skipped:
        own.finished(draft, facts)
    for step in sorted(found, key=_ended, reverse=True)[:TOLD]:
        stating.step(draft, step, facts)
    if not found:
        count = {"n": len(_real(facts.steps))}
        if skipped:
            text, quote = _("No step is skipped."), _("%(n)s steps, none skipped") % count
        else:
            text, quote = _("No step is finished yet."), _("%(n)s steps, none done") % count
        draft.say(text, spans.path(facts, quote))


def _real(steps: Sequence[StepFact]) -> list[StepFact]:
    """A milestone is reached, not done."""
    return [step for step in steps if step.type != "milestone"]


def _ended(step: StepFact) -> str:
    return step.ended_on.isoformat() if step.ended_on else ""
