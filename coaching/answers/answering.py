"""An answer for a coach by rules: facts of this person first, then what documents say, each sentence cited.

Pure: facts and quotes in, an answer out. A sentence exists only together with the span it rests on.
"""

from collections.abc import Callable, Sequence
from functools import partial

from careerforge.knowledge.models import Document
from coaching.answers import ahead, levels, stating
from coaching.answers.answer import Answer, Draft
from coaching.persons import own
from coaching.persons.known import Facts, SkillFact, chosen_skills, mentions, waits
from coaching.questions import intent
from coaching.questions.intent import Topic
from coaching.quoting import agreeing, allowing, choosing
from coaching.quoting.choosing import Quote

GUIDE = Document.Kind.CERTIFICATION_GUIDE
# What documents say is the answer here, and the person's facts come after it.
DOCUMENTS_FIRST = (Topic.PAY, Topic.EVIDENCE, Topic.DEMAND)
# What is answered from the path.
WAY = (Topic.TIME, Topic.PROJECT, Topic.DONE)


def compose(
    question: str,
    facts: Facts | None,
    quotes: Sequence[Quote],
    nearest: Sequence[Quote] = (),
    note: str = "",
) -> Answer:
    """The answer to a question about one person.

    Args:
        question: the coach's words.
        facts: the gap, or None when the person has no target and the question names no role.
        quotes: sentences of documents that answer the question, best first.
        nearest: what comes nearest when nothing answers it.
        note: what was looked for in particular and not found.
    """
    draft = Draft()
    chosen = chosen_skills(question, facts)
    asked = intent.read(question)
    allowed = partial(allowing.may_quote, skills=facts.skills if facts else ())
    if asked.topic in DOCUMENTS_FIRST:
        _say_quotes(draft, choosing.choose(question, quotes, allowed=allowed))
        if facts and asked.topic is not Topic.PAY:
            _say_facts(draft, asked.topic, chosen, facts, in_order=False)
    elif facts and not (note and asked.topic is Topic.CERTIFICATE):
        in_order = is_ordered(question, facts)
        if asked.topic in WAY:
            _say_way(draft, question, chosen, facts)
        else:
            _say_facts(draft, asked.topic, chosen, facts, in_order=in_order)
        if not (draft and asked.personal):
            _say_why(draft, question, chosen, facts, quotes)
        if chosen and asked.topic is Topic.GAP:
            stating.unknown(draft, facts)
    else:
        reasons = asked.topic is Topic.GAP
        _say_quotes(draft, choosing.choose(question, quotes, reasons=reasons, allowed=allowed))
    if not draft:
        near = tuple(quote.source for quote in nearest if allowed(quote.text))
        return Answer((), near, dont_know=True, note=note)
    return draft.answer(note=note)


def is_ordered(question: str, facts: Facts) -> bool:
    """Whether an answer puts skills in an order; a single skill that the question names is put in none."""
    chosen = chosen_skills(question, facts)
    one_named = len(chosen) == 1 and mentions(question, chosen[0])
    return intent.read(question).topic is Topic.GAP and not one_named


def agreement(question: str, facts: Facts | None) -> Callable[[str], bool]:
    """Whether a sentence contradicts no computed level, and not the computed order where there is one."""
    if facts is None:
        return lambda _text: True
    if not is_ordered(question, facts):
        return lambda text: levels.agree(text, facts.skills)
    return lambda text: levels.agree(text, facts.skills) and agreeing.agrees(text, facts.gaps, facts.skills)


def _say_quotes(draft: Draft, quotes: Sequence[Quote]) -> None:
    for quote in quotes:
        draft.say(quote.text, quote.source)


def _say_why(
    draft: Draft, question: str, chosen: Sequence[SkillFact], facts: Facts, quotes: Sequence[Quote]
) -> None:
    """What documents add. What contradicts this person's own order is named as general advice, once."""
    names = [skill.names for skill in chosen]
    reasons = intent.read(question).topic is Topic.GAP
    order = facts.gaps if any(skill.missing for skill in chosen) else []
    # A guide to a certificate says what that is good for, not what to build.
    fitting = [quote for quote in quotes if not (reasons and quote.kind == GUIDE)]
    same = [quote for quote in fitting if not order or agreeing.agrees(quote.text, order, facts.skills)]
    allowed = partial(allowing.may_quote, skills=facts.skills)
    _say_quotes(draft, choosing.choose(question, same, names, reasons=reasons, allowed=allowed))
    others = [quote for quote in fitting if quote not in same]
    for quote in choosing.choose(question, others, names, allowed=allowed)[:1]:
        stating.general(draft, quote, facts)


def _say_facts(
    draft: Draft, topic: Topic, chosen: Sequence[SkillFact], facts: Facts, *, in_order: bool
) -> None:
    """What the person's facts say."""
    if topic is Topic.READINESS:
        _say_readiness(draft, facts)
    if topic in (Topic.CERTIFICATE, Topic.NEXT):
        stating.steps(draft, topic, facts)
    if topic is Topic.NEXT:
        _say_next(draft, facts)
    if topic is Topic.STRENGTH:
        _say_strengths(draft, chosen, facts)
        return
    _say_standing(draft, chosen, facts, in_order=in_order)
    if topic is not Topic.GAP:
        return
    _say_order(draft, chosen, facts, in_order=in_order)
    own.proofs(draft, chosen, facts)
    own.held(draft, chosen, facts)
    own.lent(draft, chosen, facts)
    stating.on_path(draft, chosen, facts)
    if not all(skill.known for skill in chosen):
        own.brought(draft, facts)


def _say_way(draft: Draft, question: str, chosen: Sequence[SkillFact], facts: Facts) -> None:
    """How long it takes, which projects there are, what is done."""
    topic = intent.read(question).topic
    if topic is Topic.TIME:
        ahead.duration(draft, question, chosen, facts)
    elif topic is Topic.PROJECT:
        ahead.projects(draft, facts)
    else:
        ahead.behind(draft, question, facts)


def _say_readiness(draft: Draft, facts: Facts) -> None:
    stating.readiness(draft, facts)
    own.proofs(draft, sorted(facts.gaps, key=lambda skill: -skill.points)[:1], facts)
    own.moved(draft, facts)
    own.quickest(draft, facts)
    own.waiting(draft, facts)
    own.fading(draft, facts)
    stating.unknown(draft, facts)
    if facts.readiness is None:
        for skill in facts.gaps[:1]:
            stating.skill(draft, None, skill, facts)
        own.brought(draft, facts)


def _say_strengths(draft: Draft, chosen: Sequence[SkillFact], facts: Facts) -> None:
    """What they can do best, what that rests on, and what they bring beside it."""
    for skill in chosen:
        if skill.missing:
            stating.short(draft, skill, facts)
        else:
            stating.skill(draft, None, skill, facts)
    own.proofs(draft, chosen, facts)
    own.brought(draft, facts)
    stating.widest(draft, chosen, facts)


def _say_next(draft: Draft, facts: Facts) -> None:
    """After the step itself: how far they have come, and where they stand in what it is about."""
    own.finished(draft, facts)
    about = [skill for step in stating.now(facts) for skill in facts.gaps if skill.name == step.title]
    for skill in (about or facts.gaps)[:1]:
        stating.short(draft, skill, facts)
        own.proofs(draft, [skill], facts)
        own.held(draft, [skill], facts)


def _say_standing(draft: Draft, chosen: Sequence[SkillFact], facts: Facts, *, in_order: bool) -> None:
    """Where they stand in each skill; several of which nothing was told share a sentence."""
    untold = [skill for skill in chosen if not skill.known]
    together = len(untold) > 1
    for place, skill in enumerate(chosen):
        if skill.known or not together:
            stating.skill(draft, place if in_order else None, skill, facts)
    if together:
        stating.untold(draft, untold, facts)


def _say_order(draft: Draft, chosen: Sequence[SkillFact], facts: Facts, *, in_order: bool) -> None:
    """What comes before what, and why."""
    for skill in chosen:
        later = [other.name for other in chosen if other.missing and waits(other, [skill])]
        if later:
            stating.order(draft, skill, later[0], facts)
    if in_order:
        stating.largest(draft, chosen, facts)
        return
    for basis in facts.gaps:
        if basis not in chosen and waits(chosen[0], [basis]):
            stating.order(draft, basis, chosen[0].name, facts)
