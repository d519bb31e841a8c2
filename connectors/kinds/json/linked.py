"""Entries that name others by id, which the same answer lists elsewhere (``linked`` at Coursera)."""

from __future__ import annotations

from collections.abc import Mapping

from connectors.parsing.values import label, scalar

# Institutions only: names of people are not taken.
_KINDS = {"partnerIds": ("partners.v1", "provider")}


def with_names(document: object) -> object:
    """The same document, with the name of each entry's institution in the entry."""
    linked = document.get("linked") if isinstance(document, Mapping) else None
    if not isinstance(document, Mapping) or not isinstance(linked, Mapping):
        return document
    names = {
        source: {
            scalar(entry.get("id")): label(entry.get("name"))
            for entry in listed
            if isinstance(entry, Mapping)
        }
        for source, _ in _KINDS.values()
        if isinstance(listed := linked.get(source), list)
    }
    return {key: _named(value, names) if key == "elements" else value for key, value in document.items()}


def _named(entries: object, names: Mapping[str, Mapping[str, str]]) -> object:
    if not isinstance(entries, list):
        return entries
    return [entry | _found(entry, names) if isinstance(entry, dict) else entry for entry in entries]


def _found(entry: Mapping[str, object], names: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for field, (source, name) in _KINDS.items():
        ids = entry.get(field)
        known = (
            [names[source].get(scalar(one), "") for one in ids]
            if isinstance(ids, list) and source in names
            else []
        )
        if any(known) and not entry.get(name):
            found[name] = ", ".join(filter(None, known))
    return found
