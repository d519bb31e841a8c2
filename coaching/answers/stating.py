"""Sentences about one person, each said together with the spans it rests on."""

from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.answers import spans
from coaching.answers.answer import Draft
from coaching.answers.voice import Voice
from coaching.persons.known import Facts, SkillFact, StepFact
from coaching.questions.intent import Topic
from coaching.quoting.choosing import Quote

# So many skills of an order are named beside general advice.
SHOWN = 3


def skill(draft: Draft, place: int | None, skill: SkillFact, facts: Facts) -> None:
    """Where they stand in one skill; ``place`` is its place in an order to build, from 0."""
    words = {
        "skill": skill.name,
        "role": facts.role,
        "level": skill.required,
        "weight": skill.weight,
        "now": spans.level(skill.effective),
        "gain": spans.gain(skill),
        "hours": skill.hours,
    }
    if not skill.known:
        text = facts.voice.of(
            _("%(role)s asks for %(skill)s at level %(level)s, and nothing has been told about it yet."),
            _("%(role)s asks for %(skill)s at level %(level)s, and you have told nothing about it yet."),
        )
        draft.say(text % words, spans.asked(facts, skill))
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
    draft.say(text % words, spans.asked(facts, skill), spans.standing(facts, skill))


def _opening(place: int | None, skill: SkillFact, facts: Facts) -> str:
    """What to build and what is asked, with its place in the order."""
    if place is None:
        return facts.voice.of(
            _("%(role)s asks for %(skill)s at level %(level)s; their evidence supports %(now)s,"),
            _("%(role)s asks for %(skill)s at level %(level)s; your evidence supports %(now)s,"),
        )
    if place:
        return facts.voice.of(
            _(
                "Build %(skill)s %(order)s: the role asks for level %(level)s, their evidence supports "
                "%(now)s,"
            ),
            _(
                "Build %(skill)s %(order)s: the role asks for level %(level)s, and your evidence supports "
                "%(now)s,"
            ),
        )
    return facts.voice.of(
        _(
            "For %(role)s, build %(skill)s first: the role asks for level %(level)s, their evidence supports "
            "%(now)s,"
        ),
        _(
            "For %(role)s, build %(skill)s first: the role asks for level %(level)s, your evidence supports "
            "%(now)s,"
        ),
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
    source = spans.builds_on(facts, later, skill.name)
    if skill.known:
        draft.say(_("%(later)s builds on %(skill)s, which therefore comes before it.") % words, source)
    else:
        text = facts.voice.of(
            _("%(later)s builds on %(skill)s, of which nothing has been told: ask about it first."),
            _("%(later)s builds on %(skill)s, of which you have told nothing: say first where you stand."),
        )
        draft.say(text % words, source)


def largest(draft: Draft, chosen: Sequence[SkillFact], facts: Facts) -> None:
    """Why the largest gap is not among what to build first: it builds on that."""
    most = max(facts.gaps, key=lambda skill: skill.points, default=None)
    if most is None or most in chosen or facts.readiness is None:
        return
    basis = next((skill for skill in chosen if most.name in facts.above(skill)), None)
    if basis:
        words = {"most": most.name, "basis": basis.name, "gain": spans.gain(most)}
        text = _("%(most)s is the largest gap, worth %(gain)s; it comes after %(basis)s, which it builds on.")
        draft.say(text % words, spans.standing(facts, most), spans.builds_on(facts, most.name, basis.name))


def general(draft: Draft, quote: Quote, facts: Facts) -> None:
    """What a document says to everybody, where it names another order or other skills than this person's."""
    first = facts.gaps[:SHOWN]
    text = facts.voice.of(
        _(
            "For people in general, “%(title)s” says: “%(quote)s” This person’s own order, from the size of "
            "each gap and from what builds on what, is %(order)s."
        ),
        _(
            "For people in general, “%(title)s” says: “%(quote)s” Your own order, from the size of each gap "
            "and from what builds on what, is %(order)s."
        ),
    )
    order = get_text_list([one.name for one in first], _("and then"))
    words = {"title": quote.title, "quote": quote.text, "order": order}
    draft.say(text % words, quote.source, *(spans.standing(facts, one) for one in first))


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
        draft.say(text % words, spans.ledger(facts, basis))
        return
    words["share"] = f"{facts.readiness * 100:.0f}"
    text = _(
        "Readiness for %(role)s is %(share)s%%, in the %(told)s of %(all)s required skills told so far; "
        "%(met)s of them are at level."
    )
    draft.say(
        text % words, spans.ledger(facts, _("Readiness for %(role)s: %(share)s%%.") % words + " " + basis)
    )
    for skill in sorted(facts.gaps, key=lambda one: -one.points)[:1]:
        text = _("The gap that costs most is %(skill)s, at level %(now)s of %(level)s.")
        now = spans.level(skill.effective)
        draft.say(
            text % {"skill": skill.name, "now": now, "level": skill.required}, spans.standing(facts, skill)
        )


def short(draft: Draft, skill: SkillFact, facts: Facts) -> None:
    """Where they stand in one skill, without what closing the gap takes."""
    text = _("%(skill)s is at level %(now)s of the %(level)s that %(role)s asks for.")
    words = {
        "skill": skill.name,
        "now": spans.level(skill.effective),
        "level": skill.required,
        "role": facts.role,
    }
    draft.say(text % words, spans.asked(facts, skill), spans.standing(facts, skill))


def widest(draft: Draft, chosen: Sequence[SkillFact], facts: Facts) -> None:
    """The widest gap beside what they are good at."""
    most = max(facts.gaps, key=lambda skill: skill.points, default=None)
    if most and most not in chosen:
        text = _("Beside these, the widest gap is %(skill)s, at level %(now)s of %(level)s.")
        words = {"skill": most.name, "now": spans.level(most.effective), "level": most.required}
        draft.say(text % words, spans.standing(facts, most))


def steps(draft: Draft, topic: Topic, facts: Facts) -> None:
    """The steps of the path that the question is about: certificates, or what is under way and next."""
    certificates = [step for step in facts.steps if step.type == "cert"]
    steps = certificates if topic is Topic.CERTIFICATE else now(facts)
    for one in steps:
        step(draft, one, facts)
    if topic is Topic.CERTIFICATE and facts.steps and not steps:
        count = {"n": len(facts.steps)}
        source = spans.path(facts, _("%(n)s steps and milestones, no certificate") % count)
        none = facts.voice.of(
            _("There is no certificate on their path."), _("There is no certificate on your path.")
        )
        draft.say(none, source)


def step(draft: Draft, step: StepFact, facts: Facts) -> None:
    """A step of the path, with its hours and how far it is."""
    text = facts.voice.of(
        _("Their path has “%(step)s” in phase %(phase)s, about %(hours)s hours: %(status)s."),
        _("Your path has “%(step)s” in phase %(phase)s, about %(hours)s hours: %(status)s."),
    )
    draft.say(text % spans.step_words(step), spans.path(facts, spans.step(step)))


def now(facts: Facts) -> list[StepFact]:
    """The steps that are under way, else those that come next."""
    begun = [step for step in facts.steps if step.status == "in_progress"]
    ahead = [step for step in facts.steps if step.status == "todo" and step.type != "milestone"]
    return (begun or ahead)[:2]


def on_path(draft: Draft, chosen: Sequence[SkillFact], facts: Facts) -> None:
    """Where the skills stand on the path they follow, or that it leads elsewhere."""
    names = [skill.name for skill in chosen]
    steps = [step for name in names for step in facts.steps if step.type == "skill" and step.title == name]
    if steps:
        parts = [_("%(step)s in phase %(phase)s (%(status)s)") % spans.step_words(step) for step in steps]
        text = facts.voice.of(_("Their path has %(steps)s."), _("Your path has %(steps)s."))
        words = {"steps": get_text_list(parts, _("and"))}
        draft.say(text % words, spans.path(facts, spans.places(steps)))
    elif facts.heading and chosen:
        text = facts.voice.of(
            _("Their path leads to %(role)s and has no step for %(skills)s."),
            _("Your path leads to %(role)s and has no step for %(skills)s."),
        )
        words = {"role": facts.heading, "skills": get_text_list(names, _("or"))}
        quote = _("Path to %(role)s, without %(skills)s: %(steps)s") % {
            **words,
            "steps": ", ".join(step.title for step in facts.steps if step.type == "skill"),
        }
        draft.say(text % words, spans.path(facts, quote))


def untold(draft: Draft, chosen: Sequence[SkillFact], facts: Facts) -> None:
    """What is asked for and nothing was told about, in one sentence."""
    parts = [_("%(skill)s at level %(level)s") % {"skill": s.name, "level": s.required} for s in chosen]
    words = {"role": facts.role, "skills": get_text_list(parts, _("and")), "all": len(facts.skills)}
    sources = [spans.asked(facts, skill) for skill in chosen]
    if any(skill.known for skill in facts.skills):
        text = facts.voice.of(
            _("%(role)s asks for %(skills)s, and nothing has been told about them yet."),
            _("%(role)s asks for %(skills)s, and you have told nothing about them yet."),
        )
    else:
        text = facts.voice.of(
            _(
                "Nothing has been told yet about any of the %(all)s skills that %(role)s asks for; "
                "%(skills)s weigh most: ask about them first."
            ),
            _(
                "You have told nothing yet about any of the %(all)s skills that %(role)s asks for; "
                "%(skills)s weigh most: tell about them first."
            ),
        )
        names = ", ".join(skill.name for skill in facts.skills)
        quote = _("Without a claim, all %(all)s: %(names)s") % {"all": len(facts.skills), "names": names}
        sources.append(spans.ledger(facts, quote, _("Required skills without a claim")))
    draft.say(text % words, *sources)


def unknown(draft: Draft, facts: Facts) -> None:
    unknown = [skill.name for skill in facts.skills if not skill.known]
    if not unknown or len(unknown) == len(facts.skills):
        return
    words = {"n": len(unknown), "all": len(facts.skills), "first": unknown[0]}
    quote = _("Without a claim, %(n)s of %(all)s: %(names)s") % {**words, "names": ", ".join(unknown)}
    source = spans.ledger(facts, quote, _("Required skills without a claim"))
    draft.say(_untold(facts.voice, len(unknown)) % words, source)


def _untold(voice: Voice, n: int) -> str:
    return voice.of(
        ngettext(
            "%(n)s of %(all)s required skills is not told yet, %(first)s: ask about it before deciding.",
            "%(n)s of %(all)s required skills are not told yet, %(first)s among them: ask before deciding.",
            n,
        ),
        ngettext(
            "You have not told about %(n)s of %(all)s required skills yet, %(first)s: tell it first.",
            "You have not told about %(n)s of %(all)s required skills yet, %(first)s among them: tell them "
            "first.",
            n,
        ),
    )
