"""Names that came to the directory later leave the documents that were there before."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from uuid import UUID

from careerforge.gateway import company
from careerforge.gateway.redact import REMOVED, Directory, mask
from careerforge.gateway.spotting import Span, spot
from careerforge.jobs.models import JobRun
from careerforge.jobs.running import Running
from careerforge.knowledge.documents.unnamed import description, masked_facts
from careerforge.knowledge.index import terms
from careerforge.knowledge.models import Chunk, Document, DocumentVersion
from careerforge.knowledge.search import passages
from careerforge.people.models import User

JOB = "knowledge.mask_again"
SLICE = 100
OVERLAP = timedelta(hours=1)
_DESCRIPTION = ("title", "url", "region", "topics", "licence")


@dataclass(frozen=True)
class Masked:
    """A masked text, and where its characters went."""

    text: str
    spans: Sequence[Span]

    def place(self, offset: int, *, end: bool = False) -> int:
        """The new offset of an old one. Inside a masked name it moves to its beginning, or to its ``end``."""
        shifts = [0, *accumulate(len(REMOVED[span.kind]) - (span.end - span.start) for span in self.spans)]
        index = bisect_right(self.spans, offset, key=lambda span: span.start)
        if index and offset < self.spans[index - 1].end:
            inside = self.spans[index - 1]
            before = inside.start + shifts[index - 1]
            return before + (len(REMOVED[inside.kind]) if end and offset > inside.start else 0)
        return offset + shifts[index]


def masked(text: str, directory: Directory) -> Masked:
    """:func:`careerforge.gateway.redact.mask`, with the way from old places to new ones."""
    spans = spot(text, directory, alone=False)
    return Masked(mask(text, directory) if spans else text, spans)


def mask_again(running: Running, people: Sequence[str] | None, now: datetime) -> int:
    """Mask people in every version of every document; gives back how many documents named somebody.

    One pass over the texts whatever the number of people, in slices that a next attempt goes on from.

    Args:
        people: ids of users; those who came since the last time unless given.
    """
    with running.transaction():
        ids = [UUID(person) for person in people] if people is not None else _newcomers(now)
        directory = company.directory(ids)
        total = Document.objects.count()
    changed = seen = 0
    after = running.cursor()
    while ids:
        with running.transaction():
            rows = Document.objects.order_by("pk").filter(**({"pk__gt": after} if after else {}))
            documents = list(rows.prefetch_related("versions")[:SLICE])
            changed += sum(_mask_document(document, directory) for document in documents)
        if not documents:
            break
        seen, after = seen + len(documents), str(documents[-1].pk)
        running.stage(running.stages[-1], seen / max(total, seen), cursor=after)
    return changed


def _newcomers(now: datetime) -> list[UUID]:
    """Who came since the last time, and shortly before: a document may have been on its way then."""
    done = JobRun.objects.filter(job=JOB, state=JobRun.State.DONE).order_by("-started_at")
    last = done.values_list("started_at", flat=True).first()
    users = User.objects.filter(joined_at__lte=now)
    if last:
        users = users.filter(joined_at__gt=last - OVERLAP)
    return list(users.values_list("pk", flat=True))


def _mask_document(document: Document, directory: Directory) -> bool:
    """True when it, or text or facts of one of its versions, named somebody."""
    said = {name: getattr(document, name) for name in _DESCRIPTION}
    told = description(said, directory)
    versions = list(document.versions.all())
    new = {version.pk: masked(version.text, directory) for version in versions}
    named = {version: text for version, text in new.items() if text.spans}
    if not (_mask_facts(versions, directory) or named) and told == said:
        return False
    passages.hold(document.collection_id)
    Document.objects.filter(pk=document.pk).update(**told)
    for version, text in named.items():
        DocumentVersion.objects.filter(pk=version).update(text=text.text)
    chunks = [_moved(chunk, new[chunk.version_id], directory) for chunk in document.chunks.all()]
    passages.rewrite(chunks, {document.pk: document.title}, {document.pk: told["title"]})
    return True


def _mask_facts(versions: Sequence[DocumentVersion], directory: Directory) -> bool:
    """Mask what is stored beside the texts; True when it named somebody."""
    changed = False
    for version in versions:
        facts = masked_facts(version.facts, directory)
        described = description(version.described, directory)
        if (facts, described) != (version.facts, version.described):
            DocumentVersion.objects.filter(pk=version.pk).update(facts=facts, described=described)
            changed = True
    return changed


def _moved(chunk: Chunk, new: Masked, directory: Directory) -> Chunk:
    chunk.start, chunk.end = new.place(chunk.start), new.place(chunk.end, end=True)
    chunk.text = new.text[chunk.start : chunk.end]
    chunk.heading = mask(chunk.heading, directory)[:300]
    chunk.length = terms.length(chunk.text)
    return chunk
