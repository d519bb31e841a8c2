"""The documents of the demo company: Markdown with a TOML head, dated relative to the day of loading."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from careerforge.knowledge.documents.facts import CourseFacts, Facts, PostingFacts, to_json
from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.models import Collection
from careerforge.skills.models import Practice
from connectors.parsing.pay import Pay, pay_of_words

FOLDER = Path(__file__).with_name("documents")
MARK = "+++"
OWN = "(Tarnvale)"
# Kinds that only the company itself writes.
OWN_KINDS = ("ladder", "policy", "playbook", "course")
ANY_TIME = timedelta(hours=9)
PAID = re.compile(r"EUR [\d,]+ (?:to|and) EUR [\d,]+ a year")

Audience = Collection.Audience
Market = Collection.Market


@dataclass(frozen=True)
class Page:
    """One document as it lies in the folder. ``practice`` is set when only one practice may read it."""

    path: str
    title: str
    kind: str
    age: int
    audience: Audience
    practice: str
    about: Market
    region: str
    topics: tuple[str, ...]
    text: str

    @property
    def shelf(self) -> str:
        """The name of the collection it belongs to."""
        if self.audience == Audience.PRACTICE:
            return f"Practice: {self.practice}"
        if self.audience == Audience.EVERYONE and self.about == Market.MARKET:
            return "Market library"
        return {Audience.COACHES: "Coaches' library", Audience.HR: "HR library"}.get(
            self.audience, "Tarnvale library"
        )

    @property
    def facts(self) -> Facts | None:
        """What a job board or a course catalogue would say in fields, as the text says it."""
        if self.kind == "course":
            return CourseFacts(provider="Tarnvale Academy", price=0, currency="EUR")
        if self.kind != "posting":
            return None
        said = PAID.search(self.text)
        pay = pay_of_words(said[0]) if said else Pay()
        return PostingFacts(
            company="Tarnvale" if OWN in self.title else self.title.rpartition(", ")[2],
            salary_min=pay.low,
            salary_max=pay.high,
            salary_currency=pay.currency,
            salary_period=pay.period,
        )

    def incoming(self, now: datetime) -> Incoming:
        """As a source would hand it over today."""
        return Incoming(
            external_id=self.path,
            kind=self.kind,
            title=self.title,
            text=self.text,
            published_at=now.replace(hour=0, minute=0, second=0, microsecond=0)
            - timedelta(days=self.age)
            + ANY_TIME,
            region=self.region,
            topics=self.topics,
            licence="Invented for the demo company",
            facts=to_json(facts) if (facts := self.facts) else {},
        )


@cache
def pages() -> tuple[Page, ...]:
    """Every document, in order of its path."""
    return tuple(_page(path) for path in sorted(FOLDER.rglob("*.md")))


def shelves() -> Mapping[str, list[Page]]:
    """Documents by the collection they belong to."""
    found: dict[str, list[Page]] = defaultdict(list)
    for page in pages():
        found[page.shelf].append(page)
    return found


def collection(shelf: str, like: Page) -> Collection:
    """Make the collection that these documents are stored in."""
    practice = Practice.objects.get(slug=like.practice) if like.practice else None
    return Collection.objects.create(
        name=f"Practice: {practice.name}" if practice else shelf,
        audience=like.audience,
        audience_practice=practice,
        about=like.about,
    )


def _page(path: Path) -> Page:
    _, head, text = path.read_text(encoding="utf-8").split(MARK, 2)
    told: dict[str, Any] = tomllib.loads(head)
    audience, _, practice = told["audience"].partition(":")
    return Page(
        path=path.relative_to(FOLDER).as_posix(),
        title=told["title"],
        kind=told["kind"],
        age=told["age_days"],
        audience=Audience(audience),
        practice=practice,
        about=_about(told, audience),
        region=told["region"],
        topics=tuple(told["topics"]),
        text=text.strip(),
    )


def _about(told: Mapping[str, Any], audience: str) -> Market:
    """Own postings become openings, never demand; what coaches and HR keep for themselves is ours too."""
    own = told["kind"] in OWN_KINDS or OWN in told["title"] or audience != Audience.EVERYONE
    return Market.COMPANY if own else Market.MARKET
