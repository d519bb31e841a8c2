import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import careerforge.tenancy.context

# Whose author is missing came with the program; what no other version stands in for was asked with.
SHIPPED = "UPDATE assistant_promptversion SET is_shipped = true WHERE author_id IS NULL AND owner_id IS NULL"
LIVE = """
UPDATE assistant_promptversion AS version SET live = true, live_at = made_at
WHERE is_shipped
  AND NOT EXISTS (SELECT FROM assistant_promptversion AS other
                  WHERE other.name = version.name AND (other.live
                  OR (other.is_shipped AND other.number > version.number)))
"""
SINCE = "UPDATE assistant_promptversion SET live_at = made_at WHERE live AND live_at IS NULL"
ANSWERED = """
UPDATE assistant_goldenresult AS result SET function = question.function
FROM assistant_goldenquestion AS question WHERE question.id = result.golden_id
"""


def say_what_was_so(apps, schema_editor):
    """What the new columns say of the rows that are there; each organisation sees its own."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancy_organisation")
        for (organisation,) in cursor.fetchall():
            cursor.execute("SELECT set_config('careerforge.organisation', %s, true)", [str(organisation)])
            for statement in (SHIPPED, LIVE, SINCE, ANSWERED):
                cursor.execute(statement)
        cursor.execute("SELECT set_config('careerforge.organisation', '', true)")


class Migration(migrations.Migration):
    dependencies = [
        ("assistant", "0001_initial"),
        ("gateway", "0004_calls_under_way_and_what_texts_belong_to"),
        ("tenancy", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ModelChange",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("values", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("live", "Live"), ("dropped", "Dropped")],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "change of a language model",
                "ordering": ["-made_at"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="goldenresult",
            name="one_golden_result_each",
        ),
        migrations.AddField(
            model_name="goldenresult",
            name="function",
            field=models.CharField(blank=True, db_default="", default="", max_length=32),
        ),
        migrations.AddField(
            model_name="goldenrun",
            name="models_digest",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="goldenrun",
            name="open",
            field=models.BooleanField(db_default=False, default=False, verbose_name="still being asked"),
        ),
        migrations.AddField(
            model_name="goldenrun",
            name="planned",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="goldenrun",
            name="waits_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="promptversion",
            name="is_shipped",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name="promptversion",
            name="live_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="promptversion",
            name="live_reason",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=300),
        ),
        migrations.AddConstraint(
            model_name="goldenresult",
            constraint=models.UniqueConstraint(
                fields=("organisation", "run", "golden", "function"), name="one_golden_result_each_function"
            ),
        ),
        migrations.AddField(
            model_name="modelchange",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="modelchange",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="modelchange",
            name="offer",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="gateway.offer"
            ),
        ),
        migrations.AddField(
            model_name="modelchange",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                default=careerforge.tenancy.context.current_id,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="modelchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("organisation",),
                name="one_change_of_models_waits",
            ),
        ),
        migrations.RunPython(say_what_was_so, migrations.RunPython.noop),
    ]
