from hashlib import blake2b
from urllib.parse import urlsplit, urlunsplit

from django.db import migrations


def move(apps, schema_editor):
    """Validators move to the row of their place, with what it held; the secret's header to the other ways in."""
    with schema_editor.connection.cursor() as cursor:
        for (organisation,) in _organisations(cursor):
            cursor.execute("SELECT set_config('careerforge.organisation', %s, true)", [str(organisation)])
            for connection in apps.get_model("connectors", "Connection").objects.all():
                _move_one(apps, connection)
            # The table is altered next, which waiting checks of its keys would forbid; they see what
            # the organisation sees.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT set_config('careerforge.organisation', '', true)")


def _organisations(cursor):
    cursor.execute("SELECT id FROM tenancy_organisation")
    return cursor.fetchall()


def _move_one(apps, connection):
    header = connection.settings.pop("header", "")
    connection.auth = {"header": header} if header else {}
    connection.settings = {name: value for name, value in connection.settings.items() if value}
    connection.save(update_fields=["auth", "settings"])
    if not (connection.etag or connection.last_modified):
        return
    documents = apps.get_model("knowledge", "Document").objects.filter(
        collection=connection.collection_id, gone_at__isnull=True
    )
    held = {blake2b(one.encode("utf-8", "replace"), digest_size=8).digest()
            for one in documents.values_list("external_id", flat=True).iterator()}  # fmt: skip
    location = connection.location.strip()
    place = urlunsplit(urlsplit(location)._replace(fragment=""))
    apps.get_model("connectors", "Source").objects.create(
        organisation_id=connection.organisation_id,
        connection=connection,
        key=blake2b(place.encode("utf-8", "replace"), digest_size=16).hexdigest(),
        where=urlunsplit(urlsplit(location)._replace(query="", fragment=""))[:500],
        etag=connection.etag,
        last_modified=connection.last_modified,
        # Of no body: whatever comes next is read. The validators count, because there is one.
        digest=b"",
        held=b"".join(sorted(held)),
        items=len(held),
    )


class Migration(migrations.Migration):
    # After the one that makes the table: its keys are checked as the owner, who sees no rows.
    dependencies = [
        ("connectors", "0002_sources_health_and_ways_in"),
        ("knowledge", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveField(model_name="connection", name="etag"),
        migrations.RemoveField(model_name="connection", name="last_modified"),
    ]
