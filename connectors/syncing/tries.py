"""How often somebody may have an address looked at: each time is one audit row, and these are counted."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from careerforge.governance.models import AuditEvent
from careerforge.people.models import User

TRIED, LOOKED_UP = "connection.tried", "connection.looked_up"
MOST, PERIOD = 10, timedelta(minutes=1)


def too_often(user: User, now: datetime) -> str:
    """A sentence if it is, else nothing."""
    mine = AuditEvent.objects.filter(actor=user.pk, act__in=(TRIED, LOOKED_UP), at__gt=now - PERIOD)
    if mine.count() < MOST:
        return ""
    return _("You have tried %(n)s times in a minute. Wait a moment.") % {"n": MOST}
