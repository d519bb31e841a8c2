"""What is stored beside a document's text names nobody of the directory either."""

from collections.abc import Mapping
from typing import Any

from careerforge.gateway.redact import Directory, mask
from careerforge.vault.sealing import keyed_hash

_LONGEST = {"title": 300, "region": 40, "licence": 120}
_HIDDEN = "hidden-"


def masked_facts(facts: Mapping[str, Any], directory: Directory) -> dict[str, Any]:
    """Facts of a document whose texts name nobody of the directory."""
    return {name: _masked_value(value, directory) for name, value in facts.items()}


def _masked_value(value: Any, directory: Directory) -> Any:
    if isinstance(value, str):
        return mask(value, directory)
    if isinstance(value, Mapping):
        return masked_facts(value, directory)
    return [_masked_value(one, directory) for one in value] if isinstance(value, list) else value


def description(said: Mapping[str, Any], directory: Directory) -> dict[str, Any]:
    """What a source says of a document: an address or a topic that names somebody goes, the rest is masked.

    Args:
        said: fields of the document by name, and under ``before`` those that stood there before.
    """
    new = masked_facts(said, directory)
    for name, longest in _LONGEST.items():
        if name in new:
            new[name] = new[name][:longest]
    if "url" in new:
        new["url"] = said["url"] if new["url"] == said["url"] else ""
    if "topics" in new:
        pairs = zip(said["topics"], new["topics"], strict=True)
        new["topics"] = [topic for topic, masked in pairs if topic == masked]
    if "before" in new:
        new["before"] = description(said["before"], directory)
    return new


def hidden_identity(external_id: str) -> str:
    """What stands for an id that names somebody: the same for ever, a file's name and what is in it apart."""
    if external_id.startswith(_HIDDEN):
        return external_id
    hashes = (keyed_hash("content", "external id", part).hex()[:48] for part in external_id.split("#", 1))
    return "#".join(_HIDDEN + one for one in hashes)


def identity(external_id: str, directory: Directory) -> str:
    """The id under which something new is stored: its own, or what stands for it."""
    named = mask(external_id, directory) != external_id
    return hidden_identity(external_id) if named else external_id
