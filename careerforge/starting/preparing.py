"""What ``serve`` runs before web and worker: all they need is there, or a sentence says what is not."""

import os
from datetime import datetime

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django_q.conf import Conf

from careerforge.demo import guard, loading
from careerforge.demo.problem import Refused
from careerforge.gateway import offers
from careerforge.jobs import schedules
from careerforge.knowledge.index import generations
from careerforge.starting import application_role
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from careerforge.vault import fingerprints, keys
from careerforge.vault.models import KeyFingerprint
from careerforge.web import assets

# What pages read and a job of the night makes: after an upgrade it is made at once.
MADE_BY_NIGHT = ("coaching.measure_teams",)


def prepare(now: datetime) -> bool:
    """Bring database, keys, index and schedules to where this code expects them.

    Gives back whether the demo company was built.

    Every step may be repeated. Needs the owner's connection.

    Raises:
        Refused: the database is away, its data are newer, or an open door meets demo accounts.
        KeyProblem: keys are missing, or are not those of the data.
    """
    executor = _connect()
    _refuse_newer(executor)
    has_data = _has(Organisation) and Organisation.objects.exists()
    if has_data and _has(KeyFingerprint):
        # Before anything is written: data without their keys are left exactly as they are.
        fingerprints.check(keys.load(settings.KEYS_FOLDER))
    application_role.ensure()
    upgrades = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if upgrades:
        call_command("migrate", verbosity=0, interactive=False)
    _keys(has_data)
    generations.ensure_live()
    schedules.synchronise()
    for name in MADE_BY_NIGHT if has_data and upgrades else ():
        schedules.fire(name)
    assets.collect()
    built = settings.DEMO_ALLOWED and loading.load(now)
    for organisation in Organisation.objects.all():
        with context.organisation(organisation.pk):
            offers.fill()
    if why_not := guard.refusal(os.environ.get("CAREERFORGE_HOST", "")):
        raise Refused(why_not)
    return built


def _connect() -> MigrationExecutor:
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise Refused(f"The database does not answer: {str(error).strip().splitlines()[0]}") from error
    return MigrationExecutor(connection)


def _refuse_newer(executor: MigrationExecutor) -> None:
    """Migrations that were applied and are not here come from a later version."""
    known = {*executor.loader.disk_migrations, *executor.loader.replacements}
    later = sorted(set(executor.loader.applied_migrations) - known)
    if later:
        app, name = later[-1]
        raise Refused(
            f"The data are of a newer version (they have {app}.{name}, which this one does not know):"
            " start that version, or restore a dump from before it."
        )


def _has(model: type[Organisation] | type[KeyFingerprint]) -> bool:
    return model._meta.db_table in connection.introspection.table_names()


def _keys(has_data: bool) -> None:
    """Keys that are missing are made only where nothing was sealed with them yet."""
    if not has_data:
        # Left over from a company that is gone: nothing is readable with those keys, nothing needs them.
        KeyFingerprint.objects.all().delete()
    ring = keys.make_missing(settings.KEYS_FOLDER)
    fingerprints.check(ring)
    # Settings were read before there were keys; what this process queues must be readable to the worker.
    settings.SECRET_KEY = Conf.SECRET_KEY = ring.newest("session")[1].hex()
