"""Where the company's documents and the market speak of a skill: the best passage, and how many documents."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
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
CLOSER, READ = 200, 4

LEXEMES = """
SELECT asked.key, tsvector_to_array(to_tsvector('english', asked.name))
FROM unnest(%(keys)s::text[], %(names)s::text[]) AS asked(key, name)
"""
CHUNKS = """
SELECT lexeme, chunks[greatest(size - %(newest)s + 1, 1):size] FROM knowledge_posting
WHERE collection_id = ANY(%(collections)s) AND lexeme = ANY(%(lexemes)s)
"""


def best(person: User, skills: Iterable[Skill], role_title: str) -> dict[UUID, Mention]:
    """For each skill the passage that says most, out of documents the person may see: five queries.

    Passages that also name the role come first, then ladders, market reports and postings, the newest first.
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
        for chunk in chosen.get(key, ()):
            if quote := sentence(texts[chunk], skill.name, role_title):
                document = rows[chunk].document
                found[skill.id] = Mention(chunk, document.title, document.kind, dated(document), quote)
                break
    return found


def in_the_market(person: User, skills: Iterable[Skill]) -> dict[UUID, int]:
    """How many of the market's documents that the person may see name each skill: four queries.

    Counting stops at ``CLOSER`` passages. The company's own postings are openings and no demand.
    """
    wanted = {str(skill.id): skill for skill in skills}
    market = Collection.objects.visible_to(person).filter(about=Collection.Market.MARKET)
    naming = chunks_naming({key: skill.name for key, skill in wanted.items()}, market)
    close = {chunk for chunks in naming.values() for chunk in chunks[:CLOSER]}
    documents = dict(_telling(close, (Kind.MARKET_REPORT, Kind.POSTING)).values_list("pk", "document_id"))
    return {
        skill.id: len({documents[c] for c in naming.get(key, ())[:CLOSER] if c in documents})
        for key, skill in wanted.items()
    }


def chunks_naming(names: Mapping[str, str], collections: QuerySet[Collection]) -> dict[str, list[int]]:
    """Chunks that hold every word of a name, by key, the newest first: three queries."""
    with connection.cursor() as cursor:
        texts = [terms.readable(name) for name in names.values()]
        cursor.execute(LEXEMES, {"keys": list(names), "names": texts})
        wanted = {key: frozenset(lexemes) for key, lexemes in cursor.fetchall() if lexemes}
        every = sorted({lexeme for lexemes in wanted.values() for lexeme in lexemes})
        visible = list(collections.values_list("pk", flat=True))
        cursor.execute(CHUNKS, {"newest": NEWEST, "collections": visible, "lexemes": every})
        held: dict[str, set[int]] = defaultdict(set)
        for lexeme, chunks in cursor.fetchall():
            held[lexeme].update(chunks)
    found = {key: set.intersection(*(held[lexeme] for lexeme in lexemes)) for key, lexemes in wanted.items()}
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


def sentence(text: str, name: str, role_title: str = "") -> str:
    """The sentence of a text that names a skill, best one that names the role too; "" when none does.

    A short name counts only as it is written: "Go" is no "go".
    """
    flags = 0 if len(name) <= 4 else re.IGNORECASE
    named = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", flags)
    found = [s for s in re.findall(r"[^\n.!?]*(?:[.!?](?!\s|$)[^\n.!?]*)*[.!?]?", text) if named.search(s)]
    both = [s for s in found if role_title and role_title.lower() in s.lower()]
    return next(iter(both or found), "").strip()
