"""Making a framework what an import brings: only rows that differ are written."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from careerforge.skills.importing import staging
from careerforge.skills.importing.rows import About
from careerforge.skills.models import Framework

STEPS = {
    "concepts added": """
INSERT INTO skills_concept
    (organisation_id, framework_id, kind, external_id, code, name, summary, details, retired_at)
SELECT %(organisation)s, %(framework)s, kind, external_id, code, name, summary, details, NULL
FROM incoming_concept told
WHERE NOT ended AND NOT EXISTS (SELECT FROM skills_concept here
    WHERE here.framework_id = %(framework)s AND here.external_id = told.external_id)
""",
    "concepts changed": """
UPDATE skills_concept here SET kind = told.kind, code = told.code, name = told.name,
    summary = told.summary, details = told.details, retired_at = NULL, replaced_by_id = NULL
FROM incoming_concept told
WHERE here.framework_id = %(framework)s AND here.external_id = told.external_id AND NOT told.ended
  AND ((here.kind, here.code, here.name, here.summary, here.details)
       IS DISTINCT FROM (told.kind, told.code, told.name, told.summary, told.details)
       OR here.retired_at IS NOT NULL)
""",
    "concepts retired": """
UPDATE skills_concept here SET retired_at = %(now)s, replaced_by_id = other.id
FROM incoming_gone gone
LEFT JOIN skills_concept other ON other.framework_id = %(framework)s AND other.external_id = gone.into_id
WHERE here.id = gone.id
""",
    "labels removed": """
DELETE FROM skills_label WHERE id IN (
    SELECT l.id FROM <both> JOIN skills_label l ON l.concept_id = here.id
    WHERE NOT EXISTS (SELECT FROM incoming_label n WHERE n.external_id = told.external_id
      AND n.language = l.language AND n.text = l.text))
""",
    "labels changed": """
UPDATE skills_label l SET kind = n.kind
FROM incoming_label n JOIN skills_concept here
  ON here.framework_id = %(framework)s AND here.external_id = n.external_id AND here.retired_at IS NULL
WHERE l.concept_id = here.id AND l.language = n.language AND l.text = n.text AND l.kind <> n.kind
""",
    "labels added": """
INSERT INTO skills_label (organisation_id, concept_id, language, kind, text)
SELECT %(organisation)s, here.id, n.language, n.kind, n.text
FROM <both> JOIN incoming_label n ON n.external_id = told.external_id
WHERE NOT EXISTS (SELECT FROM skills_label l WHERE l.concept_id = here.id
    AND l.language = n.language AND md5(l.text) = md5(n.text))
""",
    "relations removed": """
DELETE FROM skills_relation WHERE id IN (
    SELECT r.id FROM <both> JOIN skills_relation r ON r.origin_id = here.id
    JOIN skills_concept target ON target.id = r.target_id
    WHERE NOT EXISTS (SELECT FROM incoming_relation n WHERE n.origin = told.external_id
      AND n.target = target.external_id AND n.kind = r.kind))
""",
    "relations changed": """
UPDATE skills_relation r SET importance = n.importance, level = n.level
FROM incoming_relation n
JOIN skills_concept here ON here.framework_id = %(framework)s AND here.external_id = n.origin
 AND here.retired_at IS NULL
JOIN skills_concept target ON target.framework_id = %(framework)s AND target.external_id = n.target
WHERE r.origin_id = here.id AND r.target_id = target.id AND r.kind = n.kind
  AND (r.importance, r.level) IS DISTINCT FROM (n.importance, n.level)
""",
    "relations added": """
INSERT INTO skills_relation (organisation_id, origin_id, target_id, kind, importance, level)
SELECT %(organisation)s, here.id, target.id, n.kind, n.importance, n.level
FROM <both> JOIN incoming_relation n ON n.origin = told.external_id
JOIN skills_concept target ON target.framework_id = %(framework)s AND target.external_id = n.target
WHERE NOT EXISTS (SELECT FROM skills_relation r
    WHERE r.origin_id = here.id AND r.target_id = target.id AND r.kind = n.kind)
""",
}


def apply(framework: Framework, about: About, now: datetime) -> dict[str, int]:
    """Write the staged and compared rows.

    Returns:
        How many rows each step wrote.
    """
    written = {"framework": _describe(framework, about)}
    values = {"organisation": framework.organisation_id, "framework": framework.pk, "now": now}
    with connection.cursor() as cursor:
        for name, statement in STEPS.items():
            cursor.execute(staging.spelt_out(statement), values)
            written[name] = cursor.rowcount
    if any(written.values()):
        Framework.objects.filter(pk=framework.pk).update(changed_at=now)
    return written


def _describe(framework: Framework, about: About) -> int:
    """What the publisher says of itself; 1 when it is not what it was."""
    fields = about.as_fields()
    if all(getattr(framework, name) == value for name, value in fields.items()):
        return 0
    for name, value in fields.items():
        setattr(framework, name, value)
    framework.save(update_fields=list(fields))
    return 1


def merges(framework: UUID) -> list[tuple[int, int]]:
    """Concepts that have gone into another, both by id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT gone.id, other.id FROM incoming_gone gone JOIN skills_concept other "
            "ON other.framework_id = %s AND other.external_id = gone.into_id",
            [framework],
        )
        return [(gone, into) for gone, into in cursor.fetchall()]
