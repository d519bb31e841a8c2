"""What a search has to know first, in one round trip: where the asker may look, and how vectors are made."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from careerforge.knowledge.index.trying import tried
from careerforge.knowledge.models import Collection
from careerforge.knowledge.search.scope import Place
from careerforge.people.access import audiences_of
from careerforge.people.models import User

_LIVE = "SELECT id, embedder, dimensions FROM knowledge_indexgeneration WHERE state = 'live'"


class Live(NamedTuple):
    """The generation that searches use."""

    pk: int
    embedder: str
    dimensions: int


def opening(person: User) -> tuple[list[Place], Live | None]:
    """What the person may see and holds anything, and the live generation if there is one."""
    statement, parameters = _places(audiences_of(person))
    with connection.cursor() as cursor:
        cursor.execute(f"{statement}; {_LIVE}", parameters)
        places = [Place(*row) for row in cursor.fetchall()]
        cursor.nextset()
        live = cursor.fetchone()
    instead = tried()
    if instead:
        live = (instead.pk, instead.embedder, instead.dimensions)
    return places, Live(*live) if live else None


@lru_cache(maxsize=1_000)
def _places(audience: Q) -> tuple[str, tuple[Any, ...]]:
    """The statement for everybody of an audience: for Django to write it takes longer than to run it."""
    rows = Collection.objects.open_to(audience).filter(passages__gt=0).order_by("pk")
    return rows.values_list(*Place._fields).query.sql_with_params()
