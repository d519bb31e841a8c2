"""Who did what to whom, written in the same transaction as the act itself."""

from typing import Any, Protocol
from uuid import UUID

from django.db import connection

from careerforge.governance.models import AuditEvent


class Actor(Protocol):
    """Anybody who can act: a user, or None for the system itself."""

    id: UUID


def record(
    actor: Actor | None,
    act: str,
    *,
    subject: UUID | None = None,
    target: Any = None,
    actor_kind: str = "",
    reason: str = "",
    **detail: str | int | float | bool | None,
) -> None:
    """Add one audit row.

    Args:
        actor: who acts; None for a job without a person.
        act: dotted verb, such as ``"person.viewed"`` or ``"path.node_done"``.
        subject: id of the person concerned.
        target: the model row acted on.
        actor_kind: the role acted in, such as ``"coach"``.
        detail: counts, codes and ids. Never a name or a text.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An audit row belongs to the transaction of its act.")
    AuditEvent.objects.create(
        actor=actor.id if actor else None,
        actor_kind=actor_kind,
        act=act,
        subject=subject,
        object_kind=target._meta.label_lower if target is not None else "",
        object_id=str(target.pk) if target is not None else "",
        reason=reason,
        detail=detail,
    )
