"""Documents of vacancies become postings: what they ask for, where, for which pay. Each is read once.

A posting is read again when its document's text or region, or the names of the company's roles or skills,
have changed; by a job, a slice at a time. Nothing is written for one that is still as it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from careerforge.jobs.running import Running
from careerforge.knowledge.documents.facts import PostingFacts, from_json
from careerforge.knowledge.models import Document, DocumentVersion
from careerforge.skills.extraction import Lexicon, extract, kept
from careerforge.skills.extraction.languages import unsupported
from market import roles
from market.models import Posting, PostingSkill
from market.roles import Roles

# So many documents are read in one transaction.
SLICE = 50
_TOLD = ("version", "names", "role", "level", "company", "place", "country", "region", "remote", "employment",
         "pay_min", "pay_max", "currency", "pay_period", "pay_is_guess")  # fmt: skip


@dataclass(frozen=True)
class Names:
    """The names that postings are read by, of roles and skills; ``state`` is equal for equal names."""

    state: str
    lexicon: Lexicon
    roles: Roles

    @classmethod
    def current(cls) -> "Names":
        """The open organisation's, made once per state and process."""
        of_skills, lexicon = kept.current()
        of_roles, found = roles.current()
        return cls(of_skills + of_roles, lexicon, found)


def read_all(running: Running) -> int:
    """Read what is new or has changed, slice by slice; gives back how many. Safe to kill and run again."""
    (stage,) = running.stages
    with running.transaction():
        waiting = pending(kept.state() + roles.state()).count()
    done = 0
    while waiting:
        with running.transaction():
            names = Names.current()
            read = read_some(list(pending(names.state)[:SLICE]), names)
        if not read:
            break
        done += read
        running.stage(stage, done / max(waiting, done))
    return done


def read_pending() -> int:
    """The same in the open transaction, all at once."""
    names = Names.current()
    return read_some(list(pending(names.state)), names)


def unspoken() -> list[str]:
    """Languages of postings in which no skill has a name: much in them may be missed."""
    lexicon = kept.lexicon()
    found = Posting.objects.current().order_by().values_list("document__language", flat=True).distinct()
    return sorted(language for language in found if unsupported(language, lexicon))


def pending(state: str) -> QuerySet[Document]:
    """Documents of vacancies that were not read since they or the names changed."""
    region = Coalesce(NullIf(OuterRef("region"), Value("")), F("country"))
    known = Posting.objects.filter(
        document=OuterRef("pk"), version=OuterRef("current_version"), names=state, region=region
    )
    vacancies = (
        Document.objects.current()
        .leading()
        .filter(kind=Document.Kind.POSTING, current_version__isnull=False, collection__removed_at=None)
    )
    return vacancies.exclude(Exists(known)).select_related("current_version").order_by("pk")


def read_some(documents: Sequence[Document], names: Names) -> int:
    """Replace what is known of these documents: five queries, however many they are."""
    if not documents:
        return 0
    first_seen = _first_seen(documents)
    asked = {one.pk: skills_of(one, names.lexicon) for one in documents}
    # Two that read at once take the rows in the same order, and the second finds the first's.
    Posting.objects.bulk_create(
        (_posting(one, asked[one.pk], names, first_seen.get(one.pk, one.fetched_at)) for one in documents),
        update_conflicts=True,
        unique_fields=["document"],
        update_fields=_TOLD,
    )
    rows = dict(Posting.objects.filter(document__in=documents).values_list("document", "pk"))
    PostingSkill.objects.filter(posting__in=rows.values()).delete()
    PostingSkill.objects.bulk_create(
        (
            PostingSkill(posting_id=rows[document], skill_id=skill, level=level)
            for document, skills in asked.items()
            for skill, level in sorted(skills.items())
        ),
        ignore_conflicts=True,
    )
    return len(documents)


def skills_of(document: Document, lexicon: Lexicon) -> dict[UUID, int | None]:
    """The skills that a document asks for, each with the highest level said of it, if any.

    Title, text and what the source lists apart; what they deny is not asked for.
    """
    facts = _facts(document.current_version)
    listed = "\n".join(facts.skills)
    text = f"{document.title}\n\n{document.current_version.text if document.current_version else ''}"
    found: dict[UUID, int | None] = {}
    for mention in extract(f"{text}\n\n{listed}", lexicon, language=document.language):
        if not mention.negated:
            levels = [one for one in (found.get(mention.skill_id), mention.level) if one is not None]
            found[mention.skill_id] = max(levels, default=None)
    return found


def _posting(
    document: Document, asked: Mapping[UUID, int | None], names: Names, first_seen: datetime
) -> Posting:
    facts = _facts(document.current_version)
    role, level = names.roles.meant(document.title, asked.keys())
    country = facts.country[:80]
    return Posting(
        document=document,
        version=document.current_version,
        collection_id=document.collection_id,
        names=names.state,
        role_id=role,
        level=level,
        company=facts.company[:200],
        place="; ".join(facts.locations)[:200],
        country=country,
        region=document.region or country,
        remote=facts.remote,
        employment=facts.employment,
        first_seen_at=first_seen,
        **_pay(facts),
    )


def _pay(facts: PostingFacts) -> dict[str, int | str | bool | None]:
    """Amounts without a currency say nothing."""
    if not facts.salary_currency or (facts.salary_min is None and facts.salary_max is None):
        return {}
    return {
        "pay_min": facts.salary_min,
        "pay_max": facts.salary_max,
        "currency": facts.salary_currency[:3],
        "pay_period": facts.salary_period[:5],
        "pay_is_guess": facts.salary_is_predicted,
    }


def _facts(version: DocumentVersion | None) -> PostingFacts:
    found = from_json(version.facts) if version else None
    return found if isinstance(found, PostingFacts) else PostingFacts()


def _first_seen(documents: Iterable[Document]) -> dict[UUID, datetime]:
    """When the first version of each was stored."""
    first = DocumentVersion.objects.filter(document__in=documents, number=1)
    return dict(first.values_list("document", "made_at"))
