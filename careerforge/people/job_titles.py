"""The company's job titles and the roles they mean: taken in, decided by HR, reopened."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Q, Sum

from careerforge.governance import audit
from careerforge.people.models import Grant, JobTitle, User
from careerforge.skills.models import Role, RoleAlias

LONGEST = 160
# More at once is no list of job titles.
MOST = 5_000


@dataclass(frozen=True)
class Listed:
    """A title and how many people hold it."""

    text: str
    people: int


@dataclass(frozen=True)
class Unread:
    """A line, counted from 1, and what stands in it where a number of people should."""

    line: int
    said: str


@dataclass(frozen=True)
class Coverage:
    """How far the mapping is: titles, those decided, and how many people hold either."""

    titles: int
    decided: int
    holders: int
    holders_decided: int

    @property
    def share(self) -> int:
        """Of people in per cent; of titles where nobody has counted people."""
        part, whole = (self.holders_decided, self.holders) if self.holders else (self.decided, self.titles)
        return part * 100 // whole if whole else 0


def listed(text: str) -> tuple[list[Listed], list[Unread]]:
    """Lines of a title and, behind a tab or a semicolon, a number of people; without one they count nobody.

    Lines of one title are added up. Those with something else than a number are left out and named.
    """
    found: dict[str, Listed] = {}
    unread = []
    for place, line in enumerate(text.splitlines(), 1):
        title, number = _parted(line)
        words = " ".join(title.replace("\x00", "").split())[:LONGEST]
        if words and number and not number.isdecimal():
            unread.append(Unread(place, number))
        elif words:
            before = found.get(words.casefold(), Listed(words, 0))
            people = min(before.people + int(number or 0), 2**31 - 1)
            found[words.casefold()] = replace(before, people=people)
    return list(found.values()), unread


def _parted(line: str) -> tuple[str, str]:
    mark = next((mark for mark in ("\t", ";") if mark in line), "")
    title, _, number = line.rpartition(mark) if mark else (line, "", "")
    return title, number.strip()


def add(titles: Iterable[Listed], by: User) -> int:
    """Take titles in; of one that is there the number of people becomes what is said now.

    Returns:
        how many are new.
    """
    wanted = {one.text.casefold(): one for one in titles}
    here = {row.text.casefold(): row for row in JobTitle.objects.all()}
    new = [JobTitle(text=one.text, people=one.people) for key, one in wanted.items() if key not in here]
    JobTitle.objects.bulk_create(new)
    changed = []
    for key, one in wanted.items():
        row = here.get(key)
        if row is not None and row.people != one.people:
            row.people = one.people
            changed.append(row)
    JobTitle.objects.bulk_update(changed, ["people"])
    audit.record(by, "job_titles.listed", actor_kind=Grant.Kind.ADMIN_HR, new=len(new), counted=len(changed))
    return len(new)


def decide(title: JobTitle, role: Role | None, by: User, now: datetime) -> None:
    """The title means this role, or none of the company's.

    The role learns the title as an alias, unless another role has it: postings and later titles in the
    same words are then recognised.
    """
    _forget_alias(title)
    title.role, title.decided_at = role, now
    title.made_alias = role is not None and _learn(role, title.text)
    title.save(update_fields=["role", "decided_at", "made_alias"])
    audit.record(
        by,
        "job_title.decided",
        target=title,
        actor_kind=Grant.Kind.ADMIN_HR,
        role=str(role.pk) if role else "none",
    )


def reopen(title: JobTitle, by: User) -> None:
    """Nobody has said anything about it, as before."""
    _forget_alias(title)
    title.role, title.decided_at, title.made_alias = None, None, False
    title.save(update_fields=["role", "decided_at", "made_alias"])
    audit.record(by, "job_title.reopened", target=title, actor_kind=Grant.Kind.ADMIN_HR)


def coverage() -> Coverage:
    """Of all titles: one query."""
    decided = Q(decided_at__isnull=False)
    counted = JobTitle.objects.aggregate(
        titles=Count("pk"),
        decided=Count("pk", filter=decided),
        holders=Sum("people", default=0),
        holders_decided=Sum("people", filter=decided, default=0),
    )
    return Coverage(**counted)


def _learn(role: Role, text: str) -> bool:
    if text.casefold() == role.title.casefold() or RoleAlias.objects.filter(text__iexact=text).exists():
        return False
    RoleAlias.objects.create(role=role, text=text)
    return True


def _forget_alias(title: JobTitle) -> None:
    if title.made_alias:
        RoleAlias.objects.filter(role=title.role_id, text__iexact=title.text).delete()
