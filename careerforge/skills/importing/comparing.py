"""How a framework differs from what an import brings."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from careerforge.skills.importing import staging
from careerforge.skills.models import Release

# What is in the framework and no longer in the import, and what each goes into: as the publisher says,
# else the only concept of its kind that bears its name now.
GONE = """
DROP TABLE IF EXISTS incoming_gone;
CREATE TEMPORARY TABLE incoming_gone ON COMMIT DROP AS
WITH gone AS (
    SELECT here.id, here.external_id, here.kind, here.name, told.into_id AS told_into
    FROM skills_concept here
    LEFT JOIN incoming_concept told ON told.external_id = here.external_id
    WHERE here.framework_id = %(framework)s AND here.retired_at IS NULL
      AND (told.external_id IS NULL OR told.ended)
), named AS (
    SELECT gone.id, min(found.external_id) AS into_id
    FROM gone
    JOIN incoming_label label ON lower(label.text) = lower(gone.name) AND label.kind <> 'hidden'
    JOIN incoming_concept found ON found.external_id = label.external_id AND NOT found.ended
     AND found.kind = gone.kind
    GROUP BY gone.id HAVING count(DISTINCT found.external_id) = 1
)
SELECT gone.id, gone.external_id, gone.kind, gone.name,
       coalesce(explicit.external_id, named.into_id, '') AS into_id
FROM gone
LEFT JOIN named ON named.id = gone.id
LEFT JOIN incoming_concept explicit ON explicit.external_id = gone.told_into AND NOT explicit.ended
"""
COUNTS = """
SELECT
 (SELECT count(*) FROM skills_concept WHERE framework_id = %(framework)s AND retired_at IS NULL) AS here,
 (SELECT count(*) FROM incoming_concept told WHERE NOT ended AND NOT EXISTS (
    SELECT FROM skills_concept here
    WHERE here.framework_id = %(framework)s AND here.external_id = told.external_id)) AS added,
 (SELECT count(*) FROM <both> WHERE here.name <> told.name) AS renamed,
 (SELECT count(*) FROM <both> WHERE here.retired_at IS NOT NULL) AS returned,
 (SELECT count(*) FROM <both> WHERE (here.kind, here.code, here.summary, here.details)
    IS DISTINCT FROM (told.kind, told.code, told.summary, told.details)) AS described,
 (SELECT count(*) FROM incoming_gone WHERE into_id <> '') AS merged,
 (SELECT count(*) FROM incoming_gone WHERE into_id = '') AS retired,
 (SELECT count(*) FROM skills_label label JOIN skills_concept c ON c.id = label.concept_id
    WHERE c.framework_id = %(framework)s AND c.retired_at IS NULL) AS labels_here,
 (SELECT count(*) FROM skills_relation r JOIN skills_concept c ON c.id = r.origin_id
    WHERE c.framework_id = %(framework)s AND c.retired_at IS NULL) AS relations_here,
 (SELECT count(*) FROM <both> JOIN incoming_label n ON n.external_id = told.external_id
    WHERE NOT EXISTS (SELECT FROM skills_label l WHERE l.concept_id = here.id
      AND l.language = n.language AND md5(l.text) = md5(n.text) AND l.kind = n.kind)) AS labels_new,
 (SELECT count(*) FROM <both> JOIN skills_label l ON l.concept_id = here.id
    WHERE NOT EXISTS (SELECT FROM incoming_label n WHERE n.external_id = told.external_id
      AND l.language = n.language AND l.text = n.text)) AS labels_old,
 (SELECT count(*) FROM <both> JOIN incoming_relation n ON n.origin = told.external_id
    JOIN skills_concept target ON target.framework_id = here.framework_id AND target.external_id = n.target
    WHERE NOT EXISTS (SELECT FROM skills_relation r WHERE r.origin_id = here.id AND r.target_id = target.id
      AND r.kind = n.kind
      AND (r.importance, r.level) IS NOT DISTINCT FROM (n.importance, n.level))) AS relations_new,
 (SELECT count(*) FROM <both> JOIN skills_relation r ON r.origin_id = here.id
    JOIN skills_concept target ON target.id = r.target_id
    WHERE NOT EXISTS (SELECT FROM incoming_relation n WHERE n.origin = told.external_id
      AND n.target = target.external_id AND n.kind = r.kind)) AS relations_old
"""
CHANGES = """
INSERT INTO skills_change
    (organisation_id, release_id, kind, concept_kind, external_id, before, after, "into")
SELECT %(organisation)s, %(release)s, change.* FROM (
    SELECT 'renamed', here.kind, here.external_id, here.name, told.name, '' FROM <both>
     WHERE here.name <> told.name
    UNION ALL
    SELECT 'returned', here.kind, here.external_id, here.name, told.name, '' FROM <both>
     WHERE here.retired_at IS NOT NULL
    UNION ALL
    SELECT CASE WHEN gone.into_id = '' THEN 'retired' ELSE 'merged' END, gone.kind, gone.external_id,
           gone.name, coalesce(other.name, ''), gone.into_id
    FROM incoming_gone gone LEFT JOIN incoming_concept other ON other.external_id = gone.into_id
    UNION ALL
    SELECT 'added', told.kind, told.external_id, '', told.name, '' FROM incoming_concept told
    WHERE %(first)s = false AND NOT told.ended AND NOT EXISTS (
        SELECT FROM skills_concept here
        WHERE here.framework_id = %(framework)s AND here.external_id = told.external_id)
) AS change
"""


@dataclass(frozen=True)
class Figures:
    """Numbers of concepts, names (labels) and relations: brought, there now, and what would change."""

    concepts: int = 0
    labels: int = 0
    relations: int = 0
    here: int = 0
    added: int = 0
    renamed: int = 0
    returned: int = 0
    described: int = 0
    merged: int = 0
    retired: int = 0
    labels_here: int = 0
    relations_here: int = 0
    labels_new: int = 0
    labels_old: int = 0
    relations_new: int = 0
    relations_old: int = 0

    @property
    def moves(self) -> int:
        """Concepts on which a person may rely and which would not be what they were."""
        return self.renamed + self.merged + self.retired

    @property
    def differs(self) -> bool:
        """Whether anything would be written."""
        rows = self.labels_new + self.labels_old + self.relations_new + self.relations_old
        return bool(self.added + self.moves + self.returned + self.described + rows)

    def as_dict(self) -> dict[str, int]:
        """Names to numbers."""
        return asdict(self)


def compare(framework: UUID, brought: dict[str, int]) -> Figures:
    """Against the staged rows, which ``staging.fill`` has counted."""
    with connection.cursor() as cursor:
        cursor.execute(GONE, {"framework": framework})
        cursor.execute("ANALYZE incoming_gone")
        cursor.execute(staging.spelt_out(COUNTS), {"framework": framework})
        names = [column.name for column in cursor.description]
        found: dict[str, Any] = dict(zip(names, cursor.fetchone(), strict=True))
    return Figures(**brought, **found)


def note(release: Release, *, first: bool) -> None:
    """Write what the import does to each concept; at the first import all are new and none is listed."""
    values = {
        "organisation": release.organisation_id,
        "release": release.pk,
        "framework": release.framework_id,
        "first": first,
    }
    with connection.cursor() as cursor:
        cursor.execute(staging.spelt_out(CHANGES), values)
