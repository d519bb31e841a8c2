"""How a connection and a synchronisation are doing, in words."""

from django.utils.translation import gettext as _

from connectors.models import Connection, SyncRun


def standing(connection: Connection) -> str:
    """In a few words: whether documents arrive, and if not, why. Needs ``newest_run`` with its job."""
    run = connection.newest_run
    if run is not None and run.is_at_work:
        return _("Synchronising")
    told = outcome(run) if run else _("Not synchronised yet")
    return _("Paused. %(state)s") % {"state": told} if connection.paused else told


def outcome(run: SyncRun) -> str:
    """How a synchronisation ended."""
    if run.is_suspicious:
        return _("Suspicious: %(why)s") % {"why": run.error}
    if run.error:
        return run.error
    if run.finished_at is None:
        return _("At work") if run.is_at_work else _("Broken off")
    return _("Some could not be used") if run.failed else _("All well")


def counts(run: SyncRun) -> str:
    """What a synchronisation did, in one line."""
    numbers = {"new": run.new, "changed": run.changed, "unchanged": run.unchanged, "failed": run.failed}
    told = _("%(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(failed)s failed") % numbers
    return told + (", " + _("%(gone)s gone") % {"gone": run.gone} if run.gone else "")
