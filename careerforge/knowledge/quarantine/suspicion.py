"""What makes a text suspicious: it reads like an instruction to a model, it hides something, or a page that
people trust is suddenly another one. Pure.

The rules are about how instructions are built (who is told, to do what, with which answer), never about
single words: "Can I ignore this warning?" is a question about a warning. An imperative to a reader is how
people write, and a task that is foreign to its text is too weak a sign alone. What is found is held for a
person to look at, never thrown away; that a model obeys nothing it reads is not the business of these rules,
but of how answers are made.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from careerforge.knowledge.documents.likeness import Likeness
from careerforge.knowledge.quarantine import hiding, orders

# A page that has stood for so long, and of which less than this part is left, has changed suddenly.
STOOD = timedelta(days=7)
LEFT = 0.15
SHORTEST = 50
# Kinds that people rely on, and that change a little at a time.
STEADY = frozenset({"policy", "ladder", "playbook", "certification_guide", "salary_report", "market_report"})
# The state of a version that somebody has looked at and let in.
RELEASED = "released"
# So many places of one text are kept; who reads a hundred has seen enough.
MOST = 100


@dataclass(frozen=True, slots=True)
class Found:
    """One reason for suspicion.

    Attributes:
        start, end: the stretch of the text that it is about; 0 and 0 for the whole.
        mark: stands for the very words, wherever they move to; empty for what a text is as a whole.
    """

    code: str
    start: int = 0
    end: int = 0
    mark: str = ""

    def as_row(self) -> dict[str, Any]:
        """For the database."""
        return asdict(self)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Found":
        """What :meth:`as_row` made."""
        start, end = int(row.get("start", 0)), int(row.get("end", 0))
        return cls(str(row.get("code", "")), start, end, str(row.get("mark", "")))

    @property
    def reason(self) -> str:
        """For people."""
        return {
            "override": _("It tells its reader to disregard earlier instructions."),
            "role": _("It gives a model another role, or takes its limits away."),
            "answer": _("It says what an answer should contain or look like."),
            "prompt": _("It asks a model for its own instructions."),
            "score": _("It asks for a score, a rank or a recommendation."),
            "code": _("It wants code to be put into an answer or to be run."),
            "leak": _("It wants data to be put into an address."),
            "addressed": _("It speaks to assistants or models, not to people."),
            "tool": _("It wants somebody's accounts, files or devices to be used."),
            "markup": _("It contains the marks that separate instructions from text."),
            "task": _("It contains a task that has nothing to do with the rest of the text."),
            "characters": _("It contains characters that nobody can see."),
            "unseen": _("It contains markup that makes text invisible."),
            "letters": _("It mixes letters of different scripts within a word."),
            "hidden": _("Its page hides text from people, and that text reads like an instruction."),
            "sudden": _("Nearly nothing is left of what stood on this page before."),
        }.get(self.code, self.code)


class Steady(Protocol):
    """What there is to know of a page that may be trusted: a document."""

    kind: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A version that was not held, or has been released."""

    key: UUID
    made_at: datetime
    state: str


class Shelf(Protocol):
    """What there is to know of the collection it is in."""

    about: str


def suspicions(
    text: str,
    *,
    title: str = "",
    hidden: str = "",
    beside: Iterable[str] = (),
    trusted: Collection[str] = (),
) -> list[Found]:
    """Everything suspicious about a text, up to :data:`MOST` places. Linear in its length.

    Args:
        hidden: what the page holds and does not show.
        beside: what else is said of it: topics, licence, region.
        trusted: marks of what somebody has looked at and released.
    """
    plain, places = hiding.plain(text)
    found = [_found(code, start, end, text) for code, start, end in hiding.signs(text)]
    found += [_found(code, places(start), places(end), text) for code, start, end in orders.orders(plain)]
    for words in (title, *beside):
        found += [Found(code, mark=_mark(code, words)) for code, *_ in orders.orders(hiding.plain(words)[0])]
    if hidden and orders.is_order(hiding.plain(hidden)[0]):
        found.append(Found("hidden", mark=_mark("hidden", hidden)))
    return _distinct(one for one in found if not one.mark or one.mark not in trusted)[:MOST]


def sudden(before: str, after: str) -> list[Found]:
    """Whether hardly anything is left of a text; texts of a few words are not judged."""
    old, new = Likeness(before), Likeness(after)
    if min(len(old.words), len(new.words)) < SHORTEST or old.kept(new) >= LEFT:
        return []
    return [Found("sudden")]


def is_watched(document: Steady, collection: Shelf) -> bool:
    """Whether people trust this page to stay as it is: the company's own, or of a steady kind."""
    return collection.about == "company" or document.kind in STEADY


def relied_on(versions: Sequence[Accepted], now: datetime) -> UUID | None:
    """Which version of a page a new one is compared with; None while the page is young.

    The newest that came a week ago, or that somebody has released since: a page does not grow young by an
    edit, nor does an edit of a little now and the rest an hour later pass for two small ones.

    Args:
        versions: those that people could read, oldest first.
    """
    if not versions or now - versions[0].made_at < STOOD:
        return None
    stood = (one for one in versions if one.state == RELEASED or now - one.made_at >= STOOD)
    return [one.key for one in stood][-1]


def _found(code: str, start: int, end: int, text: str) -> Found:
    """With the mark of its words; invisible characters all over a text have no place."""
    return Found(code, start, end, _mark(code, text[start:end]) if start < end else "")


def _mark(code: str, words: str) -> str:
    said = " ".join(words.split()).casefold()
    return blake2b(f"{code} {said}".encode(errors="replace"), digest_size=12).hexdigest()


def _distinct(found: Iterable[Found]) -> list[Found]:
    return sorted(set(found), key=lambda one: (one.start, one.end, one.code))
