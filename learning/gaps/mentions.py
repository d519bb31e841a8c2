"""Where the company's documents and the market speak of a skill: the best passage."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from careerforge.knowledge.index import terms
from careerforge.knowledge.models import Chunk, Collection, Document
from careerforge.knowledge.search import lexical
from careerforge.people.models import User
from careerforge.skills.extraction import Lexicon, extract, kept
from careerforge.skills.models import Skill
from learning.roles.relevance import Field

Kind = Document.Kind
# What may carry a reason, the strongest first.
TELLING = (Kind.LADDER, Kind.MARKET_REPORT, Kind.POSTING)


@dataclass(frozen=True)
class Mention:
    """A sentence that names a skill. ``quote`` stands in the chunk's text, character by character."""

    chunk_id: int
    title: str
    kind: str
    dated: date
    quote: str


# Of each word's chunks in each row of the index only the newest are looked at, so that a large index costs
# no more.
NEWEST = 2000
# So many chunks of a skill are looked at more closely, and of so many the text is read.
CLOSER, READ = 200, 4
SENTENCES = re.compile(r"[^\n.!?]*(?:[.!?](?!\s|$)[^\n.!?]*)*[.!?]?")


def best(person: User, skills: Iterable[Skill], role_title: str, field: Field) -> dict[UUID, Mention]:
    """For each skill the passage that says most, out of documents the person may see: six queries.

    Documents of the role's field come before those of others; of them passages that also name the role, then
    ladders, market reports and postings, the newest first.
    """
    wanted = {str(skill.id): skill for skill in skills}
    names = {key: skill.name for key, skill in wanted.items()} | {"": role_title}
    naming = chunks_naming(names, Collection.objects.visible_to(person))
    of_role = set(naming.pop("", ()))
    close = {chunk for chunks in naming.values() for chunk in chunks[:CLOSER]}
    rows = {row.pk: row for row in _telling(close).defer("text", "document__topics")}
    chosen = {
        key: sorted((c for c in chunks if c in rows), key=lambda c: _rank(rows[c], c in of_role, field))[
            :READ
        ]
        for key, chunks in naming.items()
    }
    texts = dict(
        Chunk.objects.filter(pk__in={c for found in chosen.values() for c in found}).values_list("pk", "text")
    )
    lexicon = kept.lexicon()
    found: dict[UUID, Mention] = {}
    for key, skill in wanted.items():
        for chunk in chosen.get(key, ()):
            if quote := sentence(texts[chunk], skill, lexicon, role_title):
                document = rows[chunk].document
                found[skill.id] = Mention(chunk, document.title, document.kind, dated(document), quote)
                break
    return found


def chunks_naming(names: Mapping[str, str], collections: QuerySet[Collection]) -> dict[str, list[int]]:
    """Chunks that hold every word of a name, by key, the newest first: two queries."""
    visible = list(collections.values_list("pk", flat=True))
    return lexical.holding({key: terms.readable(name) for key, name in names.items()}, visible, NEWEST)


def _telling(chunks: Iterable[int], kinds: Iterable[str] = TELLING) -> QuerySet[Chunk]:
    """Living chunks of documents that say something about demand."""
    living = Chunk.objects.filter(live=True, document__gone_at__isnull=True, document__kind__in=list(kinds))
    return living.filter(pk__in=list(chunks)).select_related("document")


def _rank(chunk: Chunk, names_role: bool, field: Field) -> tuple[bool, bool, int, int, int]:
    document = chunk.document
    is_vacancy = document.kind == Kind.POSTING
    return (
        not field.speaks_of(document.title) if is_vacancy else field.is_foreign(document.title),
        not names_role,
        TELLING.index(Kind(document.kind)),
        -dated(document).toordinal(),
        chunk.pk,
    )


def dated(document: Document) -> date:
    """When a document was published, or else read."""
    return (document.published_at or document.fetched_at).date()


def sentence(text: str, skill: Skill, lexicon: Lexicon, role_title: str = "") -> str:
    """The sentence of a text that asks for a skill, best one that names the role too; "" when none does.

    The skill's own name has to stand in it, as that skill: "we go there" does not name Go, "Python for data"
    not Python, and "SQL is not needed" asks for nothing.
    """
    named = re.compile(rf"(?<!\w){re.escape(skill.name)}(?!\w)", re.IGNORECASE)
    found = [each for each in SENTENCES.findall(text) if named.search(each) and _asks(each, skill, lexicon)]
    both = [each for each in found if role_title and role_title.lower() in each.lower()]
    return next(iter(both or found), "").strip()


def _asks(text: str, skill: Skill, lexicon: Lexicon) -> bool:
    return any(one.skill_id == skill.id and not one.negated for one in extract(text, lexicon))
