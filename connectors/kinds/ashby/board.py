"""Ashby's public posting API: where a board's jobs are, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from connectors.kinds.boards import Posting, inner, name_of_board, read_board, records, under, unique
from connectors.kinds.kind import Body
from connectors.parsing.item import Parsed
from connectors.parsing.text import html_to_text
from connectors.parsing.values import Record, label, load_json, scalar

API = "https://api.ashbyhq.com/posting-api/job-board"
HOSTS = ("jobs.ashbyhq.com", "api.ashbyhq.com")
_LEADING = ("posting-api", "job-board")


def name_of(location: str) -> str | None:
    """A board's name: as typed, or out of the address of its public page or of the API."""
    return name_of_board(location, HOSTS, _LEADING)


def address(name: str) -> str:
    """Every job with its pay, in one answer."""
    return f"{API}/{quote(name, safe='')}?includeCompensation=true"


def is_whole(content: bytes) -> bool:
    """Whether an answer is a board's whole list."""
    document, _ = load_json(content)
    is_cut = isinstance(document, dict) and document.get("moreDataAvailable") is True
    return under(document, "jobs") is not None and not is_cut


def parse_board(body: Body, now: datetime) -> Parsed:
    """The jobs of a board that are listed; those reached by their link only are left out."""
    return read_board(body, lambda document: under(document, "jobs"), _posting, now)


def _posting(job: Record) -> Posting | None:
    if job.get("isListed") is False:
        return None
    place = label(job.get("location"))
    others = records(job.get("secondaryLocations")) or []
    pay = inner(job, "compensation")
    return Posting(
        external_id=scalar(job.get("id")) or label(job.get("jobUrl")),
        title=label(job.get("title")),
        text=html_to_text(scalar(job.get("descriptionHtml")) or scalar(job.get("descriptionPlain"))),
        url=scalar(job.get("jobUrl")),
        published=job.get("publishedAt"),
        facts={
            "location": place,
            "locations": unique([place, *(label(other.get("location")) for other in others)]),
            "country": label(inner(job, "address", "postalAddress").get("addressCountry")),
            "employment_type": label(job.get("employmentType")),
            "department": unique([label(job.get("department")), label(job.get("team"))]),
            "remote": scalar(job.get("isRemote")),
            "workplace": label(job.get("workplaceType")),
            "apply_url": label(job.get("applyUrl")),
            "salary": label(pay.get("scrapeableCompensationSalarySummary"))
            or label(pay.get("compensationTierSummary")),
            **_pay(pay),
        },
    )


def _pay(compensation: Record) -> dict[str, str]:
    """The widest salary over all tiers in the first one's currency; shares and bonuses are no salary."""
    salaries = [part for part in _components(compensation) if label(part.get("compensationType")) == "Salary"]
    if not salaries:
        return {}
    first = salaries[0]
    alike = [part for part in salaries if part.get("currencyCode") == first.get("currencyCode")
             and part.get("interval") == first.get("interval")]  # fmt: skip
    lows, highs = (
        [value for part in alike if isinstance(value := part.get(name), int | float)]
        for name in ("minValue", "maxValue")
    )
    return {
        "salary_min": scalar(min(lows, default="")),
        "salary_max": scalar(max(highs, default="")),
        "salary_currency": label(first.get("currencyCode")),
        "salary_period": label(first.get("interval")),
    }


def _components(compensation: Record) -> Iterator[Record]:
    for tier in records(compensation.get("compensationTiers")) or []:
        yield from records(tier.get("components")) or []
    yield from records(compensation.get("summaryComponents")) or []
