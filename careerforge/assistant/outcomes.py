"""What readers said of answers, counted for what the answers had said of themselves: one query."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from careerforge.assistant.confidence import BINS, Outcomes, Tenth
from careerforge.assistant.models import Feedback

# By tenth, as :func:`careerforge.assistant.confidence.tenth_of` counts them, and over all of a kind.
COUNTED = """
SELECT result_kind, tenth, count(*), count(DISTINCT user_id), sum(said), sum(came), sum((said - came) ^ 2)
FROM (SELECT result_kind, user_id, said, (thumb = %s)::int AS came,
             greatest(ceil(round((said * %s)::numeric, 9)) - 1, 0)::int AS tenth
      FROM assistant_feedback WHERE said IS NOT NULL AND result_kind = ANY(%s)) AS rated
GROUP BY GROUPING SETS ((result_kind, tenth), (result_kind))
ORDER BY result_kind, tenth
"""


def read(kinds: Iterable[str]) -> dict[str, Outcomes]:
    """What came of the answers of each kind of result that can be rated; every kind has its entry."""
    wanted = list(kinds)
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [Feedback.Thumb.UP, BINS, wanted])
        rows = cursor.fetchall()
    return {kind: _outcomes([rest for name, *rest in rows if name == kind]) for kind in wanted}


def of(kind: str) -> Outcomes:
    """What came of the answers of one kind."""
    return read([kind])[kind]


def _outcomes(rows: list[list[Any]]) -> Outcomes:
    tenths = [Tenth(*row) for row in rows if row[0] is not None]
    return Outcomes(tenths, next((people for place, _n, people, *_ in rows if place is None), 0))
