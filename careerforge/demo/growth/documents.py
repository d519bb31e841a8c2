"""Some thousands of documents, so that searching works on as many passages as in a real company."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from careerforge.demo.growth import writing
from careerforge.demo.growth.writing import Asked, Subject
from careerforge.knowledge.documents import store
from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.index import indexing
from careerforge.knowledge.models import Collection, Document
from careerforge.skills.models import Practice, Role
from learning.catalogue import courses
from market import reading

WANTED = 3_000
BATCH = 250

COMPANY, MARKET = Collection.Market.COMPANY, Collection.Market.MARKET
Kind = Document.Kind


@dataclass(frozen=True)
class Shelf:
    """A collection, what is written for it in which form, and its share of all documents in per cent."""

    name: str
    kind: Document.Kind
    form: str
    share: int
    about: Collection.Market
    audience: Collection.Audience = Collection.Audience.EVERYONE
    region: str = ""
    practice: str = ""


SHELVES = (
    Shelf("Market adverts", Kind.POSTING, "posting", 52, MARKET),
    Shelf("Trade press", Kind.ARTICLE, "article", 24, MARKET),
    Shelf("Market notes", Kind.MARKET_REPORT, "report", 8, MARKET),
    Shelf("Academy courses", Kind.COURSE, "course", 8, COMPANY),
    Shelf("Notes for coaches", Kind.PLAYBOOK, "playbook", 3, COMPANY, Collection.Audience.COACHES),
    Shelf("Region North", Kind.ARTICLE, "article", 3, COMPANY, Collection.Audience.REGION, region="North"),
    Shelf("Data notes", Kind.PLAYBOOK, "playbook", 2, COMPANY, Collection.Audience.PRACTICE, practice="data"),
)


def collect(now: datetime, chance: random.Random) -> int:
    """Write, store and index what is missing to the number; gives back how many documents there are now."""
    missing = max(WANTED - Document.objects.count(), 0)
    subjects = _subjects()
    for shelf in SHELVES:
        collection, wanted = _collection(shelf), missing * shelf.share // 100
        items = [_incoming(shelf, number, subjects, now, chance) for number in range(wanted)]
        for start in range(0, wanted, BATCH):
            store.store_many(collection, items[start : start + BATCH], now)
    indexing.index_pending()
    reading.read_pending()
    courses.read_pending()
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
            asked=tuple(Asked(r.skill.name, r.skill.summary, r.level) for r in role.requirements.all()),
            topics=tuple(r.skill.slug for r in role.requirements.all())[:5],
        )
        for role in roles
    ]


def _incoming(
    shelf: Shelf, number: int, subjects: list[Subject], now: datetime, chance: random.Random
) -> Incoming:
    subject = chance.choice(subjects)
    region = shelf.region or chance.choice(writing.texts()["regions"])
    title, text = writing.write(shelf.form, subject, region, chance)
    return Incoming(
        external_id=f"grown/{shelf.form}/{number}",
        kind=shelf.kind,
        title=title,
        text=text,
        published_at=now - timedelta(days=chance.randint(1, 500)),
        region=region,
        topics=subject.topics,
        licence="Invented for the demo company",
    )
