"""An answer for a coach by rules: facts of this person first, then what documents say, each sentence cited.

Pure: facts and quotes in, an answer out. A sentence exists only together with the span it rests on.
"""

from collections.abc import Sequence

from coaching import choosing, intent, stating
from coaching.answer import Answer, Draft
from coaching.choosing import Quote
from coaching.intent import Topic
from coaching.known import Facts, SkillFact, chosen_skills, mentions, waits


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
        stating.unknown(draft, facts)
    if not draft:
        return Answer((), tuple(quote.source for quote in nearest), dont_know=True)
    return draft.answer()


def _say_facts(
    draft: Draft, topic: Topic, chosen: Sequence[SkillFact], facts: Facts, *, one_named: bool
) -> None:
    """What the person's facts say; a single skill that the question named is not put in an order."""
    if topic is Topic.READINESS:
        stating.readiness(draft, facts)
    if topic in (Topic.CERTIFICATE, Topic.NEXT):
        stating.steps(draft, topic, facts)
    for place, skill in enumerate(chosen):
        stating.skill(draft, place if topic is Topic.GAP and not one_named else None, skill, facts)
    for skill in chosen:
        later = [other.name for other in chosen if other.name in skill.opens]
        if topic is Topic.GAP and later and waits(_by_name(later[0], chosen), chosen):
            stating.order(draft, skill, later[0], facts)
    if topic is Topic.GAP:
        stating.on_path(draft, chosen, facts)


def _by_name(name: str, skills: Sequence[SkillFact]) -> SkillFact:
    return next(skill for skill in skills if skill.name == name)
