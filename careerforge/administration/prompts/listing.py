"""What the page of prompts shows: each with its versions, and what people thought of their answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerforge.assistant import feedback
from careerforge.assistant.models import PromptVersion
from careerforge.assistant.prompts.declared import DECLARED
from careerforge.assistant.prompts.files import FRAME, shipped
from careerforge.assistant.prompts.template import digest

DAYS = 30
# On the page of all prompts, and of one.
SHOWN, PAGE = 5, 25
FRAME_LABEL = gettext_lazy("What all prompts begin with")


@dataclass(frozen=True)
class Line:
    """A version in its prompt's table."""

    version: PromptVersion
    is_asked: bool
    is_shipped_now: bool
    rating: str


@dataclass(frozen=True)
class Prompt:
    """A prompt with its versions, the newest first.

    Attributes:
        more: how many versions are not shown.
        follows_shipped: the program's text is asked with, and an update may bring another.
        brought: an update has brought a text that is not live yet.
    """

    name: str
    label: str | Promise
    lines: tuple[Line, ...]
    more: int
    is_kept: bool
    follows_shipped: bool
    brought: bool


def label(name: str) -> str | Promise:
    """A prompt's name for people."""
    return FRAME_LABEL if name == FRAME else DECLARED[name].label


def prompts(now: datetime) -> list[Prompt]:
    """All of them, each with its newest versions and the live one: three queries."""
    number = Window(RowNumber(), partition_by=F("name"), order_by=F("number").desc())
    newest = _rows().annotate(place=number).filter(Q(place__lte=SHOWN) | Q(live=True))
    rows: dict[str, list[PromptVersion]] = {}
    for row in newest.order_by("name", "-number"):
        rows.setdefault(row.name, []).append(row)
    counted = dict(PromptVersion.objects.order_by().values_list("name").annotate(n=Count("pk")))
    rated = feedback.ratings(DAYS, now=now)
    return [_prompt(name, rows.get(name, []), rated, counted.get(name, 0)) for name in (FRAME, *DECLARED)]


def versions_of(name: str, page: str | None, now: datetime) -> tuple[Prompt, Page[PromptVersion]]:
    """One prompt with a page of its versions: four queries."""
    found = Paginator(_rows().filter(name=name).order_by("-number"), PAGE).get_page(page)
    rows = list(found)
    live = PromptVersion.objects.filter(name=name, live=True).select_related("owner", "author").first()
    rated = feedback.ratings(DAYS, now=now)
    return _prompt(name, rows, rated, len(rows), live), found


def _rows() -> QuerySet[PromptVersion]:
    return PromptVersion.objects.select_related("owner", "author").defer("text")


def _prompt(
    name: str,
    rows: Sequence[PromptVersion],
    rated: Sequence[feedback.Rating],
    number: int,
    live: PromptVersion | None = None,
) -> Prompt:
    ours = digest(shipped(name))
    live = live or next((row for row in rows if row.live), None)
    follows = live is None or live.is_shipped
    return Prompt(
        name=name,
        label=label(name),
        lines=tuple(Line(row, row.live, row.digest == ours, rating(row, rated)) for row in rows),
        more=number - len(rows),
        is_kept=live is not None,
        follows_shipped=follows,
        brought=follows and live is not None and live.digest != ours,
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
