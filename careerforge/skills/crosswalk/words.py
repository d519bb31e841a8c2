"""Names of confirmed concepts as words that the company's own skills and roles are known by."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Names
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from careerforge.skills.checks import normal_form
from careerforge.skills.linking.windows import stems
from careerforge.skills.models import Alias, Role, RoleAlias, Skill

# Shorter ones mean too much.
SHORTEST = 3
LONGEST_LANGUAGE = 8
# Names of concepts that are confirmed for one skill (or role) only, where no other concept of the framework
# has the same name. Hidden names are for search at the publisher's.
LABELS = """
SELECT mapping.id, mapping.{side}_id, label.language, label.text, coalesce((
    SELECT main.text FROM skills_label main WHERE main.concept_id = concept.id
      AND main.language = label.language AND main.kind = 'preferred' LIMIT 1), '')
FROM skills_mapping mapping
JOIN skills_{side} own ON own.id = mapping.{side}_id AND own.retired_at IS NULL
JOIN skills_concept concept ON concept.id = mapping.concept_id
JOIN skills_label label ON label.concept_id = concept.id AND label.kind <> 'hidden'
WHERE mapping.state = 'confirmed' AND mapping.{side}_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM skills_mapping other WHERE other.concept_id = mapping.concept_id
    AND other.state = 'confirmed' AND other.{side}_id IS NOT NULL AND other.id <> mapping.id)
  AND NOT EXISTS (SELECT FROM skills_label same JOIN skills_concept theirs ON theirs.id = same.concept_id
    WHERE lower(same.text) = lower(label.text) AND same.concept_id <> label.concept_id
      AND theirs.framework_id = concept.framework_id AND theirs.retired_at IS NULL)
ORDER BY mapping.decided_at, mapping.id, label.kind DESC, label.language, label.text
"""


@dataclass(frozen=True)
class Word:
    """A name that a skill or role is to be known by."""

    mapping: UUID
    owner: UUID
    language: str
    text: str
    # What the concept is mainly called in this language.
    preferred: str


def refresh() -> int:
    """Make the names equal to what is confirmed now, for the whole company: a few queries.

    Returns:
        How many names were added or taken back.
    """
    skills = dict(Skill.objects.values_list("pk", "name"))
    roles = dict(Role.objects.values_list("pk", "title"))
    return _refresh("skill", Alias, skills) + _refresh("role", RoleAlias, roles)


def safe(
    words: Iterable[Word], own: Names[UUID, Iterable[str]], longest: int, *, titles: bool = False
) -> Iterator[Word]:
    """Words that point at one skill (or role) alone. Pure.

    Left out: what is a name already, in whatever spelling, of this one or another; what is too short or too
    long; the second of two that differ in case only; and names of other things. Publishers list products
    and examples ("Google" for search engines, "Ada" for programming) beside other wordings: a wording shares
    a word with the concept's main name or with one of the company's own.

    Args:
        own: names that the company itself has given.
        titles: these are job titles, which are compared whole: one of several words is a wording.
    """
    known = {normal_form(text) for texts in own.values() for text in texts}
    owners: dict[str, UUID] = {}
    seen: set[tuple[str, str]] = set()
    for word in words:
        form, said = normal_form(word.text), (word.text.casefold(), word.language)
        is_short = len(form or word.text) < SHORTEST
        if is_short or len(word.text) > longest or len(word.language) > LONGEST_LANGUAGE:
            continue
        if (form and form in known) or said in seen or not _is_wording(word, own, titles=titles):
            continue
        if owners.setdefault(form or word.text.casefold(), word.owner) == word.owner:
            seen.add(said)
            yield word


def _is_wording(word: Word, own: Names[UUID, Iterable[str]], *, titles: bool) -> bool:
    said = stems(word.text)
    if word.text == word.preferred:
        return True
    if titles:
        return len(said) > 1
    names = [word.preferred, *own.get(word.owner, ())]
    return any(said & stems(name) for name in names)


def _refresh(side: str, model: Any, names: dict[UUID, str]) -> int:
    own: dict[UUID, list[str]] = defaultdict(list, {key: [name] for key, name in names.items()})
    for owner, text in model.objects.filter(mapping=None).values_list(f"{side}_id", "text"):
        own[owner].append(text)
    longest = model._meta.get_field("text").max_length
    wanted = {
        (w.mapping, w.language, w.text): w for w in safe(_labels(side), own, longest, titles=side == "role")
    }
    there = {
        (mapping, language, text): pk
        for pk, mapping, language, text in model.objects.exclude(mapping=None).values_list(
            "pk", "mapping_id", "language", "text"
        )
    }
    gone = [pk for key, pk in there.items() if key not in wanted]
    model.objects.filter(pk__in=gone).delete()
    new = [word for key, word in wanted.items() if key not in there]
    model.objects.bulk_create(
        (
            model(**{f"{side}_id": w.owner}, mapping_id=w.mapping, language=w.language, text=w.text)
            for w in new
        ),
        batch_size=2_000,
    )
    return len(gone) + len(new)


def _labels(side: str) -> Iterator[Word]:
    with connection.cursor() as cursor:
        cursor.execute(LABELS.format(side=side))
        for row in cursor.fetchall():
            yield Word(*row)
