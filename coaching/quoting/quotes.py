"""Sentences of documents the coach may see, found for a question about one person."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from careerforge.assistant.extraction import extract
from careerforge.assistant.sentences import sentences
from careerforge.knowledge.models import Collection as Shelf
from careerforge.knowledge.models import Document, DocumentVersion
from careerforge.knowledge.passage import Passage
from careerforge.knowledge.search.closeness import closeness
from careerforge.knowledge.search.retrieval import search
from careerforge.people.models import User
from careerforge.skills.models import Practice
from coaching.answers.answer import Source
from coaching.questions import intent
from coaching.questions.intent import Topic
from coaching.questions.strange import strange
from coaching.quoting.choosing import Quote

# One word for what documents call by another.
SPELLING = re.compile(r"\bcertificates?\b", re.I)
CERTIFICATE = re.compile(r"\bcertif\w+|\bexam", re.I)
# Words of any question about one.
ABOUT_CERTIFICATES = "exam examination certificate certification take pass worth valid before after path"
FEE = re.compile(r"\b(?:pays?|paid|fees?|costs?|price|budget)\b", re.I)
GUIDE = Document.Kind.CERTIFICATION_GUIDE
# Share of the best passage's closeness to the question.
NEAR_ENOUGH = 0.6
# Cosine below which a passage is near nothing that was asked, whatever comes nearest.
NEAR = 0.35
PASSAGES, SENTENCES, NEAREST = 12, 16, 3


@dataclass(frozen=True)
class Found:
    """Candidates with their scores, the passages they come from, and what comes nearest when none answers."""

    quotes: tuple[Quote, ...]
    nearest: tuple[Quote, ...]
    passages: tuple[Passage, ...]
    origins: Mapping[UUID, "Origin"]
    # What was looked for in particular and not found, in words.
    note: str = ""

    def cite(self, passage: Passage, text: str, start: int) -> Source:
        """A span of one of the passages as a source."""
        return _quote(passage, text, start, passage.score, self.origins).source


@dataclass(frozen=True)
class Origin:
    """What a passage does not tell about its document."""

    version: int
    topics: frozenset[str]
    region: str = ""
    market: bool = False


def find(coach: User, question: str, role: str, names: Sequence[str], own: Collection[str]) -> Found:
    """Search, leave out other practices, and take the sentences that answer.

    Args:
        role: the role in question, to steer the search; may be empty.
        names: skills the answer is about.
        own: slugs of the practices that the person and the role belong to.
    """
    wording = _wording(question, role)
    passages, origins = _ours(_search(coach, [wording, *names], role), question, own)
    near = closeness(wording, [one.chunk_id for one in passages])
    if not names:
        # The role steers the search, not the answer: what is far from the question itself is left out.
        best = max(near.values(), default=0.0)
        passages = [one for one in passages if near.get(one.chunk_id, best) >= NEAR_ENOUGH * best]
    about_certificates = intent.read(question).topic is Topic.CERTIFICATE
    if about_certificates:
        # A posting asks for certificates; it does not say which is worth it, or when.
        passages = [one for one in passages if one.kind != Document.Kind.POSTING]
        texts = [text for one in passages for text in (one.title, one.heading, one.text)]
        if lost := strange(question, [*texts, role, *names], ABOUT_CERTIFICATES):
            note = _("No source that I may quote speaks of %(names)s.") % {"names": ", ".join(lost)}
            return Found((), nearest(coach, question), tuple(passages), origins, note)
    # "Which skills first" says nothing that a document would: then the skills and the role are the question.
    # Who names a skill asks something about it, and every word counts.
    says_it = not names or any(name.lower() in question.lower() for name in names)
    asked = wording if says_it else " ".join([role, *names]).lower()
    chosen = extract(asked, passages, names, limit=SENTENCES, near=near)
    if about_certificates:
        chosen = tuple(one for one in chosen if CERTIFICATE.search(one.text) or one.passage.kind == GUIDE)
    return Found(
        tuple(_quote(one.passage, one.text, one.start, one.score, origins) for one in chosen),
        () if chosen else nearest(coach, question),
        tuple(passages),
        origins,
    )


def sift(
    coach: User,
    queries: Sequence[str],
    own: Collection[str],
    score: Callable[[Quote], float],
    *,
    question: str,
    kinds: Sequence[str] = (),
    note: str = "",
) -> Found:
    """Every sentence of what several searches find, by a score of its own; 0 leaves it out.

    Args:
        note: what to say when no sentence is left.
    """
    found = {
        one.chunk_id: one for query in queries for one in search(coach, query, kinds=kinds, limit=PASSAGES)
    }
    passages, origins = _ours(list(found.values()), question, own)
    every = [
        _quote(passage, part.text, passage.start + part.start, 0.0, origins)
        for passage in passages
        for part in sentences(passage.text)
    ]
    scored = (replace(quote, score=score(quote)) for quote in every)
    quotes = sorted((quote for quote in scored if quote.score > 0), key=lambda one: -one.score)
    return Found(tuple(quotes), (), tuple(passages), origins, "" if quotes else note)


def _ours(
    found: Sequence[Passage], question: str, own: Collection[str]
) -> tuple[list[Passage], Mapping[UUID, Origin]]:
    """The passages that are not about other practices only, and where all come from."""
    origins = _origins(found)
    practices = dict(Practice.objects.values_list("slug", "name"))
    ours = {*own, *(slug for slug, name in practices.items() if _names(question, slug, name))}
    return [
        one for one in found if _is_ours(origins[one.version_id].topics & practices.keys(), ours)
    ], origins


def _wording(question: str, role: str) -> str:
    """The question in the words of documents.

    Whether a certificate is worth it depends on the role; who pays for it does not.
    """
    about = role if intent.read(question).topic is Topic.CERTIFICATE and not FEE.search(question) else ""
    return f"{SPELLING.sub('certification', question)} {about}".strip()


def _search(coach: User, words: Sequence[str], role: str) -> list[Passage]:
    """What answers the words themselves, then what answers them for the role."""
    found = [
        *search(coach, " ".join(words), limit=PASSAGES),
        *search(coach, " ".join([*words, role]), limit=PASSAGES),
    ]
    return list({one.chunk_id: one for one in found}.values())


def nearest(coach: User, question: str) -> tuple[Quote, ...]:
    """The beginnings of the passages that come near to a question that nothing answers, if any does."""
    found = search(coach, question, limit=NEAREST)
    near = closeness(question, [one.chunk_id for one in found])
    close = [one for one in found if near.get(one.chunk_id, 0.0) >= NEAR]
    origins = _origins(close)
    return tuple(quote for one in close if (quote := _first(one, origins)))


def _origins(passages: Sequence[Passage]) -> dict[UUID, Origin]:
    rows = DocumentVersion.objects.filter(pk__in={one.version_id for one in passages})
    fields = rows.values_list(
        "pk", "number", "document__topics", "document__region", "document__collection__about"
    )
    return {
        pk: Origin(number, frozenset(topics), region, about == Shelf.Market.MARKET)
        for pk, number, topics, region, about in fields
    }


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
    origin = origins[passage.version_id]
    return Quote(
        text=text,
        title=passage.title,
        url=f"{url}?v={origin.version}&start={start}&end={start + len(text)}#quote",
        published_on=passage.published_at.date() if passage.published_at else None,
        kind=passage.kind,
        kind_name=str(Document.Kind(passage.kind).label),
        chunk_id=passage.chunk_id,
        document=str(passage.document_id),
        start=start,
        score=score,
        region=origin.region,
        market=origin.market,
    )
