"""Where to look for what a question asks: sentences about pay, evidence or demand, or whatever answers it."""

import re
from collections.abc import Collection
from dataclasses import replace

from django.utils.translation import gettext as _

from careerforge.knowledge.models import Document
from careerforge.people.models import Profile, User
from careerforge.skills.models import Alias, Role, RoleAlias, Skill
from coaching.persons.known import Facts, SkillFact, chosen_skills, mentions
from coaching.questions import intent
from coaching.questions.intent import Topic
from coaching.questions.strange import strange
from coaching.quoting import quotes
from coaching.quoting.particular import (
    LEVEL,
    MARKET_KINDS,
    MONEY,
    Pay,
    RoleName,
    demand_score,
    evidence_score,
)
from coaching.quoting.quotes import Found

# Words of any question about pay.
ABOUT_PAY = "salary wage pay paid earn make money band range much high year role market compensation"
LEVEL_OF_SKILL = re.compile(r"\blevel ([1-5])\b", re.I)
# A question that is longer than this names nothing that its beginning does not.
READ = 500


def look(coach: User, question: str, role: Role | None, facts: Facts | None, own: Collection[str]) -> Found:
    """The sentences that may answer a question about one person, among what the coach may see.

    Args:
        role: the role in question.
        own: slugs of the practices that the person and the role belong to.
    """
    topic = intent.read(question).topic
    if topic is Topic.PAY and role:
        return _pay(coach, question, role, own)
    if topic is Topic.EVIDENCE and facts:
        return _evidence(coach, question, facts, own)
    if topic is Topic.DEMAND and (names := _skill_names(question, facts)):
        return _demand(coach, question, names, own)
    names = [skill.name for skill in chosen_skills(question, facts)]
    return quotes.find(coach, question, role.title if role else "", names, own)


def _pay(coach: User, question: str, role: Role, own: Collection[str]) -> Found:
    wanted = _wanted(question, role)
    titles = Role.objects.filter(retired_at=None).values_list("title", flat=True)
    regions = sorted({*Profile.objects.exclude(region="").values_list("region", flat=True)})
    region = next((one for one in regions if _holds(question, one)), "")
    pay = Pay(wanted, [RoleName.of(title) for title in titles], region, regions)
    words = {"role": f"{wanted.level} {wanted.base}".strip(), "region": region}
    note = (
        _("No source that I may quote says what this role earns there: %(role)s, region %(region)s.")
        if region
        else _("No source that I may quote says what this role earns: %(role)s.")
    )
    queries = [
        f"median salary {wanted.base} {wanted.level} level",
        f"salary {wanted.level} {wanted.base} {f'region {region}' if region else ''}",
    ]
    kinds = (Document.Kind.SALARY_REPORT, Document.Kind.POSTING)
    found = quotes.sift(coach, queries, own, pay.score, question=f"{question} {role.title}", kinds=kinds)
    heard = [text for one in found.passages for text in (one.title, one.text)]
    if lost := strange(question, [*heard, *titles, *regions], ABOUT_PAY):
        said = _("No source that I may quote says what is earned there: %(names)s.")
        return replace(found, quotes=(), note=said % {"names": ", ".join(lost)})
    # How a region compares is no figure yet.
    return found if any(MONEY.search(one.text) for one in found.quotes) else replace(found, note=note % words)


def _wanted(question: str, role: Role) -> RoleName:
    """The role by all its names, at the level that the question says."""
    own = RoleName.of(role.title, role.level)
    aliases = RoleAlias.objects.filter(role=role).values_list("text", flat=True)
    also = tuple(dict.fromkeys(RoleName.of(text).base for text in aliases))
    said = LEVEL.search(question)
    return RoleName(own.base, said[0].lower() if said else own.level, also)


def _evidence(coach: User, question: str, facts: Facts, own: Collection[str]) -> Found:
    skills = _asked_about(question, facts)
    queries = [f"evidence that counts for {skill.name} at level {skill.required}" for skill in skills]
    names = ", ".join(skill.name for skill in skills)
    note = _("No source that I may quote says which evidence counts for %(names)s.") % {"names": names}
    return quotes.sift(
        coach, queries, own, lambda quote: evidence_score(quote, skills), question=question, note=note
    )


def _asked_about(question: str, facts: Facts) -> list[SkillFact]:
    """The skill that the question names, whether the role asks for it or not; else the first gaps."""
    chosen = chosen_skills(question, facts)
    if any(mentions(question, skill) for skill in chosen):
        return chosen
    names = _skill_names(question, None)
    level = LEVEL_OF_SKILL.search(question)
    if not names:
        return chosen
    return [SkillFact(names[0], int(level[1]) if level else 0, 0, None, 0.0, 0, (), aliases=tuple(names[1:]))]


def _demand(coach: User, question: str, names: list[str], own: Collection[str]) -> Found:
    note = _("No market source that I may quote says how much %(skill)s is asked for.") % {"skill": names[0]}
    return quotes.sift(
        coach,
        [f"adverts that named {name}" for name in names[:3]],
        own,
        lambda quote: demand_score(quote, names),
        question=question,
        kinds=MARKET_KINDS,
        note=note,
    )


def _skill_names(question: str, facts: Facts | None) -> list[str]:
    """The names of the skill that a question is about, the company's own first; of several the longest."""
    for skill in facts.skills if facts else ():
        if mentions(question, skill):
            return list(skill.names)
    live = Skill.objects.filter(retired_at=None)
    known = [(name, pk) for pk, name in live.values_list("pk", "name")]
    known += list(Alias.objects.filter(skill__in=live).values_list("text", "skill_id"))
    said = question[:READ].lower()
    named = [(name, pk) for name, pk in known if name.lower() in said and _holds(said, name)]
    if not named:
        return []
    _longest, chosen = max(named, key=lambda pair: len(pair[0]))
    return [name for name, pk in known if pk == chosen]


def _holds(text: str, name: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I))
