"""What is told of a held text: why it is held, where, what would change. Words only for who may read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from careerforge.knowledge.documents import languages
from careerforge.knowledge.documents.differences import differences
from careerforge.knowledge.models import DocumentVersion
from careerforge.knowledge.quarantine.suspicion import Found

# Of the whole text, so many characters; of the words in the list, so many; so many changes and places.
SHOWN, BRIEF, CHANGES, PLACES = 20_000, 140, 40, 25
Place = tuple[int, int]


@dataclass(frozen=True)
class Part:
    """A stretch of the text; ``number`` of the place when it is one of those it is held for, else 0."""

    text: str
    number: int = 0


@dataclass(frozen=True)
class Reason:
    """Why a text is held, and the numbers of the places that the page marks for it."""

    words: str
    numbers: tuple[int, ...] = ()


def title(version: DocumentVersion, may_read: bool) -> str:
    """What a text is called, for who may read it."""
    if not may_read:
        return _("A text for other readers")
    return str(version.described.get("title", "")) or _("Without a title")


def in_the_list(version: DocumentVersion, may_read: bool) -> Any:
    """The reasons, and the first words that gave rise to them."""
    found = [Found.of(row) for row in version.suspicions]
    reasons = " ".join(dict.fromkeys(one.reason for one in found))
    first = next((one for one in found if one.end > one.start), None)
    if first is None or not may_read:
        return reasons
    said = " ".join(visible(version.text[first.start : first.end]).split())
    said = f"{said[:BRIEF]}…" if len(said) > BRIEF else said
    return format_html('{} <q class="cf-held-brief">{}</q>', reasons, said)


def told(version: DocumentVersion, *, may_read: bool) -> dict[str, Any]:
    """What the page of one version shows."""
    found = [Found.of(row) for row in version.suspicions]
    if not may_read:
        return {"reasons": [Reason(words) for words in dict.fromkeys(one.reason for one in found)]}
    before = _before(version)
    text = version.text[:SHOWN]
    places = _apart([one for one in found if 0 <= one.start < one.end <= len(text)])[:PLACES]
    language = str(version.described.get("language", ""))
    return {
        "reasons": list(_reasons(found, places)),
        "parts": list(parts(text, places)),
        "blocks": differences(before.text, version.text)[:CHANGES] if before else [],
        "has_current": before is not None,
        "is_cut": len(version.text) > SHOWN,
        "language": languages.name(language),
        "unsupported": languages.unsupported(language),
    }


def _before(version: DocumentVersion) -> DocumentVersion | None:
    """What stands there now, unless it is this text."""
    current = version.document.current_version
    return None if current is None or current.pk == version.pk else current


def _reasons(found: Iterable[Found], places: list[Place]) -> Iterator[Reason]:
    by_reason: dict[str, dict[int, None]] = {}
    for one in found:
        at = [n for n, (start, end) in enumerate(places, 1) if start <= one.start < one.end <= end]
        by_reason.setdefault(one.reason, {}).update(dict.fromkeys(at))
    return (Reason(words, tuple(its)) for words, its in by_reason.items())


def _apart(found: Iterable[Found]) -> list[Place]:
    """Places of what was found, in order; those that overlap are one."""
    places: list[Place] = []
    for one in sorted(found, key=lambda one: one.start):
        if places and one.start < places[-1][1]:
            places[-1] = (places[-1][0], max(places[-1][1], one.end))
        else:
            places.append((one.start, one.end))
    return places


def parts(text: str, places: Iterable[Place]) -> Iterator[Part]:
    """The text cut at places that are in order and apart."""
    reached = 0
    for number, (start, end) in enumerate(places, 1):
        yield Part(text[reached:start])
        yield Part(visible(text[start:end]), number)
        reached = end
    yield Part(text[reached:])


def visible(text: str) -> str:
    """With the numbers of the characters that nobody sees."""
    return "".join(one if one.isprintable() or one in "\n\t" else f"‹U+{ord(one):04X}›" for one in text)
