"""Writing to the owner of a connection that has not been well for a day."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careerforge.governance import audit
from careerforge.governance.models import AuditEvent
from careerforge.jobs.running import Running
from careerforge.people import mailing
from careerforge.people.models import User
from connectors.models import Connection, Ownership

ACT = "connection.owner_mailed"


def write(running: Running, ownership: UUID) -> bool:
    """Send the mail that belongs to a notice, once; False where there is nothing to send, or no way.

    Raises:
        NotSent: the mail server did not take it; the job is tried again.
    """
    with running.transaction():
        row = _told(ownership)
    if row is None:
        return False
    sent = mailing.send(row.user, *message(row.connection))
    if sent:
        with running.transaction():
            audit.record(None, ACT, target=row.connection, subject=row.user_id, notice=_notice(row))
    return sent


def _told(ownership: UUID) -> Ownership | None:
    """The ownership, while its notice stands and was not mailed yet."""
    rows = Ownership.objects.select_related("connection__newest_run", "user__identity", "user__key")
    stands = {"told_at__isnull": False, "connection__unhealthy_since__isnull": False}
    row = rows.filter(pk=ownership, user__state=User.State.ACTIVE, **stands).first()
    if row is None:
        return None
    mailed = AuditEvent.objects.filter(act=ACT, object_id=str(row.connection_id), detail__notice=_notice(row))
    return None if mailed.exists() else row


def _notice(row: Ownership) -> str:
    """What tells one notice from the next."""
    return row.told_at.isoformat() if row.told_at else ""


def message(connection: Connection) -> tuple[str, str]:
    """Subject and text: which connection, since when, why, and where to look. It names nobody."""
    since = connection.unhealthy_since
    run = connection.newest_run
    address = settings.PUBLIC_URL + reverse("admin:connectors_connection_status", args=[connection.pk])
    lines = [
        _("You look after the connection “%(name)s”.") % {"name": connection.name},
        _("It has not been well since %(at)s.")
        % {"at": date_format(timezone.localtime(since), "j M Y, H:i e") if since else "–"},
        run.error if run is not None and run.error else "",
        _("What has come before can still be searched. You will not be told again until it was well."),
        address,
    ]
    subject = _("“%(name)s” has not been well for a day") % {"name": " ".join(connection.name.split())}
    return subject, "\n\n".join(line for line in lines if line) + "\n"
