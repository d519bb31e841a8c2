"""Which sentences answer a question about pay, evidence or demand: figures, proofs, counts. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from careerforge.knowledge.models import Document
from coaching.persons.known import SkillFact
from coaching.quoting.choosing import FIGURE, Quote

Kind = Document.Kind
LEVELS = ("junior", "mid-level", "senior", "staff", "principal")
LEVEL = re.compile(rf"\b(?:{'|'.join(LEVELS)})\b", re.I)
# Yearly pay: five digits and more, so that no budget and no fee is taken for it.
MONEY = re.compile(
    r"(?:EUR|USD|GBP|CHF|€|\$|£)\s?\d{2,3}(?:[,.'\u202f\u00a0 ]?\d{3}|k)\b"
    r"|\b\d{2,3}[,.'\u202f\u00a0 ]?\d{3}\s?(?:EUR|USD|GBP|CHF|€|euros?)",
    re.I,
)
_PER_CENT = re.compile(r"\bper cent\b|\d\s?%", re.I)
_PAID = re.compile(r"\b(?:salar(?:y|ies)|pay|pays|paid|band|earns?|median|offers?|offered)\b", re.I)
_PROOF = re.compile(r"\b(?:evidence|proofs?|prov(?:e|es|ed|en|ing)|demonstrat\w+|counts? (?:as|for))\b", re.I)
_ASKED = re.compile(r"\b(?:adverts?|postings?|vacanc\w+|employers?|demand\w*|sought)\b", re.I)
MARKET_KINDS = (Kind.MARKET_REPORT, Kind.SALARY_REPORT, Kind.ARTICLE)


@dataclass(frozen=True)
class RoleName:
    """A role's name without its level: "Senior data engineer" is a data engineer, senior."""

    base: str
    level: str
    # What else such people are called.
    also: tuple[str, ...] = ()

    @classmethod
    def of(cls, title: str, level: int = 0) -> "RoleName":
        """From a title, and the level (1 to 5) of a role whose title says none."""
        found = LEVEL.match(title)
        rest = title[found.end() :] if found else title
        said = found[0].lower() if found else (LEVELS[level - 1] if level else "")
        return cls(re.sub(r"\(.*?\)", "", rest).strip().lower(), said)

    def is_named(self, text: str) -> bool:
        """Whether a text speaks of such people, one or several."""
        return any(name and _names(text, name) for name in (self.base, *self.also))

    def is_called(self, other: "RoleName") -> bool:
        """Whether a title is one of this role's, level and all."""
        return other.level == self.level and other.base in (self.base, *self.also)


@dataclass(frozen=True)
class Pay:
    """What is asked about pay: a role, the other roles there are, and regions."""

    role: RoleName
    others: Sequence[RoleName]
    # The region that the question names, or nothing; and all there are.
    region: str
    regions: Sequence[str]

    def score(self, quote: Quote) -> float:
        """How well a sentence answers; 0 if it gives no figure for this role and region."""
        text, title = quote.text, RoleName.of(quote.title)
        here = bool(self.region) and _names(text, self.region)
        is_share = here and quote.kind == Kind.SALARY_REPORT and bool(_PER_CENT.search(text))
        if not (is_share or (MONEY.search(text) and (_PAID.search(text) or quote.kind == Kind.POSTING))):
            return 0.0
        if not (self._is_ours(quote, title) or is_share) or self._is_elsewhere(quote, here):
            return 0.0
        return 1 + 0.3 * bool(re.search(r"\bmedian\b|\bn = ", text)) + 0.3 * (here or self._is_here(quote))

    def _is_ours(self, quote: Quote, title: RoleName) -> bool:
        levels = {level.lower() for level in LEVEL.findall(quote.text)}
        if levels and self.role.level and self.role.level not in levels:
            return False
        if self.role.is_named(quote.text):
            return (
                bool(levels)
                or not self.role.level
                or self.role.is_called(title)
                or quote.kind != Kind.POSTING
            )
        if any(other.is_named(quote.text) for other in self.others if not self.role.is_named(other.base)):
            return False
        if quote.kind == Kind.POSTING:
            return self.role.is_called(title)
        return bool(levels) and _names(quote.text, "band")

    def _is_here(self, quote: Quote) -> bool:
        return bool(self.region) and quote.region.lower() == self.region.lower()

    def _is_elsewhere(self, quote: Quote, here: bool) -> bool:
        if not self.region or here:
            return False
        elsewhere = any(_names(quote.text, f"region {other}") for other in self.regions)
        return elsewhere or bool(quote.region and not self._is_here(quote))


def evidence_score(quote: Quote, skills: Sequence[SkillFact]) -> float:
    """How well a sentence says what shows one of these skills; best if it is the level that is asked for."""
    named = [skill for skill in skills if any(_names(quote.text, name) for name in skill.names)]
    if not named or not _PROOF.search(quote.text) or quote.kind == Kind.POSTING:
        return 0.0
    levels = {int(level) for level in re.findall(r"\blevel (\d)\b", quote.text, re.I)}
    fits = any(skill.required in levels for skill in named)
    return 1 + 0.5 * fits - 0.3 * (bool(levels) and not fits)


def demand_score(quote: Quote, names: Sequence[str]) -> float:
    """How well a sentence of the labour market says how much a skill is asked for."""
    if not quote.market or quote.kind not in MARKET_KINDS or not _ASKED.search(quote.text):
        return 0.0
    return (1 + 0.5 * bool(FIGURE.search(quote.text))) * any(_names(quote.text, name) for name in names)


def _names(text: str, name: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", text, re.I))
