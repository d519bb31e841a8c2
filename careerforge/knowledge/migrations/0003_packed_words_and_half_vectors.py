import pgvector.django.halfvec
from django.db import migrations, models

import careerforge.knowledge.index.terms

# ALTER COLUMN … USING reads every row, where an UPDATE by the owner would see none below row-level security.
PACK = """
CREATE FUNCTION careerforge_packed(chunks bigint[], counts smallint[], lengths smallint[]) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(int8send((chunk << 24) | (LEAST(count, 255)::bigint << 16) | length), ''::bytea ORDER BY chunk)
    FROM unnest(chunks, counts, lengths) AS posting(chunk, count, length)
$$;
CREATE FUNCTION careerforge_lowest(chunks bigint[]) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$ SELECT min(chunk) FROM unnest(chunks) AS chunk $$;
CREATE FUNCTION careerforge_highest(chunks bigint[]) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$ SELECT max(chunk) FROM unnest(chunks) AS chunk $$;
ALTER TABLE knowledge_posting ADD COLUMN first bigint, ADD COLUMN last bigint, ADD COLUMN packed bytea;
ALTER TABLE knowledge_posting
    ALTER COLUMN packed TYPE bytea USING careerforge_packed(chunks, counts, lengths),
    ALTER COLUMN first TYPE bigint USING careerforge_lowest(chunks),
    ALTER COLUMN last TYPE bigint USING careerforge_highest(chunks);
ALTER TABLE knowledge_posting
    ALTER COLUMN packed SET NOT NULL, ALTER COLUMN first SET NOT NULL, ALTER COLUMN last SET NOT NULL,
    -- Packed numbers do not compress; trying would cost time.
    ALTER COLUMN packed SET STORAGE EXTERNAL,
    DROP COLUMN chunks, DROP COLUMN counts, DROP COLUMN lengths;
DROP FUNCTION careerforge_packed(bigint[], smallint[], smallint[]);
DROP FUNCTION careerforge_lowest(bigint[]);
DROP FUNCTION careerforge_highest(bigint[]);
"""
# Graphs over whole-precision vectors go; `create_generation`, which every start runs, makes the new ones.
HALVE = """
DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT indexname FROM pg_indexes WHERE indexname ~ '^vectors_of_generation_[0-9]+$' LOOP
        EXECUTE format('DROP INDEX %I', name);
    END LOOP;
END $$;
ALTER TABLE knowledge_chunkvector ALTER COLUMN embedding TYPE halfvec USING embedding::halfvec;
"""


class Migration(migrations.Migration):
    """Existing words and vectors are converted, not made anew."""

    dependencies = [("knowledge", "0002_origins_quarantine_and_trust")]

    operations = [
        migrations.RunSQL(
            PACK,
            state_operations=[
                migrations.RemoveField("posting", "chunks"),
                migrations.RemoveField("posting", "counts"),
                migrations.RemoveField("posting", "lengths"),
                migrations.AddField(
                    "posting", "packed", models.BinaryField(default=b""), preserve_default=False
                ),
                migrations.AddField(
                    "posting", "first", models.BigIntegerField(default=0), preserve_default=False
                ),
                migrations.AddField(
                    "posting", "last", models.BigIntegerField(default=0), preserve_default=False
                ),
            ],
        ),
        migrations.RunSQL(
            HALVE,
            state_operations=[
                migrations.AlterField("chunkvector", "embedding", pgvector.django.halfvec.HalfVectorField()),
            ],
        ),
        migrations.AddField("chunkvector", "in_graph", models.BooleanField(default=False)),
        migrations.RemoveIndex("chunkvector", "vectors_of_a_collection"),
        migrations.AddIndex(
            model_name="chunkvector",
            index=models.Index(
                fields=["generation", "organisation", "collection"], name="vectors_of_a_collection"
            ),
        ),
        migrations.AddIndex(
            model_name="chunkvector",
            index=models.Index(
                condition=models.Q(("in_graph", False)),
                fields=["generation", "organisation", "collection"],
                name="vectors_outside_the_graph",
            ),
        ),
        migrations.AddField("indexgeneration", "comparison", models.JSONField(default=dict, editable=False)),
        migrations.AddField(
            "indexgeneration", "declined", models.BooleanField(default=False, editable=False)
        ),
        migrations.AddField(
            "collection", "wording", models.PositiveSmallIntegerField(default=0, editable=False)
        ),
        # What is there already is written anew once; what is to come is as it should be.
        migrations.AlterField(
            "collection",
            "wording",
            models.PositiveSmallIntegerField(
                default=careerforge.knowledge.index.terms.wording, editable=False
            ),
        ),
    ]
