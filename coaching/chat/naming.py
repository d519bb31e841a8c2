"""The skills and roles that a text of a conversation names."""

import re
from collections.abc import Iterable, Sequence

from careerforge.skills.extraction import extract, kept
from careerforge.skills.models import Role, RoleAlias
from coaching.chat.context import Names


def names() -> Names:
    """Of the open organisation: three queries, and two more when its taxonomy has changed."""
    lexicon = kept.lexicon()
    titles = {*Role.objects.filter(retired_at=None).values_list("title", flat=True)}
    titles |= {*RoleAlias.objects.filter(role__retired_at=None).values_list("text", flat=True)}
    longest = sorted(titles, key=lambda title: (-len(title), title))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.I) if longest else None

    def skills(text: str) -> Sequence[str]:
        return _once(text[one.start : one.end] for one in extract(text, lexicon))

    def roles(text: str) -> Sequence[str]:
        return _once(match[0] for match in pattern.finditer(text)) if pattern else ()

    return Names(skills, roles)


def _once(found: Iterable[str]) -> Sequence[str]:
    return list(dict.fromkeys(found))
