"""Sentences of documents the coach may see, found for a question about one person."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from careerforge.assistant.extraction import extract
from careerforge.assistant.sentences import sentences
from careerforge.knowledge.closeness import closeness
from careerforge.knowledge.models import Document, DocumentVersion
from careerforge.knowledge.passage import Passage
from careerforge.knowledge.retrieval import search
from careerforge.people.models import User
from careerforge.skills.models import Practice
from coaching import intent
from coaching.choosing import Quote

# One word for what documents call by another.
SPELLING = re.compile(r"\bcertificates?\b", re.I)
# Share of the best passage's closeness to the question.
NEAR_ENOUGH = 0.6
PASSAGES, SENTENCES, NEAREST = 12, 16, 3


@dataclass(frozen=True)
class Found:
    """Candidates with their scores, the passages they come from, and what comes nearest when none answers."""

    quotes: tuple[Quote, ...]
    nearest: tuple[Quote, ...]
    passages: tuple[Passage, ...]
    origins: Mapping[UUID, "Origin"]

    def cite(self, passage: Passage, text: str, start: int) -> Quote:
        """A span of one of the passages as a quote."""
        return _quote(passage, text, start, passage.score, self.origins)


@dataclass(frozen=True)
class Origin:
    """What a passage does not tell about its document."""

    version: int
    topics: frozenset[str]


def find(coach: User, question: str, role: str, names: Sequence[str], own: Collection[str]) -> Found:
    """Search, leave out other practices, and take the sentences that answer.

    Args:
        role: the role in question, to steer the search; may be empty.
        names: skills the answer is about.
        own: slugs of the practices that the person and the role belong to.
    """
    wording = _wording(question, role)
    found = _search(coach, [wording, *names], role)
    origins = _origins(found)
    practices = dict(Practice.objects.values_list("slug", "name"))
    ours = {*own, *(slug for slug, name in practices.items() if _names(question, slug, name))}
    passages = [one for one in found if _is_ours(origins[one.version_id].topics & practices.keys(), ours)]
    near = closeness(wording, [one.chunk_id for one in passages])
    if not names:
        # The role steers the search, not the answer: what is far from the question itself is left out.
        best = max(near.values(), default=0.0)
        passages = [one for one in passages if near.get(one.chunk_id, best) >= NEAR_ENOUGH * best]
    # "Which skills first" says nothing that a document would: then the skills and the role are the question.
    # Who names a skill asks something about it, and every word counts.
    says_it = not names or any(name.lower() in question.lower() for name in names)
    asked = wording if says_it else " ".join([role, *names]).lower()
    chosen = extract(asked, passages, names, limit=SENTENCES, near=near)
    return Found(
        tuple(_quote(one.passage, one.text, one.start, one.score, origins) for one in chosen),
        () if chosen else nearest(coach, question),
        tuple(passages),
        origins,
    )


def _wording(question: str, role: str) -> str:
    """The question in the words of documents; whether a certificate is worth it depends on the role."""
    about = role if intent.read(question).topic is intent.Topic.CERTIFICATE else ""
    return f"{SPELLING.sub('certification', question)} {about}".strip()


def _search(coach: User, words: Sequence[str], role: str) -> list[Passage]:
    """What answers the words themselves, then what answers them for the role."""
    found = [
        *search(coach, " ".join(words), limit=PASSAGES),
        *search(coach, " ".join([*words, role]), limit=PASSAGES),
    ]
    return list({one.chunk_id: one for one in found}.values())


def nearest(coach: User, question: str) -> tuple[Quote, ...]:
    """The beginnings of the passages that come nearest to a question that nothing answers."""
    found = search(coach, question, limit=NEAREST)
    origins = _origins(found)
    return tuple(quote for one in found if (quote := _first(one, origins)))


def _origins(passages: Sequence[Passage]) -> dict[UUID, Origin]:
    rows = DocumentVersion.objects.filter(pk__in={one.version_id for one in passages})
    fields = rows.values_list("pk", "number", "document__topics")
    return {pk: Origin(number, frozenset(topics)) for pk, number, topics in fields}


def _names(question: str, slug: str, name: str) -> bool:
    return bool(re.search(rf"(?<!\w)(?:{re.escape(slug)}|{re.escape(name)})(?!\w)", question, re.I))


def _is_ours(about: Collection[str], ours: Collection[str]) -> bool:
    """Whether a document is about one of our practices, or about none in particular."""
    return not about or any(slug in ours for slug in about)


def _first(passage: Passage, origins: Mapping[UUID, Origin]) -> Quote | None:
    """The first sentence of a passage."""
    parts = sentences(passage.text)
    return (
        _quote(passage, parts[0].text, passage.start + parts[0].start, passage.score, origins)
        if parts
        else None
    )


def _quote(passage: Passage, text: str, start: int, score: float, origins: Mapping[UUID, Origin]) -> Quote:
    url = reverse("knowledge:document", args=[passage.document_id])
    version = origins[passage.version_id].version
    return Quote(
        text=text,
        title=passage.title,
        url=f"{url}?v={version}&start={start}&end={start + len(text)}#quote",
        published_on=passage.published_at.date() if passage.published_at else None,
        kind=passage.kind,
        kind_name=str(Document.Kind(passage.kind).label),
        chunk_id=passage.chunk_id,
        document=str(passage.document_id),
        start=start,
        score=score,
    )
