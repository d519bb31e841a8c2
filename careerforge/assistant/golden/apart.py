"""Who moves the gate does not go through it: two people are needed to go live without proof."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from careerforge.governance.models import AuditEvent
from careerforge.people.models import User

APART = timedelta(days=7)
MOVED = ("goldenbar.added", "goldenbar.changed", "goldenbar.removed", "golden.retired")


def hindrance(by: User, now: datetime) -> str:
    """Why somebody may make nothing live without proof, in words; empty when they may. One query."""
    moved = AuditEvent.objects.filter(actor=by.pk, act__in=MOVED, at__gt=now - APART)
    if not moved.exists():
        return ""
    return _(
        "You have changed the bar or retired golden questions within the last 7 days, so you cannot make "
        "this live without proof. Another administrator can."
    )
