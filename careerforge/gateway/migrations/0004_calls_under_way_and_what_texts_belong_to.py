from django.db import migrations, models
from django.db.models import Q

KEYED = "UPDATE gateway_notice SET named = jsonb_build_object('provider', split_part(key, ' ', 1))"
# The sentences that there were, all of them in English, are the only ones that say whose limit it is.
NAME = (
    f"{KEYED} WHERE kind IN ('bad_key', 'out_of_money')",
    f"{KEYED} || jsonb_build_object('model', split_part(key, ' ', 2)) WHERE kind = 'model_gone'",
    """
    UPDATE gateway_notice SET named = jsonb_build_object(
        'scope', CASE WHEN text LIKE 'The company %' THEN 'organisation' ELSE 'team' END)
    WHERE kind = 'limit'
    """,
)


def name(apps, schema_editor):
    """What is written as a sentence becomes what it names; each organisation sees its own rows."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancy_organisation")
        for (organisation,) in cursor.fetchall():
            cursor.execute("SELECT set_config('careerforge.organisation', %s, true)", [str(organisation)])
            for statement in NAME:
                cursor.execute(statement)
        cursor.execute("SELECT set_config('careerforge.organisation', '', true)")


class Migration(migrations.Migration):
    dependencies = [("gateway", "0003_sent_texts_and_notices")]

    operations = [
        migrations.AddField("notice", "named", models.JSONField(default=dict)),
        migrations.RunPython(name, migrations.RunPython.noop),
        migrations.RemoveField("notice", "text"),
        migrations.AddField("senttext", "about", models.UUIDField(null=True)),
        migrations.AddIndex(
            "senttext",
            models.Index(
                fields=["organisation", "about"],
                condition=Q(about__isnull=False),
                name="sent_texts_of_one_thing",
            ),
        ),
        migrations.AddIndex(
            "modelcall",
            models.Index(
                fields=["started_at"], condition=Q(outcome="under_way"), name="model_calls_under_way"
            ),
        ),
    ]
