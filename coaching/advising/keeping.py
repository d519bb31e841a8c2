"""How a model's wording is kept for the same question again: for an hour, and only for who may read it.

An answer that rests on facts about a person is kept for that person alone, sealed in their room. One that
rests on documents alone is about nobody: it is kept for everybody who sees the same collections and is led to
the same passages, and a wording that differs by small words only finds it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_OID, UUID, uuid5

from careerforge.gateway.cache import Keeping
from careerforge.gateway.words import listed
from careerforge.knowledge.index.terms import readable
from careerforge.knowledge.models import Collection
from careerforge.knowledge.passage import Passage
from careerforge.people import rooms
from careerforge.people.models import Room, User
from careerforge.vault.sealing import Place, seal_under, unseal_under
from coaching.advising.versions import PERSONAL

SECONDS = 3600
# Words without which a question asks the same. "Not", "first", "must", "will", "how much" are none of them.
_EMPTY = listed(
    """
    a an the is are be do does have has of it its that this these those there i we you they them their
    what which would please tell me us about know
    """
)
# A question is about somebody with a token in place of a person, and with any word that points at one.
_SOMEBODY = re.compile(
    r"\[[a-z-]+ x*\d+(?:\.\d+)?\]"
    r"|\b(?:they|them|their|theirs|themselves|he|him|his|she|her|hers|person|employee|coachee|mentee|colleague"
    r"|learner|somebody|someone|this one|my|me|we|us|our)\b",
    re.IGNORECASE,
)
# Signs that tell one question from another stand for themselves: C++, level 3+, A > B, 5 %.
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+|[<>=+*/%#&@$€£^~|]")


@dataclass(frozen=True)
class Seal:
    """The open room in which everything about this person is sealed."""

    room: Room
    key: bytes


def keeping(
    coach: User,
    employee: User,
    question: str,
    facts: Sequence[str],
    passages: Sequence[Passage],
    seal: Seal,
    versions: Mapping[str, str],
) -> Keeping:
    """How the answer to a redacted question is kept.

    Args:
        facts, passages: the lines about the person and the pieces of documents that go out with it.
        versions: of everything else that it rests on, see :func:`coaching.advising.versions.versions`.
    """
    seen = Collection.objects.visible_to(coach).order_by("pk").values_list("pk", flat=True)
    collections = " ".join(map(str, seen))
    if facts or _SOMEBODY.search(question):
        return Keeping(
            parts=("about", str(employee.pk), collections, *_told(versions)),
            seconds=SECONDS,
            seal=lambda key, text: rooms.seal_text(seal.room, seal.key, _row(key), "kept", text),
            unseal=lambda key, sealed: rooms.open_text(seal.room, seal.key, _row(key), "kept", sealed),
        )
    organisation = coach.organisation_id
    return Keeping(
        parts=(
            "general",
            collections,
            " ".join(f"{one.chunk_id}/{one.version_id}" for one in passages),
            *_told({name: value for name, value in versions.items() if name not in PERSONAL}),
        ),
        seconds=SECONDS,
        seal=lambda key, text: seal_under("content", text.encode(), _place(organisation, key)),
        unseal=lambda key, sealed: unseal_under("content", sealed, _place(organisation, key)).decode(),
        words=words_of(question),
    )


def words_of(question: str) -> str:
    """The words that a question turns on, as they stand: A before B is not B before A."""
    # A name with a line in it is another one than the same words with a space.
    found = _WORD.findall(readable(question.replace("_", "lowline")).lower())
    return " ".join(word for word in found if word not in _EMPTY)


def _told(versions: Mapping[str, str]) -> list[str]:
    return [f"{name}={versions[name]}" for name in sorted(versions)]


def _row(key: str) -> UUID:
    return uuid5(NAMESPACE_OID, key)


def _place(organisation: UUID | None, key: str) -> Place:
    return Place("gateway.cache", organisation, _row(key), "text")
