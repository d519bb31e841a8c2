"""Entries whose source gives them a new id at every fetch."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from careerforge.knowledge.documents.incoming import cleaned, content_hash
from careerforge.knowledge.documents.store import Incoming
from careerforge.knowledge.models import Document
from connectors.models import Connection


def under_known_ids(connection: Connection, arrived: Sequence[Incoming]) -> list[Incoming]:
    """The same entries; one with an unknown id takes the id of a known document of the same content that
    did not come.

    Two entries of one content that come together stay two: a company may have two openings with one text.
    """
    listed = {item.external_id for item in arrived}
    documents = Document.objects.filter(collection_id=connection.collection_id)
    known = set(documents.filter(external_id__in=listed).values_list("external_id", flat=True))
    hashes = {i.external_id: content_hash(cleaned(i)) for i in arrived if i.external_id not in known}
    if not hashes:
        return list(arrived)
    orphans = documents.filter(current_version__content_hash__in=hashes.values()).exclude(
        external_id__in=listed
    )
    free: dict[str, list[str]] = defaultdict(list)
    for digest, external_id in orphans.order_by("external_id").values_list(
        "current_version__content_hash", "external_id"
    ):
        free[digest].append(external_id)
    return [_renamed(item, free.get(hashes.get(item.external_id, ""), [])) for item in arrived]


def _renamed(item: Incoming, free: list[str]) -> Incoming:
    return replace(item, external_id=free.pop(0)) if free else item
