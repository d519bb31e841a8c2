"""What an import brings, beside the tables it is compared with: temporary tables of the open transaction."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import connection

from careerforge.skills.importing.rows import NewConcept, NewLabel, NewRelation, Row

# Rows in memory at a time.
BATCH = 5_000
TABLES: dict[type[Row], str] = {
    NewConcept: "incoming_concept (external_id, kind, name, code, summary, details, ended, into_id)",
    NewLabel: "incoming_label (external_id, language, kind, text)",
    NewRelation: "incoming_relation (origin, target, kind, importance, level)",
}
CREATE = """
DROP TABLE IF EXISTS incoming_concept, incoming_label, incoming_relation;
CREATE TEMPORARY TABLE incoming_concept (
    external_id text, kind text, name text, code text, summary text, details jsonb, ended bool, into_id text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE incoming_label (
    external_id text, language text, kind text, text text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE incoming_relation (
    origin text, target text, kind text, importance float8, level float8
) ON COMMIT DROP;
"""
# Readers give a concept once; a name or a relation may be told by several files.
TIDY = """
CREATE UNIQUE INDEX ON incoming_concept (external_id);
DELETE FROM incoming_label WHERE ctid IN (
    SELECT ctid FROM (
        SELECT ctid, row_number() OVER (
            PARTITION BY external_id, language, md5(text) ORDER BY kind DESC, ctid
        ) AS place FROM incoming_label
    ) AS told WHERE place > 1
);
DELETE FROM incoming_relation WHERE ctid IN (
    SELECT ctid FROM (
        SELECT ctid, row_number() OVER (PARTITION BY origin, target, kind ORDER BY ctid) AS place
        FROM incoming_relation
    ) AS told WHERE place > 1
);
ANALYZE incoming_concept, incoming_label, incoming_relation;
"""
# Concepts that are in the import, and in the framework already.
BOTH = """
    incoming_concept told JOIN skills_concept here
      ON here.external_id = told.external_id AND here.framework_id = %(framework)s AND NOT told.ended
"""
# The tables have just been filled, and their statistics say they are empty: the planner would walk over all
# rows once for each row. Joins by hashing are right whatever the numbers.
PLAN = "SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '32MB'"
FORGET = """
DROP TABLE IF EXISTS incoming_concept, incoming_label, incoming_relation, incoming_gone;
SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL work_mem TO DEFAULT
"""


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in lists of at most ``BATCH``."""
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def fill(rows: Iterable[list[Row]]) -> dict[str, int]:
    """Make the tables and copy the batches into them.

    Returns:
        How many concepts, labels and relations are in them.
    """
    with connection.cursor() as cursor:
        cursor.execute(CREATE)
    for batch in rows:
        for kind, table in TABLES.items():
            _copy(table, [row for row in batch if isinstance(row, kind)])
    with connection.cursor() as cursor:
        cursor.execute(PLAN)
        cursor.execute(TIDY)
        cursor.execute(
            "SELECT (SELECT count(*) FROM incoming_concept), (SELECT count(*) FROM incoming_label), "
            "(SELECT count(*) FROM incoming_relation)"
        )
        concepts, labels, relations = cursor.fetchone()
    return {"concepts": concepts, "labels": labels, "relations": relations}


def spelt_out(statement: str) -> str:
    """A statement with ``<both>`` written out."""
    return statement.replace("<both>", BOTH)


def forget() -> None:
    """Drop the tables before the transaction ends, and plan as ever."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET)


def _copy(table: str, rows: list[Row]) -> None:
    if not rows:
        return
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(tuple(row))
