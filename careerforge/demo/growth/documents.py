"""Some thousands of documents, so that searching works on as many passages as in a real company."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from careerforge.demo.growth import writing
from careerforge.demo.growth.writing import Subject
from careerforge.knowledge import indexing, store
from careerforge.knowledge.incoming import Incoming
from careerforge.knowledge.models import Collection, Document
from careerforge.skills.models import Practice, Role

WANTED = 3_000
BATCH = 250

Audience, Market = Collection.Audience, Collection.Market
Write = Callable[[Subject, random.Random], tuple[str, str]]


@dataclass(frozen=True)
class Shelf:
    """A collection, what is written for it, and its share of all documents."""

    name: str
    kind: Document.Kind
    write: Write
    share: int
    about: Market
    audience: Audience = Audience.EVERYONE
    region: str = ""
    practice: str = ""


SHELVES = (
    Shelf("Market adverts", Document.Kind.POSTING, writing.posting, 52, Market.MARKET),
    Shelf("Trade press", Document.Kind.ARTICLE, writing.article, 24, Market.MARKET),
    Shelf("Market notes", Document.Kind.MARKET_REPORT, writing.report, 8, Market.MARKET),
    Shelf("Academy courses", Document.Kind.COURSE, writing.course, 8, Market.COMPANY),
    Shelf("Notes for coaches", Document.Kind.PLAYBOOK, writing.playbook, 3, Market.COMPANY, Audience.COACHES),
    Shelf("Region North", Document.Kind.ARTICLE, writing.article, 3, Market.COMPANY, Audience.REGION, "North"),
    Shelf("Data practice", Document.Kind.PLAYBOOK, writing.playbook, 2, Market.COMPANY, Audience.PRACTICE, "", "data"),
)


def collect(now: datetime, chance: random.Random) -> int:
    """Write, store and index what is missing to the number; gives back how many documents there are now."""
    missing = max(WANTED - Document.objects.count(), 0)
    subjects = _subjects()
    for shelf in SHELVES:
        collection = _collection(shelf)
        wanted = missing * shelf.share // 100
        items = [_incoming(shelf, number, subjects, now, chance) for number in range(wanted)]
        for start in range(0, wanted, BATCH):
            store.store_many(collection, items[start : start + BATCH], now)
    indexing.index_pending()
    return Document.objects.count()


def _collection(shelf: Shelf) -> Collection:
    practice = Practice.objects.filter(slug=shelf.practice).first()
    found, _ = Collection.objects.get_or_create(
        name=shelf.name,
        defaults={
            "audience": shelf.audience,
            "audience_region": shelf.region,
            "audience_practice": practice,
            "about": shelf.about,
        },
    )
    return found


def _subjects() -> list[Subject]:
    roles = Role.objects.select_related("practice").prefetch_related("requirements__skill").order_by("slug")
    return [
        Subject(
            role=role.title,
            practice=role.practice.name,
            level=role.level,
            asked=tuple((r.skill.name, r.skill.summary, r.level) for r in role.requirements.all()),
            topics=tuple(r.skill.slug for r in role.requirements.all())[:5],
        )
        for role in roles
    ]


def _incoming(
    shelf: Shelf, number: int, subjects: list[Subject], now: datetime, chance: random.Random
) -> Incoming:
    subject = chance.choice(subjects)
    title, text = shelf.write(subject, chance)
    return Incoming(
        external_id=f"grown/{shelf.kind}/{number}",
        kind=shelf.kind,
        title=title,
        text=text,
        published_at=now - timedelta(days=chance.randint(1, 500)),
        region=shelf.region or chance.choice(writing.REGIONS),
        topics=subject.topics,
        licence="Invented for the demo company",
    )


