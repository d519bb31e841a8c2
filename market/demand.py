"""How much the labour market asks for a skill: its share of the open postings of a field.

A number of postings says as much about how many sources a company reads as about the skill. The share of
them does not: it is the postings that ask for the skill, out of all open postings of the same field (the
roles of one practice) in the same labour market.

* high: at least a quarter of them ask for it; medium: at least a tenth; low: fewer.
* None, "too few", below 20 postings. With 20 of them the 95 % interval of a quarter (Wilson, 1927) is 11 to
  47 %, so what is called high is no less than medium in truth; with 15 it would reach below a tenth.
* A posting counts while it is open and not older than half a year; one text counts once, however many
  sources it has; the company's own postings are openings and never count.
* The labour market is the person's region if 20 postings of the field are known to be of it, else all
  regions together. ``Demand.region`` says which.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from careerforge.people.models import User
from careerforge.skills.models import Skill
from market.models import Posting, PostingQuerySet, PostingSkill

LEAST = 20
HIGH, MEDIUM = 0.25, 0.10
OLDEST = timedelta(days=180)


@dataclass(frozen=True)
class Demand:
    """``asking`` of ``postings``, first published from ``since`` to ``until``.

    Attributes:
        region: the labour market; empty for all regions together.
    """

    asking: int
    postings: int
    since: datetime | None = None
    until: datetime | None = None
    region: str = ""

    @property
    def share(self) -> float | None:
        """Of the field's postings, 0 to 1; None for too few of them."""
        return self.asking / self.postings if self.postings >= LEAST else None

    @property
    def level(self) -> Literal["high", "medium", "low"] | None:
        """``high``, ``medium`` or ``low``; None for too few postings."""
        if self.share is None:
            return None
        return "high" if self.share >= HIGH else "medium" if self.share >= MEDIUM else "low"

    @property
    def sentence(self) -> str:
        """For people: the count, the dates, the region."""
        if self.share is None or self.since is None or self.until is None:
            return _("Too few postings of this field are known to say how much it is asked for: %(n)s.") % {
                "n": self.postings
            }
        words = {
            "asking": self.asking,
            "postings": self.postings,
            "since": self.since.date().isoformat(),
            "until": self.until.date().isoformat(),
            "region": self.region,
        }
        if self.region:
            return (
                _(
                    "%(asking)s of %(postings)s postings of this field in region %(region)s ask for it, "
                    "%(since)s to %(until)s."
                )
                % words
            )
        return (
            _("%(asking)s of %(postings)s postings of this field ask for it, %(since)s to %(until)s.") % words
        )


def in_the_market(
    reader: User, practice: UUID, skills: Iterable[Skill], now: datetime, region: str = ""
) -> dict[UUID, Demand]:
    """How much the market asks for each skill, in postings that the reader may see: two queries.

    Args:
        practice: the field.
        region: the labour market that is of interest.
    """
    wanted = [skill.id for skill in skills]
    field = _open(reader, now).filter(role__practice=practice)
    total, since, until, here = _counted(field, region)
    if not here:
        region = ""
    if region:
        field = field.filter(region=region)
    asking = dict(
        PostingSkill.objects.filter(skill__in=wanted, posting__in=field)
        .order_by()
        .values_list("skill")
        .annotate(postings=Count("pk"))
    )
    return {skill: Demand(asking.get(skill, 0), total, since, until, region) for skill in wanted}


def _open(reader: User, now: datetime) -> PostingQuerySet:
    visible = Posting.objects.visible_to(reader).current().of_the_market()
    dated = visible.annotate(dated=Coalesce("document__published_at", "first_seen_at"))
    return dated.filter(dated__gt=now - OLDEST)


def _counted(field: PostingQuerySet, region: str) -> tuple[int, datetime | None, datetime | None, bool]:
    """How many there are and from when to when, in the region if they are enough there, else in all."""
    of_region = Q(region=region) if region else Q(pk=None)
    counts = field.aggregate(
        all=Count("pk"),
        all_since=Min("dated"),
        all_until=Max("dated"),
        here=Count("pk", filter=of_region),
        here_since=Min("dated", filter=of_region),
        here_until=Max("dated", filter=of_region),
    )
    name = "here" if counts["here"] >= LEAST else "all"
    return counts[name], counts[f"{name}_since"], counts[f"{name}_until"], name == "here"
