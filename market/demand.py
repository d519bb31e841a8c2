"""How much the labour market asks for a skill: its share of the open postings of a field.

A number of postings says as much about how many sources a company reads as about the skill. The share of
them does not: it is the postings that ask for the skill, out of all open postings of the same field (the
roles of one practice) in the same labour market.

* high: at least a quarter of them ask for it; medium: at least a tenth; low: fewer.
* None, "too few", below 20 postings or 3 employers. With 20 of them the 95 % interval of a quarter (Wilson,
  1927) is 11 to 47 %, so what is called high is no less than medium in truth; with 15 it would reach below a
  tenth.
* No employer counts for more than a third of the postings, however many it has: see ``employers``.
* A posting counts while it is open and not older than half a year; one text counts once, however many
  sources it has; the company's own postings are openings and never count.
* The labour market is the person's region if enough postings of the field are known to be of it, else all
  regions together. ``Demand.region`` says which.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careerforge.people.models import User
from careerforge.skills.models import Skill
from market.employers import Counted, employer
from market.models import Posting, PostingQuerySet, PostingSkill

HIGH, MEDIUM = 0.25, 0.10
OLDEST = timedelta(days=180)


@dataclass(frozen=True)
class Demand:
    """``asking`` of ``postings``, first published from ``since`` to ``until``.

    Attributes:
        employers: whose postings they are, counted.
        share: of the field's postings, 0 to 1, no employer counting for more than a third of them; None for
            too few.
        region: the labour market; empty for all regions together.
        is_capped: some employer has more than a third of the postings.
    """

    asking: int
    postings: int
    employers: int = 0
    share: float | None = None
    since: datetime | None = None
    until: datetime | None = None
    region: str = ""
    is_capped: bool = False

    @property
    def level(self) -> Literal["high", "medium", "low"] | None:
        """``high``, ``medium`` or ``low``; None for too few postings."""
        if self.share is None:
            return None
        return "high" if self.share >= HIGH else "medium" if self.share >= MEDIUM else "low"

    @property
    def sentence(self) -> str:
        """For people: the count, the employers, the dates, the region."""
        whose = ngettext("from %(n)s employer", "from %(n)s employers", self.employers)
        words = {
            "asking": self.asking,
            "postings": self.postings,
            "employers": whose % {"n": self.employers},
            "region": self.region,
        }
        if self.share is None or self.since is None or self.until is None:
            return (
                _(
                    "Too few postings of this field are known to say how much it is asked for: "
                    "%(postings)s %(employers)s."
                )
                % words
            )
        words |= {"since": self.since.date().isoformat(), "until": self.until.date().isoformat()}
        if self.region:
            said = _(
                "%(asking)s of %(postings)s postings of this field in region %(region)s ask for it, "
                "%(employers)s, %(since)s to %(until)s."
            )
        else:
            said = _(
                "%(asking)s of %(postings)s postings of this field ask for it, %(employers)s, "
                "%(since)s to %(until)s."
            )
        if self.is_capped:
            said += " " + _("No employer counts for more than a third of them.")
        return said % words


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
    counted, region = _counted(field, region)
    if region:
        field = field.filter(region=region)
    capped = list(counted.capped)
    found = (
        PostingSkill.objects.filter(skill__in=wanted, posting__in=field)
        .alias(employer=employer("posting__"))
        .order_by()
        .values("skill")
        .annotate(
            asking=Count("pk"),
            **{f"capped_{n}": Count("pk", filter=Q(employer=each)) for n, each in enumerate(capped)},
        )
    )
    rows: dict[UUID, Mapping[str, Any]] = {row["skill"]: row for row in found}
    return {skill: _demand(rows.get(skill, {}), counted, capped, region) for skill in wanted}


def _demand(row: Mapping[str, Any], counted: Counted, capped: Sequence[str], region: str) -> Demand:
    asking = row.get("asking", 0)
    share = counted.share(asking, {each: row.get(f"capped_{n}", 0) for n, each in enumerate(capped)})
    return Demand(
        asking=asking,
        postings=counted.total,
        employers=len(counted.postings),
        share=None if share is None else float(share),
        since=counted.since,
        until=counted.until,
        region=region,
        is_capped=bool(capped),
    )


def _open(reader: User, now: datetime) -> PostingQuerySet:
    visible = Posting.objects.visible_to(reader).current().of_the_market()
    dated = visible.annotate(dated=Coalesce("document__published_at", "first_seen_at"))
    return dated.filter(dated__gt=now - OLDEST)


def _counted(field: PostingQuerySet, region: str) -> tuple[Counted, str]:
    """So many of each employer, from when to when; in the region if they are enough there, else in all."""
    rows = (
        field.annotate(employer=employer())
        .order_by()
        .values("employer", "region")
        .annotate(postings=Count("pk"), since=Min("dated"), until=Max("dated"))
    )
    found = list(rows)
    if region:
        here = _together(row for row in found if row["region"] == region)
        if here.is_enough:
            return here, region
    return _together(found), ""


def _together(rows: Iterable[Mapping[str, Any]]) -> Counted:
    postings: Counter[str] = Counter()
    dates: list[datetime] = []
    for row in rows:
        postings[row["employer"]] += row["postings"]
        dates += [row["since"], row["until"]]
    return Counted(postings, min(dates, default=None), max(dates, default=None))
