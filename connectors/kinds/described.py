"""What somebody knows about a whole source and its entries do not say: their kind, topics, language, region
and licence. Settings of most kinds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy

from careerforge.knowledge.documents.kinds import kind_of
from careerforge.knowledge.models import Document
from connectors.kinds.kind import Field
from connectors.parsing.item import DOCUMENT, PAGE, Item, Parsed
from connectors.parsing.values import language_tag

FIELDS = (
    Field(
        "document_kind", gettext_lazy("What these documents are"), type="choice",
        choices=(("", gettext_lazy("As each one says")), *Document.Kind.choices),
    ),
    Field("topics", gettext_lazy("Topics"), gettext_lazy("Separated by commas; added to a document’s own.")),
    Field("language", gettext_lazy("Language"), gettext_lazy("Such as en, for documents that do not say.")),
    Field("region", gettext_lazy("Region"), gettext_lazy("For documents that do not say.")),
    Field("licence", gettext_lazy("Licence or terms"), gettext_lazy("Shown with every document.")),
)  # fmt: skip


def recognised(parsed: Parsed) -> Parsed:
    """The same items, each mere page or file as the kind of document that its title or headings say it is."""
    return replace(parsed, items=tuple(_recognised(item) for item in parsed.items))


def _recognised(item: Item) -> Item:
    said = kind_of(item.title, item.text) if item.kind in (PAGE, DOCUMENT) else ""
    return replace(item, kind=said) if said else item


def described(parsed: Parsed, settings: Mapping[str, Any]) -> Parsed:
    """The same items with what the connection says of all of them."""
    if not any(settings.get(field.name) for field in FIELDS):
        return parsed
    return replace(parsed, items=tuple(_described(item, settings) for item in parsed.items))


def _described(item: Item, settings: Mapping[str, Any]) -> Item:
    facts = dict(item.facts)
    own = facts.get("topics", ())
    added = tuple(
        topic for part in re.split(r"[,;\n]", str(settings.get("topics") or "")) if (topic := part.strip())
    )
    if added:
        facts["topics"] = tuple(dict.fromkeys([*([own] if isinstance(own, str) else own), *added]))
    for name in ("region", "licence"):
        if settings.get(name) and not facts.get(name):
            facts[name] = str(settings[name])
    return replace(
        item,
        kind=str(settings.get("document_kind") or item.kind),
        language=item.language or language_tag(settings.get("language")),
        facts=facts,
    )
