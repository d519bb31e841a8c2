"""What the page of prompts shows: each with its versions, and what people thought of their answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerforge.assistant import feedback
from careerforge.assistant.models import PromptVersion
from careerforge.assistant.prompts.declared import DECLARED
from careerforge.assistant.prompts.files import FRAME, shipped
from careerforge.assistant.prompts.template import digest

DAYS = 30
FRAME_LABEL = gettext_lazy("What all prompts begin with")


@dataclass(frozen=True)
class Line:
    """A version in its prompt's table."""

    version: PromptVersion
    # It is asked with: as the live version, or as the shipped text that nothing stands in for.
    is_asked: bool
    is_shipped_now: bool
    rating: str


@dataclass(frozen=True)
class Prompt:
    """A prompt with its versions, the newest first."""

    name: str
    label: str | Promise
    lines: tuple[Line, ...]
    follows_shipped: bool
    # The shipped text has never been asked with, so that it is no version yet.
    shipped_is_kept: bool


def label(name: str) -> str | Promise:
    """A prompt's name for people."""
    return FRAME_LABEL if name == FRAME else DECLARED[name].label


def prompts(now: datetime) -> list[Prompt]:
    """All of them: two queries."""
    rows: dict[str, list[PromptVersion]] = {}
    for row in PromptVersion.objects.select_related("owner", "author").defer("text"):
        rows.setdefault(row.name, []).append(row)
    rated = feedback.ratings(DAYS, now=now)
    return [_prompt(name, rows.get(name, []), rated) for name in (FRAME, *DECLARED)]


def _prompt(name: str, rows: Sequence[PromptVersion], rated: Sequence[feedback.Rating]) -> Prompt:
    ours = digest(shipped(name))
    live = any(row.live for row in rows)
    return Prompt(
        name=name,
        label=label(name),
        lines=tuple(
            Line(row, row.live or (not live and row.digest == ours), row.digest == ours, rating(row, rated))
            for row in rows
        ),
        follows_shipped=not live,
        shipped_is_kept=any(row.digest == ours for row in rows),
    )


def rating(row: PromptVersion, rated: Iterable[feedback.Rating]) -> str:
    """What people thought of the answers with a version, over all models; it moves nothing by itself."""
    if row.name == FRAME:
        return "–"
    mine = [one for one in rated if one.prompt_version.startswith(f"{row.name}-{row.digest[:12]}")]
    told = [(one.n, one.share) for one in mine if one.n is not None and one.share is not None]
    number = sum(n for n, _share in told)
    if not number:
        return _("too few") if mine else "–"
    up = round(sum(n * share for n, share in told))
    words = ngettext("%(up)s of %(n)s rating up", "%(up)s of %(n)s ratings up", number)
    return words % {"up": up, "n": number}
