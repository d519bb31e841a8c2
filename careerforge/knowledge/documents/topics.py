"""What a document is about, where its source does not say: the skills that title and headings name."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from careerforge.knowledge.documents.kinds import headings
from careerforge.knowledge.models import Document
from careerforge.skills.extraction import Lexicon, extract, kept
from careerforge.skills.models import Practice, Skill

MOST = 6


def topics_of(
    title: str, text: str, lexicon: Lexicon, names: Mapping[UUID, str], *, language: str = "en"
) -> list[str]:
    """Names of skills, those of the title first, in the order in which they stand; each once. Pure.

    Args:
        names: the name of each skill.
    """
    said = "\n".join((title, *headings(text)))
    mentions = extract(said, lexicon, language=language)
    found = dict.fromkeys(
        names[one.skill_id] for one in mentions if one.skill_id in names and not one.negated
    )
    return [name[:80] for name in found][:MOST]


def fill(documents: Sequence[tuple[Document, str]]) -> None:
    """Set the topics of documents with these texts, without saving them: a few queries, however many."""
    if not documents:
        return
    lexicon = kept.lexicon()
    names = dict(Skill.objects.filter(retired_at=None).values_list("pk", "name"))
    for document, text in documents:
        document.topics = topics_of(document.title, text, lexicon, names, language=document.language)


def shown(topics: Iterable[str]) -> list[tuple[str, str]]:
    """Each topic with the words for it: a slug of the taxonomy under its name. Two queries."""
    topics = list(topics)
    names: dict[str, str] = {}
    for model in (Practice, Skill):
        names |= dict(model._default_manager.filter(slug__in=topics).values_list("slug", "name"))
    return [(topic, names.get(topic, topic)) for topic in topics]
