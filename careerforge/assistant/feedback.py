"""Thumbs: what people think of results. They are shown, and move nothing by themselves."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from careerforge.assistant import confidence
from careerforge.assistant.models import Feedback
from careerforge.people import rooms
from careerforge.people.models import Room, User
from careerforge.vault.sealing import keyed_hash

Thumb = Feedback.Thumb
# With fewer people behind it a figure is not shown.
FEWEST_PEOPLE = confidence.FEWEST_PEOPLE
LONGEST_COMMENT = 1_000

GOOD = {
    "right": _("It is right"),
    "for_me": _("It fits the person"),
    "clear": _("It is clear"),
    "sources": _("The sources are good"),
}
BAD = {
    "wrong": _("It is wrong"),
    "not_for_me": _("It does not fit the person"),
    "unclear": _("It is unclear"),
    "sources_missing": _("The sources do not say that"),
    "outdated": _("It is out of date"),
    "unkind": _("It is unfair or unkind"),
}
REASONS = GOOD | BAD


@dataclass(frozen=True)
class Result:
    """What a thumb is about, as the app that owns the result knows it.

    Attributes:
        model_used: the model that worded it, or ``"rules"``.
        question: what was asked; only a keyed hash of it is kept.
        room: where a comment is sealed, with the key of the rater; None: no comment is taken.
        said: the share of its sentences that is supported, 0 to 1; None where nothing was said of that.
    """

    model_used: str
    prompt_version: str
    question: str = ""
    room: tuple[Room, bytes] | None = None
    said: float | None = None


# A result by its id, for who may see it; None for everybody else.
Finder = Callable[[User, UUID], Result | None]
_finders: dict[str, Finder] = {}


@dataclass(frozen=True)
class Asked:
    """What the partial ``assistant/_feedback.html`` shows: one result, and what its reader has said of it."""

    kind: str
    id: UUID
    thumb: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """For ids of elements."""
        return f"thumbs-{self.id}"

    @property
    def said(self) -> str:
        """The thumb in words; empty before there is one."""
        return str(Thumb(self.thumb).label) if self.thumb else ""

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Reasons to choose from: code, words, chosen."""
        offered = {"up": GOOD, "down": BAD}.get(self.thumb, REASONS)
        return [(code, str(words), code in self.reasons) for code, words in offered.items()]


def beside(user: User, result_kind: str) -> Subquery:
    """What somebody has said of a row's result, to annotate rows with whose id is the result's."""
    own = Feedback.objects.filter(user=user, result_kind=result_kind, result_id=OuterRef("pk"))
    return Subquery(own.values(rating=JSONObject(thumb="thumb", reasons="reasons"))[:1])


def read(result_kind: str, result_id: UUID, said: Mapping[str, Any] | None) -> Asked:
    """What :func:`beside` annotated, for the partial."""
    found = said or {"thumb": "", "reasons": ()}
    return Asked(result_kind, result_id, found["thumb"], tuple(found["reasons"]))


@dataclass(frozen=True)
class Rating:
    """What people thought of one model with one prompt in some days.

    Attributes:
        n: ratings; None, like the share, while fewer than five people are behind them.
        share: how many of them were thumbs up, 0 to 1.
    """

    model_used: str
    prompt_version: str
    n: int | None
    share: float | None


def register(result_kind: str, finder: Finder) -> None:
    """Make a kind of result one that can be rated; apps do so when they are ready."""
    _finders[result_kind] = finder


def kinds() -> tuple[str, ...]:
    """Every kind of result that can be rated."""
    return tuple(sorted(_finders))


def asked(user: User, result_kind: str, ids: Iterable[UUID]) -> dict[UUID, Asked]:
    """For each result what the partial shows of it. One query."""
    wanted = list(ids)
    found = {one: Asked(result_kind, one) for one in wanted}
    rows = Feedback.objects.filter(user=user, result_kind=result_kind, result_id__in=wanted)
    for id_, thumb, reasons in rows.values_list("result_id", "thumb", "reasons"):
        found[id_] = Asked(result_kind, id_, thumb, tuple(reasons))
    return found


def look(user: User, result_kind: str, result_id: UUID) -> Asked | None:
    """What somebody has said of one result; None when there is no such result for them."""
    finder = _finders.get(result_kind)
    if finder is None or finder(user, result_id) is None:
        return None
    return asked(user, result_kind, [result_id])[result_id]


def record(
    user: User,
    result_kind: str,
    result_id: UUID,
    thumb: str,
    reasons: Sequence[str],
    now: datetime,
    *,
    comment: str = "",
) -> Asked | None:
    """Keep what somebody thinks of a result, in place of what they thought before.

    Args:
        thumb: ``up`` or ``down``.
        reasons: codes of :data:`REASONS`; those that do not go with the thumb are left out.

    Returns:
        None when there is no such result for them.
    """
    finder = _finders.get(result_kind)
    result = finder(user, result_id) if finder else None
    if result is None:
        return None
    offered = GOOD if thumb == Thumb.UP else BAD
    kept = [code for code in dict.fromkeys(reasons) if code in offered]
    values: dict[str, Any] = {
        "thumb": thumb,
        "reasons": kept,
        "question_hash": _hash(result.question),
        "model_used": result.model_used[:80],
        "prompt_version": result.prompt_version[:64],
        "said": result.said,
        "given_at": now,
        **_sealed(result, result_id, comment.strip()),
    }
    Feedback.objects.update_or_create(
        user=user, result_kind=result_kind, result_id=result_id, defaults=values, create_defaults=values
    )
    return Asked(result_kind, result_id, thumb, tuple(kept))


def _sealed(result: Result, result_id: UUID, comment: str) -> dict[str, Any]:
    if not comment or result.room is None:
        return {"room": None, "sealed_comment": None}
    room, key = result.room
    return {"room": room, "sealed_comment": rooms.seal_text(room, key, result_id, "comment", comment)}


def _hash(question: str) -> str:
    """Equal questions have equal hashes, and without the key nobody can try which."""
    return keyed_hash("content", "feedback", " ".join(question.split()).casefold()).hex() if question else ""


def ratings(days: int = 30, *, now: datetime) -> list[Rating]:
    """What people thought of each model with each prompt, the most rated first. One query."""
    rows = (
        Feedback.objects.filter(given_at__gt=now - timedelta(days=days), given_at__lte=now)
        .order_by()
        .values("model_used", "prompt_version")
        .annotate(
            n=Count("pk"), up=Count("pk", filter=Q(thumb=Thumb.UP)), people=Count("user", distinct=True)
        )
    )
    ordered = sorted(rows, key=lambda row: (-row["n"], row["model_used"], row["prompt_version"]))
    return [_rating(row) for row in ordered]


def _rating(row: Mapping[str, Any]) -> Rating:
    enough = row["people"] >= FEWEST_PEOPLE
    n, share = (row["n"], row["up"] / row["n"]) if enough else (None, None)
    return Rating(row["model_used"], row["prompt_version"], n, share)
