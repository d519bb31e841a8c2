"""What is one person's alone: what their levels were made of, what they bring, how they have moved.

Two people with the same gap are told different things here, because different things are true of them.
"""

from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.answers import spans
from coaching.answers.answer import Draft, Source
from coaching.answers.voice import Voice
from coaching.persons.known import Brought, Facts, Proof, SkillFact

# So many sources of one level are named.
PROOFS = 2
# A part of a change below half a point is not spoken of.
POINT = 0.005


def proofs(draft: Draft, chosen: Sequence[SkillFact], facts: Facts) -> None:
    """What the levels were made of, and how much of them has faded."""
    told = [skill for skill in chosen if skill.proofs]
    if not told:
        return
    clauses = "; ".join(_rests_on(skill, facts.voice) for skill in told)
    draft.say(clauses + ".", *(spans.proofs(facts, skill) for skill in told))


def _rests_on(skill: SkillFact, voice: Voice) -> str:
    named = [spans.proof(one, voice) for one in skill.proofs[:PROOFS]]
    words = {"skill": skill.name, "proofs": get_text_list(named, _("and")), "faded": spans.level(skill.faded)}
    if len(skill.proofs) == 1 and skill.proofs[0].source == "self":
        text = _("%(skill)s rests on %(proofs)s alone")
    elif len(skill.proofs) > PROOFS:
        text = _("%(skill)s rests on %(proofs)s, among others")
    else:
        text = _("%(skill)s rests on %(proofs)s")
    if skill.faded:
        text += _(", and %(faded)s of a level has faded since")
    return text % words


def held(draft: Draft, chosen: Sequence[SkillFact], facts: Facts) -> None:
    """What they have already that a skill to build rests upon."""
    for skill in chosen:
        if not skill.missing or not skill.held:
            continue
        parts = [_("%(name)s (%(level)s)") % {"name": n, "level": spans.level(v)} for n, v in skill.held]
        text = facts.voice.of(
            _("%(skill)s builds on %(held)s, which they already have."),
            _("%(skill)s builds on %(held)s, which you already have."),
        )
        words = {"skill": skill.name, "held": get_text_list(parts, _("and"))}
        basis = [one for one in facts.skills if one.name in dict(skill.held)]
        built = (spans.builds_on(facts, skill.name, name) for name, _level in skill.held)
        draft.say(text % words, *built, *(spans.standing(facts, one) for one in basis))
        return


def lent(draft: Draft, chosen: Sequence[SkillFact], facts: Facts) -> None:
    """What a neighbouring skill is worth for one that nothing was told about."""
    for skill in chosen:
        if skill.known or not skill.lender:
            continue
        words = {"lender": skill.lender, "skill": skill.name, "level": spans.level(skill.lent)}
        text = facts.voice.of(
            _("What they know of %(lender)s may count for %(skill)s: it lends level %(level)s."),
            _("What you know of %(lender)s may count for %(skill)s: it lends level %(level)s."),
        )
        quote = _("%(skill)s: %(lender)s lends level %(level)s") % words
        draft.say(text % words, spans.ledger(facts, quote))
        return


def brought(draft: Draft, facts: Facts) -> None:
    """What they can do best beside what the role asks for."""
    if not facts.brought:
        return
    parts = [_part(one, facts.voice) for one in facts.brought]
    text = facts.voice.of(
        _("Beside what %(role)s asks for, they bring %(skills)s."),
        _("Beside what %(role)s asks for, you bring %(skills)s."),
    )
    words = {"role": facts.role, "skills": get_text_list(parts, _("and"))}
    draft.say(text % words, *(_brought_span(one, facts) for one in facts.brought))


def _part(one: Brought, voice: Voice) -> str:
    words = {"skill": one.name, "level": spans.level(one.level), "proof": spans.proof(one.proof, voice)}
    return _("%(skill)s at %(level)s by %(proof)s") % words


def _brought_span(one: Brought, facts: Facts) -> Source:
    words = {"role": facts.role, "part": _part(one, facts.voice)}
    return spans.ledger(facts, _("Not asked for by %(role)s: %(part)s") % words, day=one.proof.day)


def moved(draft: Draft, facts: Facts) -> None:
    """How readiness has moved, and by what."""
    if facts.moved is None:
        return
    total = round(facts.moved.total * 100)
    words = {"days": facts.moved.days, "parts": _parts(facts), "points": _points(abs(total))}
    if not total:
        text = _("Over %(days)s days it has stayed where it was: %(parts)s.")
    elif total > 0:
        text = _("Over %(days)s days it rose by %(points)s: %(parts)s.")
    else:
        text = _("Over %(days)s days it fell by %(points)s: %(parts)s.")
    said = text % words
    draft.say(said, spans.ledger(facts, _("Readiness. %(change)s") % {"change": said}))


def _parts(facts: Facts) -> str:
    """What moved it, in words; the largest first."""
    assert facts.moved is not None
    names = {
        "own_work": facts.voice.of(_("their own work"), _("your own work")),
        "told": _("what has been told since"),
        "requirement": _("a changed requirement"),
        "rule": _("a changed rule"),
        "fading": _("fading evidence"),
    }
    felt = sorted((part for part in facts.moved.parts if abs(part[1]) >= POINT), key=lambda p: -abs(p[1]))
    said = [f"{names[part]} {round(value * 100):+d}" for part, value in felt]
    return ", ".join(said) or _("nothing new was told, and nothing has faded much")


def _points(n: int) -> str:
    return ngettext("%(n)s point", "%(n)s points", n) % {"n": n}


def quickest(draft: Draft, facts: Facts) -> None:
    """The gap that brings most for an hour, where it is not the largest one."""
    gaps = [skill for skill in facts.gaps if skill.hours]
    if facts.readiness is None or len(gaps) < 2:
        return
    best = max(gaps, key=lambda skill: (skill.points / skill.hours, skill.name))
    if best.points == max(skill.points for skill in gaps):
        return
    words = {"skill": best.name, "gain": spans.gain(best), "hours": best.hours}
    text = _("The most for an hour brings %(skill)s: %(gain)s in about %(hours)s hours") % words
    step = next((one for one in facts.steps if one.type == "skill" and one.title == best.name), None)
    if step is None:
        draft.say(f"{text}.", spans.standing(facts, best))
        return
    place = facts.voice.of(
        _("their path has it in phase %(phase)s (%(status)s)"),
        _("your path has it in phase %(phase)s (%(status)s)"),
    )
    said = f"{text}; {place % spans.step_words(step)}."
    draft.say(said, spans.standing(facts, best), spans.path(facts, spans.places([step])))


def waiting(draft: Draft, facts: Facts) -> None:
    """What is finished and not confirmed."""
    done = [skill for skill in facts.skills if skill.waiting]
    if not done:
        return
    text = ngettext(
        "%(skills)s is finished and waits to be confirmed.",
        "%(skills)s are finished and wait to be confirmed.",
        len(done),
    )
    words = {"skills": get_text_list([skill.name for skill in done], _("and"))}
    draft.say(text % words, *(spans.standing(facts, skill) for skill in done))


def fading(draft: Draft, facts: Facts) -> None:
    """The skill that has faded most."""
    most = max(facts.skills, key=lambda skill: skill.faded, default=None)
    if most is None or not most.faded:
        return
    words = {
        "skill": most.name,
        "faded": spans.level(most.faded),
        "proof": spans.proof(_newest(most), facts.voice),
    }
    text = _("%(skill)s has faded most, by %(faded)s of a level: its newest evidence is %(proof)s.")
    draft.say(text % words, spans.proofs(facts, most))


def _newest(skill: SkillFact) -> Proof:
    return max(skill.proofs, key=lambda one: one.day)


def finished(draft: Draft, facts: Facts) -> None:
    """How much of the path is done, and what was done last."""
    steps = [step for step in facts.steps if step.type != "milestone" and step.status != "skipped"]
    done = [step for step in steps if step.status == "done"]
    if not done:
        return
    last = max(done, key=lambda step: (step.ended_on is not None, step.ended_on))
    words = {"n": len(done), "all": len(steps), **spans.step_words(last)}
    text = facts.voice.of(
        _("They have finished %(n)s of %(all)s steps, last “%(step)s” (%(status)s)."),
        _("You have finished %(n)s of %(all)s steps, last “%(step)s” (%(status)s)."),
    )
    count = _("%(n)s of %(all)s steps done") % words
    draft.say(text % words, spans.path(facts, f"{count}; {spans.places([last])}"))
