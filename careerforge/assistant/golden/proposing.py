"""Marking an answer as right: what would be kept of it, shown before it is, and the keeping.

What is kept is about nobody: the question and the lines beside it without the company's people and handles,
and the places of the cited passages. Not the answer, not whom it was about.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from careerforge.assistant.golden.asking import Span
from careerforge.assistant.models import GoldenPassage, GoldenQuestion
from careerforge.assistant.prompts.template import digest
from careerforge.gateway import company
from careerforge.gateway.redact import Directory, redact
from careerforge.governance import audit
from careerforge.people.models import User

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Proposal:
    """A golden question exactly as it would be kept."""

    function: str
    question: str
    about: Mapping[str, Any]
    passages: tuple[Span, ...]

    @property
    def digest(self) -> str:
        """Of what is asked: the same question with the same lines is in the set once."""
        asked = [self.function, " ".join(self.question.split()).casefold(), self.about]
        return digest(json.dumps(asked, sort_keys=True, ensure_ascii=False))

    @property
    def key(self) -> str:
        """Of all of it: what a page has shown and what is kept are the same."""
        spans = [f"{span.version} {span.start} {span.end}" for span in self.passages]
        return digest("\n".join([self.digest, self.question, *spans]))


def propose(function: str, question: str, about: Mapping[str, Any], passages: Sequence[Span]) -> Proposal:
    """A question as it would be kept, without people. Stores nothing.

    Args:
        function: as in the switches, such as ``coaching_advice``.
        about: what the answerer needs beside the question: strings, numbers, lists and objects.
        passages: spans that the right answer cites.
    """
    directory = company.directory()
    clean = _clean({"question": question.strip()[:LONGEST], "about": dict(about)}, directory)
    apart = tuple(dict.fromkeys(replace(span, text="") for span in passages))
    return Proposal(function, clean["question"], clean["about"], apart)


def keep(proposal: Proposal, by: User, now: datetime, *, acting: str) -> GoldenQuestion:
    """Put a proposal into the set, or give back the question that is there; a retired one returns.

    Args:
        acting: the role in which it is done, for the audit row.
    """
    with transaction.atomic():
        known = GoldenQuestion.objects.select_for_update().filter(digest=proposal.digest).first()
        if known and known.retired_at is None:
            return known
        row = known or GoldenQuestion(id=uuid4(), function=proposal.function, digest=proposal.digest)
        row.question, row.about = proposal.question, dict(proposal.about)
        row.marked_by, row.marked_at, row.retired_at = by, now, None
        row.save(force_insert=known is None)
        row.passages.all().delete()
        GoldenPassage.objects.bulk_create(
            GoldenPassage(
                golden=row, position=place, document_id=span.document, version_id=span.version,
                start=span.start, end=span.end,
            )
            for place, span in enumerate(proposal.passages, 1)
        )  # fmt: skip
        audit.record(by, "golden.marked", target=row, actor_kind=acting, passages=len(proposal.passages))
    return row


def retire(golden: GoldenQuestion, by: User, now: datetime, *, acting: str) -> bool:
    """Ask it no more; False when it is retired already."""
    return _set(golden, by, now, "golden.retired", acting)


def take_back(golden: GoldenQuestion, by: User, *, acting: str) -> bool:
    """Ask it again; False when it is asked anyway."""
    return _set(golden, by, None, "golden.taken_back", acting)


def _set(golden: GoldenQuestion, by: User, retired_at: datetime | None, act: str, acting: str) -> bool:
    with transaction.atomic():
        rows = GoldenQuestion.objects.filter(pk=golden.pk, retired_at__isnull=retired_at is not None)
        if not rows.update(retired_at=retired_at):
            return False
        audit.record(by, act, target=golden, actor_kind=acting)
    return True


def _clean(value: Any, directory: Directory) -> Any:
    """Without the company's people, whatever is inside."""
    if isinstance(value, str):
        return redact(value, directory).text
    if isinstance(value, Mapping):
        return {name: _clean(inner, directory) for name, inner in value.items()}
    return [_clean(one, directory) for one in value] if isinstance(value, list | tuple) else value
