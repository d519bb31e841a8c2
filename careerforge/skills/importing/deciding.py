"""What a person does with an import that waits: it goes in, or it is dropped."""

from datetime import datetime
from typing import Any
from uuid import UUID

from careerforge.governance import audit
from careerforge.governance.audit import Actor
from careerforge.jobs.queue import enqueue
from careerforge.skills.crosswalk import following
from careerforge.skills.importing import applying, comparing, keeping, staging
from careerforge.skills.importing.rows import About
from careerforge.skills.models import Release

APPLY = "taxonomy.apply"
State = Release.State


def accept(release: Release, by: Actor, now: datetime, *, kind: str) -> bool:
    """Let it go in, by a job; False when somebody has decided already."""
    if not _decide(release, State.ACCEPTED, by, now):
        return False
    audit.record(by, "taxonomy.accepted", target=release, actor_kind=kind)
    enqueue(APPLY, key=str(release.pk), asked_by=by.id, release_id=str(release.pk))
    return True


def drop(release: Release, by: Actor, now: datetime, *, kind: str) -> bool:
    """Leave the framework as it is; False when somebody has decided already."""
    if not _decide(release, State.DROPPED, by, now):
        return False
    release.parts.all().delete()
    audit.record(by, "taxonomy.dropped", target=release, actor_kind=kind)
    return True


def _decide(release: Release, state: str, by: Actor, now: datetime) -> bool:
    waiting = Release.objects.filter(pk=release.pk, state=State.WAITING)
    return bool(waiting.update(state=state, decided_at=now, decided_by=by.id))


def go_in(release_id: UUID, now: datetime) -> dict[str, Any]:
    """Write an accepted import, in the open transaction. A second time it does nothing."""
    release = Release.objects.select_for_update().filter(pk=release_id, state=State.ACCEPTED).first()
    if release is None:
        return {}
    framework = release.framework
    brought = staging.fill(keeping.batches(release))
    comparing.compare(framework.pk, brought)
    about = About(**{**release.about, "languages": tuple(release.about["languages"])})
    written = applying.apply(framework, about, now)
    written["mappings"] = following.follow(framework, applying.merges(framework.pk))
    staging.forget()
    release.state = State.APPLIED
    release.save(update_fields=["state"])
    release.parts.all().delete()
    audit.record(None, "taxonomy.imported", target=release, concepts=brought["concepts"])
    return written
