"""What a posting or a course says in fields of its own: kept as JSON beside the document's version, so that
whoever counts postings or lists courses need not read their text again.

Title, address, publication date, language and topics are the document's own and not repeated here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

POSTING: Final = "posting"
COURSE: Final = "course"

# How long a worker is paid for, or works.
PERIODS: Final = ("hour", "day", "week", "month", "year")
EMPLOYMENT: Final = (
    "full_time", "part_time", "contract", "temporary", "internship", "apprenticeship", "volunteer", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PostingFacts:
    """What a posting says beside its text; empty or None where it says nothing.

    Attributes:
        locations: as the source names them, best first.
        country: as the source names or codes it.
        salary_min, salary_max: per ``salary_period``, in minor units of ``salary_currency`` (whole yen).
        salary_currency: ISO 4217; empty when unknown, and then the amounts are None.
        salary_period: one of ``PERIODS``, or empty.
        salary_is_predicted: the source guessed the salary.
        employment: one of ``EMPLOYMENT``, or empty.
        valid_through: an ISO 8601 moment in UTC, or empty; "no end" is empty too.
        reference: the employer's own number of the vacancy.
        skills: as the source names them, where it lists them apart from its text.
        level: seniority in the source's words.
    """

    company: str = ""
    locations: tuple[str, ...] = ()
    country: str = ""
    remote: bool | None = None
    salary_min: int | None = None
    salary_max: int | None = None
    salary_currency: str = ""
    salary_period: str = ""
    salary_is_predicted: bool = False
    employment: str = ""
    department: str = ""
    valid_through: str = ""
    reference: str = ""
    skills: tuple[str, ...] = ()
    level: str = ""


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What a course says beside its text; empty or None where it says nothing.

    Attributes:
        hours: work in all, not per week.
        level: in the source's words.
        price: in minor units of ``currency``; 0 says that it is free.
        url: where one enrols, if that is not the document's own address.
        starts, ends: ISO 8601 moments in UTC, or empty.
        certificate: what one gets at the end, in the source's words.
        code: the provider's own number of the course.
    """

    provider: str = ""
    hours: float | None = None
    level: str = ""
    price: int | None = None
    currency: str = ""
    url: str = ""
    starts: str = ""
    ends: str = ""
    certificate: str = ""
    code: str = ""
    skills: tuple[str, ...] = ()


Facts = PostingFacts | CourseFacts
_CLASSES: Final[dict[str, type[PostingFacts] | type[CourseFacts]]] = {
    POSTING: PostingFacts,
    COURSE: CourseFacts,
}


def to_json(facts: Facts) -> dict[str, Any]:
    """A JSON object without what is unknown; ``about`` says which class it came from."""
    about = POSTING if isinstance(facts, PostingFacts) else COURSE
    said = {name: value for name, value in asdict(facts).items() if value not in (None, "", (), False)}
    # False and 0 are answers where None is possible.
    for name in ("remote", "price", "salary_min", "hours"):
        value = getattr(facts, name, None)
        if value is not None:
            said[name] = value
    return {
        "about": about,
        **{name: list(value) if isinstance(value, tuple) else value for name, value in said.items()},
    }


def from_json(stored: Mapping[str, Any]) -> Facts | None:
    """What :func:`to_json` made; None for anything else. Names that are not known are left out."""
    made = _CLASSES.get(str(stored.get("about", "")))
    if made is None:
        return None
    known = {field.name for field in fields(made)}
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in stored.items()
        if name in known
    }
    return made(**given)
