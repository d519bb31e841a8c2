"""The lexicon of the open organisation, built once for each state of its taxonomy and process."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock
from uuid import UUID

from django.db import connection

from careerforge.skills.extraction.lexicon import Lexicon, Named
from careerforge.skills.models import Alias, Skill
from careerforge.tenancy import context

# So many organisations' lexicons stay in a process; the one asked for longest ago goes first.
MOST = 8

# Changes with every name that comes, goes or is written otherwise.
STATE = """
SELECT count(*), coalesce(sum(hashtextextended(named.text, 0)::numeric), 0) FROM (
    SELECT skill.id::text || skill.name AS text FROM skills_skill skill WHERE skill.retired_at IS NULL
    UNION ALL
    SELECT alias.skill_id::text || alias.language || ':' || alias.text FROM skills_alias alias
) AS named
"""

_kept: OrderedDict[UUID | None, tuple[str, Lexicon]] = OrderedDict()
_lock = Lock()


def state() -> str:
    """A short text that is equal for equal names of skills: one query."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        row = cursor.fetchone()
    return hashlib.sha256(repr(tuple(map(str, row))).encode()).hexdigest()[:16]


def lexicon() -> Lexicon:
    """The open organisation's: one query, and two more when its taxonomy has changed."""
    return current()[1]


def current() -> tuple[str, Lexicon]:
    """The state of the names, and the lexicon of that state."""
    organisation, now = context.current_id(), state()
    with _lock:
        known = _kept.get(organisation)
        if known and known[0] == now:
            _kept.move_to_end(organisation)
            return known
    built = Lexicon(names())
    with _lock:
        _kept[organisation] = (now, built)
        _kept.move_to_end(organisation)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return now, built


def names() -> Iterator[Named]:
    """Names and aliases of the skills that are in use."""
    for skill, name in Skill.objects.filter(retired_at=None).order_by("pk").values_list("pk", "name"):
        yield Named(skill, name, main=True)
    rows = Alias.objects.filter(skill__retired_at=None).order_by("pk")
    for skill, text, language in rows.values_list("skill_id", "text", "language"):
        yield Named(skill, text, language)
