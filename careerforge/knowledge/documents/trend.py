"""What a source's word is worth: dead sources lose trust by themselves. Pure.

``trust = reached × alive × clean``, never below a floor, so that a source that comes back is found at once:

* reached: 1 while its last complete reading is at most two days old, then halved every 14 days;
* alive: 1 while its newest text is at most 90 days old, then halved every 180 days, never below 0.5; what
  describes the company itself holds until it is replaced;
* clean: 1 less the share of its documents that are held for review, at most a half.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

DAY = timedelta(days=1)
REACH_GRACE, REACH_HALF_LIFE = 2, 14
NEWS_GRACE, NEWS_HALF_LIFE, NEWS_FLOOR = 90, 180, 0.5
HELD_FLOOR = 0.5
FLOOR = 0.05


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a source.

    Attributes:
        seen_at: its last complete reading; None where nothing is read, because people put documents in.
        newest_at: when its newest text came; None when there is none.
        holds: whether its texts hold until they are replaced.
        documents, held: how many there are, and how many of them are held for review.
    """

    seen_at: datetime | None
    newest_at: datetime | None
    holds: bool
    documents: int
    held: int


@dataclass(frozen=True, slots=True)
class Factor:
    """One line of the product: what was looked at, its value (days, or a share), and what it counts."""

    sign: str
    value: float | None
    factor: float

    @property
    def words(self) -> str:
        """For people."""
        return {
            "reached": _("Days since it was last read to the end"),
            "alive": _("Days since its newest text came"),
            "clean": _("Share of its documents held for review"),
        }.get(self.sign, self.sign)


def trend_score(signs: Signs, now: datetime) -> tuple[float, list[Factor]]:
    """Trust, 0.05 to 1, to three places, and the lines it is the product of."""
    unread, old = _days(signs.seen_at, now), _days(signs.newest_at, now)
    share = signs.held / signs.documents if signs.documents else 0.0
    reached = _faded(unread, REACH_GRACE, REACH_HALF_LIFE)
    alive = 1.0 if signs.holds else max(_faded(old, NEWS_GRACE, NEWS_HALF_LIFE), NEWS_FLOOR)
    lines = [
        Factor("reached", unread, round(reached, 3)),
        Factor("alive", old, round(alive, 3)),
        Factor("clean", round(share, 3), round(max(1 - share, HELD_FLOOR), 3)),
    ]
    product = lines[0].factor * lines[1].factor * lines[2].factor
    return max(round(product, 3), FLOOR), lines


def told(rows: Sequence[dict[str, Any]]) -> list[Factor]:
    """The lines as they were stored."""
    return [Factor(str(row["sign"]), row["value"], float(row["factor"])) for row in rows]


def _days(since: datetime | None, now: datetime) -> float | None:
    return None if since is None else round(max(now - since, timedelta(0)) / DAY, 1)


def _faded(days: float | None, grace: int, half_life: int) -> float:
    return 1.0 if days is None else float(0.5 ** (max(days - grace, 0.0) / half_life))
