"""Courses that sources describe: read from their documents, proposed to whoever keeps the catalogue.

Nothing here changes a path. A course that is in the catalogue and no more at its source is retired there:
paths that use it keep it, new ones do not take it up; it comes back when its source has it again.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from math import ceil
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Exists, OuterRef, Q, QuerySet

from careerforge.governance import audit
from careerforge.jobs.running import Running
from careerforge.knowledge.documents.facts import CourseFacts, from_json
from careerforge.knowledge.models import Collection, Document
from careerforge.skills.extraction import Lexicon, Mention, extract, kept
from learning.models import Course, CourseSkill, Resource

# So many documents are read in one transaction.
SLICE = 50
MOST_HOURS = 5_000
MOST_PRICE = 2_000_000_000
# The level that one reaches with a course that calls itself so.
REACHED = (("expert", 5), ("advanced", 4), ("intermediate", 3), ("beginner", 2), ("introduct", 2),
           ("basic", 2), ("foundation", 2))  # fmt: skip
_READ = ("version", "names", "title", "provider", "said_level", "url", "skill", "level", "hours", "price",
         "currency", "read", "is_changed")  # fmt: skip
# What an admin may put right. What stands together stays together: a level is one of a skill.
FIELDS = (("title",), ("url",), ("skill", "level"), ("hours",), ("price", "currency"))
# Of a course in the catalogue: the skill is ours to recognise, the rest is the source's.
_TOLD = ("title", "url", "level", "hours", "price", "currency")
_ATTRIBUTES = {"skill": "skill_id"}
State = Course.State


def read_all(running: Running, now: datetime) -> tuple[int, int]:
    """Read what is new or has changed, then retire and bring back; how many of each. Safe to run again."""
    (stage,) = running.stages
    done = 0
    with running.transaction():
        waiting = pending(kept.state()).count()
    while waiting:
        with running.transaction():
            state, lexicon = kept.current()
            read = read_some(list(pending(state)[:SLICE]), lexicon, state)
        if not read:
            break
        done += read
        running.stage(stage, done / max(waiting, done))
    with running.transaction():
        settled = withdraw(now) + bring_back()
    return done, settled


def read_pending() -> int:
    """Read in the open transaction, all at once."""
    state, lexicon = kept.current()
    return read_some(list(pending(state)), lexicon, state)


def pending(state: str) -> QuerySet[Document]:
    """Documents of courses that everyone may read, and that were not read since they or the names changed."""
    known = Course.objects.filter(document=OuterRef("pk"), version=OuterRef("current_version"), names=state)
    there = Document.objects.current().leading().filter(kind=Document.Kind.COURSE)
    open_to_all = there.filter(
        collection__audience=Collection.Audience.EVERYONE,
        collection__removed_at=None,
        current_version__isnull=False,
    )
    return open_to_all.exclude(Exists(known)).select_related("current_version", "collection").order_by("pk")


def read_some(documents: Sequence[Document], lexicon: Lexicon, state: str) -> int:
    """Replace what is known of these documents; what an admin has decided or put right stays."""
    if not documents:
        return 0
    # Locked: what an admin saves meanwhile comes before or after, never between.
    rows = Course.objects.select_for_update().filter(document__in=documents)
    known = {one.document_id: one for one in rows}
    named = {one.pk: _mentions(one, lexicon) for one in documents}
    made = [_course(one, known.get(one.pk), named[one.pk], state) for one in documents]
    Course.objects.bulk_create([one for one in made if one._state.adding])
    Course.objects.bulk_update([one for one in made if one.pk in {each.pk for each in known.values()}], _READ)
    CourseSkill.objects.filter(course__in=made).delete()
    CourseSkill.objects.bulk_create(
        CourseSkill(course=course, skill_id=skill, level=_highest(named[course.document_id], skill))  # type: ignore[index]
        for course in made
        for skill in sorted({one.skill_id for one in named[course.document_id]})  # type: ignore[index]
    )
    return len(documents)


def main_skill(title: str, mentions: Iterable[Mention]) -> UUID | None:
    """What a course is about: a skill that its title names, else the one named most often, else none."""
    found = list(mentions)
    in_title = [one for one in found if one.end <= len(title)]
    counts = Counter(one.skill_id for one in found)
    places = {one.skill_id: one.start for one in reversed(found)}
    candidates = {one.skill_id for one in in_title or found}
    return max(candidates, key=lambda skill: (counts[skill], -places[skill]), default=None)


def level_reached(said: str) -> int | None:
    """From the source's own word for the level; None for words that say nothing."""
    words = said.casefold()
    return next((level for word, level in REACHED if word in words), None)


def _mentions(document: Document, lexicon: Lexicon) -> list[Mention]:
    facts = _facts(document)
    text = document.current_version.text if document.current_version else ""
    whole = "\n\n".join((document.title, text, "\n".join(facts.skills)))
    return [one for one in extract(whole, lexicon, language=document.language) if not one.negated]


def _highest(mentions: Iterable[Mention], skill: UUID) -> int | None:
    return max((one.level for one in mentions if one.skill_id == skill and one.level), default=None)


def _course(document: Document, known: Course | None, mentions: Sequence[Mention], state: str) -> Course:
    course = known or Course(document=document)
    changed = course.version_id != document.current_version_id
    course.version, course.names = document.current_version, state
    found = _reading(document, mentions)
    if course.state == State.ADOPTED:
        # In the catalogue it stays as it is; whoever keeps the catalogue is told that its source has changed.
        if changed:
            course.is_changed = not course.read or any(found[each] != course.read[each] for each in _TOLD)
        course.read = course.read or found
        return course
    facts = _facts(document)
    course.provider, course.said_level = (facts.provider or document.collection.name)[:200], facts.level
    for names in FIELDS:
        if not any(_is_put_right(course, name) for name in names):
            for name in names:
                setattr(course, _ATTRIBUTES.get(name, name), found[name])
    course.read = found
    return course


def _is_put_right(course: Course, name: str) -> bool:
    """An admin has changed it since it was read; where nobody knows what was read, something is in it."""
    value = getattr(course, _ATTRIBUTES.get(name, name))
    if name not in course.read:
        return value not in (None, "")
    return bool(course.read[name] != (str(value) if isinstance(value, UUID) else value))


def _reading(document: Document, mentions: Sequence[Mention]) -> dict[str, Any]:
    """What the source says, by field, as JSON has it."""
    facts = _facts(document)
    skill = main_skill(document.title, mentions)
    is_priced = facts.price is not None and 0 <= facts.price <= MOST_PRICE
    return {
        "title": document.title[:200],
        "url": _link(facts.url) or _link(document.url),
        "skill": str(skill) if skill else None,
        "level": level_reached(facts.level) or (_highest(mentions, skill) if skill else None),
        "hours": min(max(ceil(facts.hours), 1), MOST_HOURS) if facts.hours else None,
        "price": facts.price if is_priced else None,
        "currency": facts.currency[:3].upper() if is_priced else "",
    }


def _facts(document: Document) -> CourseFacts:
    found = from_json(document.current_version.facts) if document.current_version else None
    return found if isinstance(found, CourseFacts) else CourseFacts()


def _link(address: str) -> str:
    """An address that a page may lead to; empty for anything else."""
    try:
        URLValidator(schemes=["https", "http"])(address)
    except ValidationError:
        return ""
    return address if len(address) <= 500 else ""


def withdraw(now: datetime) -> int:
    """Retire what the catalogue has from sources that have it no more, or that not everyone may read now."""
    on_offer = Resource.objects.on_offer()
    lost = _adopted().filter(resource__retired_at=None).exclude(resource__in=on_offer)
    rows = list(lost.select_related("resource"))
    Resource.objects.filter(course__in=rows).update(retired_at=now)
    for one in rows:
        audit.record(None, "resource.withdrawn", target=one.resource)
    return Course.objects.filter(pk__in=[one.pk for one in rows]).update(withdrawn_at=now)


def bring_back() -> int:
    """Back into use what was retired only because its source had lost it."""
    there = Q(document__gone_at=None, document__isnull=False, document__collection__removed_at=None)
    everyone = Q(document__collection__audience=Collection.Audience.EVERYONE)
    back = list(_adopted().filter(there & everyone, withdrawn_at__isnull=False).select_related("resource"))
    for one in back:
        # Who has retired it by hand meanwhile has set another moment.
        if Resource.objects.filter(course=one, retired_at=one.withdrawn_at).update(retired_at=None):
            audit.record(None, "resource.brought_back", target=one.resource)
    return Course.objects.filter(pk__in=[one.pk for one in back]).update(withdrawn_at=None)


def _adopted() -> QuerySet[Course]:
    return Course.objects.filter(state=State.ADOPTED)
