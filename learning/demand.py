"""What the labour market asks for: the skills its documents name, read when they come, counted when asked.

A document is read again when its text or the names of the company's skills have changed, by a job; a page
or an answer only counts rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from careerforge.jobs.running import Running
from careerforge.knowledge.models import Collection, Document
from careerforge.people.models import User
from careerforge.skills.extraction import Lexicon, extract, kept
from careerforge.skills.extraction.languages import unsupported
from careerforge.skills.models import Skill
from learning.models import DocumentRead, SkillAsked

Kind = Document.Kind
# What speaks of demand. The company's own postings are openings.
KINDS = (Kind.MARKET_REPORT, Kind.POSTING)
# So many documents are read in one transaction.
SLICE = 50


def in_the_market(person: User, skills: Iterable[Skill]) -> dict[UUID, int]:
    """How many of the market's documents that the person may see ask for each skill: two queries."""
    wanted = [skill.id for skill in skills]
    visible = Collection.objects.visible_to(person).filter(about=Collection.Market.MARKET)
    rows = SkillAsked.objects.filter(skill__in=wanted, collection__in=visible)
    counted = rows.values_list("skill").annotate(documents=Count("pk"))
    return dict.fromkeys(wanted, 0) | dict(counted)


def read_all(running: Running) -> int:
    """Read what is new or has changed, slice by slice; gives back how many documents were read."""
    (stage,) = running.stages
    with running.transaction():
        forget_gone()
        waiting = pending(kept.state()).count()
    done = 0
    while True:
        with running.transaction():
            state, lexicon = kept.current()
            read = read_some(pending(state)[:SLICE], lexicon, state)
        if not read:
            return done
        done += read
        running.stage(stage, done / max(waiting, done))


def unspoken() -> list[str]:
    """Languages of such documents in which no skill has a name: much in them may be missed."""
    lexicon = kept.lexicon()
    about = Document.objects.current().filter(collection__about=Collection.Market.MARKET, kind__in=KINDS)
    found = about.order_by("language").values_list("language", flat=True).distinct()
    return [language for language in found if unsupported(language, lexicon)]


def read_pending() -> int:
    """The same in the open transaction, all at once."""
    forget_gone()
    state, lexicon = kept.current()
    return read_some(pending(state), lexicon, state)


def forget_gone() -> None:
    """Leave out what is gone, repeats another document or speaks of something else now: two queries."""
    gone = Document.objects.filter(Q(gone_at__isnull=False) | Q(same_as__isnull=False) | ~Q(kind__in=KINDS))
    SkillAsked.objects.filter(document__in=gone).delete()
    DocumentRead.objects.filter(document__in=gone).delete()


def pending(state: str) -> QuerySet[Document]:
    """Documents about demand that were not read since they or the skills' names changed."""
    known = DocumentRead.objects.filter(
        document=OuterRef("pk"), version=OuterRef("current_version"), lexicon=state
    )
    about = (
        Document.objects.current()
        .leading()
        .filter(collection__about=Collection.Market.MARKET, kind__in=KINDS, current_version__isnull=False)
    )
    return about.exclude(Exists(known)).select_related("current_version").order_by("pk")


def read_some(documents: Iterable[Document], lexicon: Lexicon, state: str) -> int:
    """Replace what is known of these documents: four queries, however many they are."""
    found = {document: asked(document, lexicon) for document in documents}
    # Two that read at once take the rows in the same order, and the second finds the first's.
    DocumentRead.objects.bulk_create(
        (DocumentRead(document=one, version=one.current_version, lexicon=state) for one in found),
        update_conflicts=True,
        unique_fields=["document"],
        update_fields=["version", "lexicon"],
    )
    SkillAsked.objects.filter(document__in=found).delete()
    _write(found)
    return len(found)


def _write(found: Mapping[Document, Sequence[UUID]]) -> None:
    rows = [
        SkillAsked(document=one, collection_id=one.collection_id, skill_id=skill)
        for one, skills in found.items()
        for skill in skills
    ]
    SkillAsked.objects.bulk_create(rows, ignore_conflicts=True)


def asked(document: Document, lexicon: Lexicon) -> list[UUID]:
    """The skills that a document's title and text ask for, each once; what they deny is not asked for."""
    text = f"{document.title}\n\n{document.current_version.text if document.current_version else ''}"
    mentions = extract(text, lexicon, language=document.language)
    return sorted({mention.skill_id for mention in mentions if not mention.negated})
