"""What may wait for a review: the app that owns it says how it is shown, and what each decision does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise

from careerforge.assistant.models import Review
from careerforge.design.parts import Source
from careerforge.people.models import User


@dataclass(frozen=True)
class Line:
    """One sentence or step of a draft.

    Attributes:
        text: in words, shown as text only.
        cites: numbers of its sources, from 1.
        detail: what stands under it, such as hours.
    """

    text: str
    cites: tuple[int, ...] = ()
    detail: str = ""


@dataclass(frozen=True)
class Section:
    """Lines under a heading; an empty heading for a text in one piece."""

    lines: tuple[Line, ...]
    heading: str = ""


@dataclass(frozen=True)
class Shown:
    """A draft as its reviewer sees it.

    Attributes:
        title: what it is, such as "First path to Senior data engineer".
        question: what was asked, if anything was.
        draft: the model's version.
        by_rules: the rules' version, shown beside it.
        sources: what the lines of the draft cite.
        sure: how sure it is, in words with their basis; empty when nothing was counted.
        checks: what it has passed, in words.
        problems: what speaks against it, such as sentences that nothing supports.
        about: how it was made, in terms and words.
        text: what the reviewer may edit; empty when it can be approved or rejected only.
        reason_is_told: the person whom it is about reads why it is rejected.
    """

    title: str
    draft: tuple[Section, ...]
    by_rules: tuple[Section, ...] = ()
    question: str = ""
    sources: tuple[Source, ...] = ()
    sure: str = ""
    checks: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    text: str = ""
    reason_is_told: bool = False


class Target(Protocol):
    """One kind of draft. Everything runs inside the decision's transaction, its review locked.

    Nothing here may call a model. Each act has exactly one effect: the review's state is what says that it
    happened, and it changes together with it.
    """

    @property
    def name(self) -> str | Promise:
        """What it is, in the list of reviews."""

    @property
    def is_offered(self) -> bool:
        """Whether the person takes or leaves what was approved; otherwise it is what they are shown."""

    def draft(self, review: Review, reader: User) -> Shown | None:
        """What ``reader`` may see of it; None when it is gone, and the review is withdrawn then."""

    def check(self, review: Review, text: str, by: User) -> Sequence[str]:
        """Why an edited text may not be shown, in words for the editor; empty when it may."""

    def approve(self, review: Review, by: User, now: datetime) -> None:
        """The draft counts from now on."""

    def edit(self, review: Review, text: str, by: User, now: datetime) -> None:
        """The edited text counts from now on; :meth:`check` had nothing against it."""

    def reject(self, review: Review, by: User, now: datetime) -> None:
        """The rules' result stays."""

    def lapse(self, review: Review, now: datetime) -> None:
        """Nobody decided in time: the rules' result stays. No person is there, and so no room's key."""


_targets: dict[str, Target] = {}


def register(target_kind: str, target: Target) -> None:
    """Make a kind of draft reviewable; apps do so when they are ready.

    Raises:
        ValueError: it is a private chat, which is never reviewed.
    """
    if "chat" in target_kind:
        raise ValueError("A private chat is never reviewed.")
    _targets[target_kind] = target


def registered() -> Mapping[str, Target]:
    """Every kind, by name."""
    return _targets
