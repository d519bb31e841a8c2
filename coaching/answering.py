"""An answer for a coach by rules: facts of this person's gap, then what the documents say, each cited.

Pure: facts and passages in, an answer out. A sentence exists only together with the span it rests on.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NUMBERS = {"one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5}
USUAL_NUMBER = 3
_COUNT = re.compile(r"\b(one|two|three|four|five|[1-5])\s+(?:\w+\s+){0,2}?(?:skills?|things?|gaps?|steps?)\b", re.I)
_ABOUT_SKILLS = re.compile(
    r"\b(skills?|gaps?|build|learn|develop|focus|priorit\w+|first|next|missing|weak\w*|strength\w*)\b", re.I
)


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

    @property
    def missing(self) -> bool:
        """Whether it is known to be below what the role asks for."""
        return self.effective is not None and self.effective < self.required


@dataclass(frozen=True)
class Facts:
    """The gap of one person against one role."""

    role: str
    role_url: str
    role_changed_on: date
    person_url: str
    computed_on: date
    readiness: float | None
    skills: tuple[SkillFact, ...]


@dataclass(frozen=True)
class Quote:
    """A sentence of a document that was chosen for the answer, with its place."""

    text: str
    title: str
    url: str
    published_on: date | None
    kind: str
    chunk_id: int


@dataclass(frozen=True)
class Source:
    """What a sentence rests on: a span that can be opened."""

    title: str
    detail: str
    day: date | None
    url: str
    quote: str
    chunk_id: int | None = None


@dataclass(frozen=True)
class Sentence:
    """One sentence and the numbers of its sources, from 1."""

    text: str
    cites: tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    """Sentences with their sources; when there is nothing to say, the nearest passages instead."""

    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    dont_know: bool = False


def asks_about_skills(question: str) -> bool:
    """Whether the person's gap is what the question is about."""
    return bool(_ABOUT_SKILLS.search(question))


def how_many(question: str) -> int:
    """How many skills the coach asked for; three when they did not say."""
    found = _COUNT.search(question)
    if not found:
        return USUAL_NUMBER
    word = found[1].lower()
    return NUMBERS.get(word) or int(word)


def mentions(text: str, skill: SkillFact) -> bool:
    """Whether a text names the skill or one of its aliases as whole words."""
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I) for name in (skill.name, *skill.aliases))


def first_skills(question: str, facts: Facts) -> list[SkillFact]:
    """The skills to build first: what the question names, then by readiness gained and by what they open."""
    named = [skill for skill in facts.skills if mentions(question, skill)]
    gaps = sorted(
        (skill for skill in facts.skills if skill.missing),
        key=lambda skill: (-skill.points * (1 + 0.25 * len(skill.opens)), skill.hours, skill.name),
    )
    ordered = dict.fromkeys([*named, *_prerequisites_first(gaps)])
    return list(islice(ordered, how_many(question)))


def _prerequisites_first(gaps: Sequence[SkillFact]) -> list[SkillFact]:
    """The same skills, none before a missing one that it builds on."""
    ordered: list[SkillFact] = []
    waiting = list(gaps)
    while waiting:
        free = next((s for s in waiting if not any(s.name in other.opens for other in waiting)), waiting[0])
        ordered.append(free)
        waiting.remove(free)
    return ordered


class _Draft:
    """Collects sentences; equal sources share a number."""

    def __init__(self) -> None:
        self.sentences: list[Sentence] = []
        self.sources: list[Source] = []

    def say(self, text: str, *sources: Source) -> None:
        for source in sources:
            if source not in self.sources:
                self.sources.append(source)
        self.sentences.append(Sentence(text, tuple(self.sources.index(source) + 1 for source in sources)))


def compose(question: str, facts: Facts | None, quotes: Sequence[Quote]) -> Answer:
    """The answer to a question about one person.

    Args:
        question: the coach's words.
        facts: the gap, or None when the person has no target and the question names no role.
        quotes: sentences of documents that answer the question, best first.
    """
    draft = _Draft()
    chosen = first_skills(question, facts) if facts and asks_about_skills(question) else []
    if facts:
        for place, skill in enumerate(chosen):
            _say_skill(draft, place, skill, facts)
    for quote in _for_skills(quotes, chosen):
        draft.say(quote.text, _document(quote))
    if facts and chosen:
        _say_unknown(draft, facts)
    if not draft.sentences:
        nearest = tuple(_document(quote) for quote in quotes[:3])
        return Answer((), nearest, dont_know=True)
    return Answer(tuple(draft.sentences), tuple(draft.sources))


def _say_skill(draft: _Draft, place: int, skill: SkillFact, facts: Facts) -> None:
    role = Source(
        _("Role profile: %(role)s") % {"role": facts.role},
        _("Company roles"),
        facts.role_changed_on,
        facts.role_url,
        _("%(skill)s: level %(level)s, weight %(weight)s")
        % {"skill": skill.name, "level": skill.required, "weight": skill.weight},
    )
    if skill.effective is None:
        draft.say(
            _("%(skill)s is required at level %(level)s, and nothing has been told about it yet.")
            % {"skill": skill.name, "level": skill.required},
            role,
        )
        return
    ledger = Source(
        _("Skill ledger of this person"),
        skill.evidence or _("Effective level"),
        skill.evidence_on or facts.computed_on,
        f"{facts.person_url}#skills",
        _("%(skill)s: level %(level).1f") % {"skill": skill.name, "level": skill.effective},
    )
    if not skill.missing:
        draft.say(
            _("%(skill)s is at level %(now).1f, and the role asks for %(level)s.")
            % {"skill": skill.name, "now": skill.effective, "level": skill.required},
            ledger,
            role,
        )
        return
    order = (_("first"), _("second"), _("third"), _("fourth"), _("fifth"))[place]
    draft.say(
        _(
            "Build %(skill)s %(order)s: the role asks for level %(level)s, the evidence supports "
            "%(now).1f, and closing this gap adds %(points).0f points of readiness."
        )
        % {
            "skill": skill.name,
            "order": order,
            "level": skill.required,
            "now": skill.effective,
            "points": skill.points * 100,
        },
        role,
        ledger,
    )
    if skill.opens:
        draft.say(
            _("%(opened)s builds on %(skill)s, so it cannot well come earlier.")
            % {"opened": skill.opens[0], "skill": skill.name},
            Source(
                role.title,
                role.detail,
                role.day,
                role.url,
                _("%(opened)s needs %(skill)s") % {"opened": skill.opens[0], "skill": skill.name},
            ),
        )


def _for_skills(quotes: Sequence[Quote], chosen: Sequence[SkillFact]) -> Iterable[Quote]:
    """For each chosen skill the best sentence that names it; without skills the best four."""
    if not chosen:
        return list(quotes[:4])
    picked: dict[str, Quote] = {}
    for skill in chosen:
        found = [q for q in quotes if q.text not in picked and mentions(q.text, skill)]
        for quote in found[:1 if len(chosen) > 2 else 2]:
            picked[quote.text] = quote
    return picked.values()


def _document(quote: Quote) -> Source:
    return Source(quote.title, quote.kind, quote.published_on, quote.url, quote.text, quote.chunk_id)


def _say_unknown(draft: _Draft, facts: Facts) -> None:
    unknown = [skill.name for skill in facts.skills if skill.effective is None]
    if not unknown:
        return
    text = ngettext(
        "%(n)s of %(all)s required skills is not told yet, %(first)s: ask about it before deciding.",
        "%(n)s of %(all)s required skills are not told yet, %(first)s among them: ask before deciding.",
        len(unknown),
    ) % {"n": len(unknown), "all": len(facts.skills), "first": unknown[0]}
    draft.say(
        text,
        Source(
            _("Skill ledger of this person"),
            _("Required skills without a claim"),
            facts.computed_on,
            f"{facts.person_url}#skills",
            ", ".join(unknown[:6]),
        ),
    )
