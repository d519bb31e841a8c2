"""Whose postings they are, and how much each employer counts: no single one makes the market.

An employer is the company that a posting names; where none is named, the source stands for it.

No employer counts for more than a third of what is counted. Each has n postings; at most ``cap`` of them
count, where cap is the largest number that is no more than a third of the sum of min(n, cap). With
n1 >= n2 >= ... and T their sum:

* n1 <= T / 3: nothing is capped;
* n2 <= (T - n1) / 2: only the largest is, since x = (x + T - n1) / 3 gives x = (T - n1) / 2;
* else the two largest are, since x = (2x + T - n1 - n2) / 3 gives x = T - n1 - n2. The third is in that sum,
  so it is no larger: never more than two are capped.

Each posting of a capped employer then weighs cap / n.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import TextField, Value
from django.db.models.functions import Cast, Coalesce, Lower, NullIf, Trim

LEAST = 20
LEAST_EMPLOYERS = 3


def employer(posting: str = "") -> Coalesce:
    """The employer of a posting in a query; ``posting`` leads to it, as in ``posting__``."""
    company = NullIf(Lower(Trim(f"{posting}company")), Value(""))
    return Coalesce(company, Cast(f"{posting}collection_id", TextField()), output_field=TextField())


@dataclass(frozen=True)
class Counted:
    """So many ``postings`` of each employer, first published from ``since`` to ``until``."""

    postings: Mapping[str, int]
    since: datetime | None = None
    until: datetime | None = None

    @property
    def total(self) -> int:
        """Postings, before any cap."""
        return sum(self.postings.values())

    @property
    def capped(self) -> dict[str, Fraction]:
        """What one posting weighs, 0 to 1, for each of the at most two employers that have too many."""
        largest = sorted(self.postings, key=lambda each: (-self.postings[each], each))[:2]
        sizes = [self.postings[each] for each in largest] + [0, 0]
        if 3 * sizes[0] <= self.total:
            return {}
        cap = Fraction(self.total - sizes[0], 2)
        if sizes[1] > cap:
            cap = Fraction(self.total - sizes[0] - sizes[1])
        return {each: cap / self.postings[each] for each in largest if self.postings[each] > cap}

    @property
    def weight(self) -> Fraction:
        """Of all postings together, under the cap."""
        capped = self.capped
        return sum((capped.get(each, Fraction(1)) * n for each, n in self.postings.items()), Fraction())

    @property
    def is_enough(self) -> bool:
        """They say how much something is asked for."""
        return len(self.postings) >= LEAST_EMPLOYERS and self.weight >= LEAST

    def share(self, asking: int, of_capped: Mapping[str, int]) -> Fraction | None:
        """Of the postings that ask for something, under the cap; None where they are not enough.

        Args:
            asking: how many ask for it.
            of_capped: how many of those are of each capped employer.
        """
        if not self.is_enough:
            return None
        too_many = sum((n * (1 - self.capped[each]) for each, n in of_capped.items()), Fraction())
        return (asking - too_many) / self.weight
