"""Where the company's documents and the market speak of a skill: the best passage, and how many documents."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from careerforge.knowledge import terms
from careerforge.knowledge.models import Chunk, Collection, Document
from careerforge.people.models import User
from careerforge.skills.models import Skill

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


# Of each word's chunks in each collection only the newest are looked at, so that a large index costs no more.
NEWEST = 2000
# So many chunks of a skill are looked at more closely, and of so many the text is read.
CLOSER, READ, COUNTED = 200, 4, 40
# Names up to this length are compared letter by letter.
SHORT = 4
SENTENCES = re.compile(r"[^\n.!?]*(?:[.!?](?!\s|$)[^\n.!?]*)*[.!?]?")
DENIED = re.compile(
    r"\b(?:not|no|nor|never|neither|without|less|unlike|instead of|rather than)\b|n['’]t\b", re.IGNORECASE
)

CHUNKS = """
SELECT asked.key, word.lexeme, posting.chunks[greatest(posting.size - %(newest)s + 1, 1):posting.size]
FROM unnest(%(keys)s::text[], %(names)s::text[]) AS asked(key, name)
CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector('english', asked.name))) AS word(lexeme)
LEFT JOIN knowledge_posting posting
       ON posting.lexeme = word.lexeme AND posting.collection_id = ANY(%(collections)s)
"""


def best(
    person: User, skills: Iterable[Skill], role_title: str, every: Sequence[Skill] = ()
) -> dict[UUID, Mention]:
    """For each skill the passage that says most, out of documents the person may see: five queries.

    Passages that also name the role come first, then ladders, market reports and postings, the newest first.

    Args:
        every: all skills there are, to tell apart names that hold another one's.
    """
    wanted = {str(skill.id): skill for skill in skills}
    names = {key: skill.name for key, skill in wanted.items()} | {"": role_title}
    naming = chunks_naming(names, Collection.objects.visible_to(person))
    of_role = set(naming.pop("", ()))
    close = {chunk for chunks in naming.values() for chunk in chunks[:CLOSER]}
    rows = {row.pk: row for row in _telling(close).defer("text", "document__topics")}
    chosen = {
        key: sorted((c for c in chunks if c in rows), key=lambda c: _rank(rows[c], c in of_role))[:READ]
        for key, chunks in naming.items()
    }
    texts = dict(
        Chunk.objects.filter(pk__in={c for found in chosen.values() for c in found}).values_list("pk", "text")
    )
    found: dict[UUID, Mention] = {}
    for key, skill in wanted.items():
        longer = longer_names(skill, every)
        for chunk in chosen.get(key, ()):
            if quote := sentence(texts[chunk], skill.name, role_title, longer):
                document = rows[chunk].document
                found[skill.id] = Mention(chunk, document.title, document.kind, dated(document), quote)
                break
    return found


def in_the_market(person: User, skills: Iterable[Skill]) -> dict[UUID, int]:
    """How many of the market's documents that the person may see name each skill: four queries.

    The ``COUNTED`` newest passages of each are read. The company's own postings are openings, no demand.
    """
    wanted = {str(skill.id): skill for skill in skills}
    market = Collection.objects.visible_to(person).filter(about=Collection.Market.MARKET)
    naming = chunks_naming({key: skill.name for key, skill in wanted.items()}, market)
    close = {chunk for chunks in naming.values() for chunk in chunks[:COUNTED]}
    telling = _telling(close, (Kind.MARKET_REPORT, Kind.POSTING)).values_list("pk", "document_id", "text")
    read = {pk: (document, text) for pk, document, text in telling}
    found: dict[UUID, set[UUID]] = {skill.id: set() for skill in wanted.values()}
    for key, skill in wanted.items():
        for chunk in naming.get(key, ())[:COUNTED]:
            if chunk in read and sentence(read[chunk][1], skill.name):
                found[skill.id].add(read[chunk][0])
    return {skill: len(documents) for skill, documents in found.items()}


def chunks_naming(names: Mapping[str, str], collections: QuerySet[Collection]) -> dict[str, list[int]]:
    """Chunks that hold every word of a name, by key, the newest first: two queries."""
    held: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    visible = list(collections.values_list("pk", flat=True))
    texts = [terms.readable(name) for name in names.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            CHUNKS, {"newest": NEWEST, "collections": visible, "keys": list(names), "names": texts}
        )
        for key, lexeme, chunks in cursor.fetchall():
            held[key][lexeme].update(chunks or ())
    found = {key: set.intersection(*words.values()) for key, words in held.items()}
    return {key: sorted(chunks, reverse=True) for key, chunks in found.items() if chunks}


def _telling(chunks: Iterable[int], kinds: Iterable[str] = TELLING) -> QuerySet[Chunk]:
    """Living chunks of documents that say something about demand."""
    living = Chunk.objects.filter(live=True, document__gone_at__isnull=True, document__kind__in=list(kinds))
    return living.filter(pk__in=list(chunks)).select_related("document")


def _rank(chunk: Chunk, names_role: bool) -> tuple[bool, int, int, int]:
    document = chunk.document
    return (
        not names_role,
        TELLING.index(Kind(document.kind)),
        -dated(document).toordinal(),
        chunk.pk,
    )


def dated(document: Document) -> date:
    """When a document was published, or else read."""
    return (document.published_at or document.fetched_at).date()


def sentence(text: str, name: str, role_title: str = "", longer: Iterable[str] = ()) -> str:
    """The sentence of a text that asks for a skill, best one that names the role too; "" when none does.

    A short name counts only as it is written ("Go" is no "go"), a name inside a ``longer`` one does not count
    ("Python for data" is no "Python"), and a sentence that says no ("is not needed") asks for nothing.
    """
    flags = 0 if len(name) <= SHORT else re.IGNORECASE
    named = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", flags)
    hidden = re.compile("|".join(map(re.escape, longer)) or r"(?!)", re.IGNORECASE)
    found = [
        each
        for each in SENTENCES.findall(text)
        if named.search(hidden.sub("", each)) and not DENIED.search(each)
    ]
    both = [each for each in found if role_title and role_title.lower() in each.lower()]
    return next(iter(both or found), "").strip()


def longer_names(skill: Skill, every: Iterable[Skill]) -> tuple[str, ...]:
    """The names of other skills that hold this one's."""
    mine = skill.name.lower()
    return tuple(one.name for one in every if one.name.lower() != mine and mine in one.name.lower())
