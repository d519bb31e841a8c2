"""Where the chain ended, kept outside the database: who cuts the table short cannot cut this as well."""

import os
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings


@dataclass(frozen=True)
class Head:
    """The newest link that was kept."""

    position: int
    chain: bytes


def _path(organisation_id: UUID) -> Path:
    return Path(settings.DATA_FOLDER) / "audit-head" / str(organisation_id)


def keep(organisation_id: UUID, head: Head) -> None:
    """Replace the file in one go, never by an older head."""
    kept = read(organisation_id)
    if kept is not None and kept.position >= head.position:
        return
    path = _path(organisation_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(f"{head.position} {head.chain.hex()}\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read(organisation_id: UUID) -> Head | None:
    """The head that was kept, or None before the first."""
    path = _path(organisation_id)
    if not path.is_file():
        return None
    position, chain = path.read_text().split()
    return Head(int(position), bytes.fromhex(chain))
