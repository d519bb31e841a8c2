"""What a page of search results shows of each passage: where it stands, and why it is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from careerforge.knowledge.models import Document, DocumentVersion
from careerforge.knowledge.passage import Passage, Why
from careerforge.knowledge.search.highlighting import Excerpt, excerpt
from careerforge.knowledge.search.weights import HALF_LIFE_DAYS


@dataclass(frozen=True)
class Reason:
    """One of the things that a rank is counted from: its name, in words, and as a small figure."""

    name: str
    word: str
    figure: str


@dataclass(frozen=True)
class Result:
    """A passage as the page shows it."""

    passage: Passage
    url: str
    kind: str
    source: str
    excerpt: Excerpt
    reasons: tuple[Reason, ...]


def results(passages: Sequence[Passage], query: str) -> list[Result]:
    """Passages with their addresses and reasons; one query for all of them."""
    rows = DocumentVersion.objects.filter(pk__in={one.version_id for one in passages})
    fields = rows.values_list("pk", "number", "document__collection__name")
    origins = {pk: (number, name) for pk, number, name in fields}
    most = max((one.why.words or 0.0 for one in passages if one.why), default=0.0)
    return [_result(one, query, origins, most) for one in passages if one.version_id in origins]


def _result(one: Passage, query: str, origins: dict[UUID, tuple[int, str]], most: float) -> Result:
    number, source = origins[one.version_id]
    url = reverse("knowledge:document", args=[one.document_id])
    return Result(
        one,
        f"{url}?v={number}&start={one.start}&end={one.end}#quote",
        str(Document.Kind(one.kind).label),
        source,
        excerpt(one.text, query),
        reasons(one.why, one.kind, most) if one.why else (),
    )


def reasons(why: Why, kind: str, most: float) -> tuple[Reason, ...]:
    """Why a passage stands where it does.

    Args:
        most: the highest score by words on the page, which the others are compared with.
    """
    return (
        _words(why.words, most),
        _meaning(why.meaning),
        _freshness(why.freshness, kind),
        _trust(why.trust),
    )


def _words(score: float | None, most: float) -> Reason:
    if not score:
        return Reason(_("Your words"), _("hardly any in common"), "–")
    share = score / most if most else 0.0
    word = (
        _("match well") if share >= 2 / 3 else _("match in part") if share >= 1 / 3 else _("match a little")
    )
    return Reason(_("Your words"), word, f"{score:.1f}")


def _meaning(cosine: float | None) -> Reason:
    if cosine is None:
        return Reason(_("Meaning"), _("not among the nearest"), "–")
    word = _("very near") if cosine >= 0.6 else _("near") if cosine >= 0.4 else _("some way off")
    return Reason(_("Meaning"), word, f"{cosine:.2f}")


def _freshness(share: float, kind: str) -> Reason:
    if kind not in HALF_LIFE_DAYS:
        return Reason(_("Age"), _("does not age"), f"{share:.2f}")
    word = _("fresh") if share >= 0.75 else _("getting older") if share >= 0.4 else _("old")
    return Reason(_("Age"), word, f"{share:.2f}")


def _trust(share: float) -> Reason:
    word = _("trusted") if share >= 0.8 else _("less trusted") if share >= 0.5 else _("hardly trusted")
    return Reason(_("Source"), word, f"{share:.2f}")
