"""Greenhouse's Job Board API: where a board's openings are, and what they say."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from connectors.kinds.boards import Posting, inner, name_of_board, read_board, records, under, unique
from connectors.kinds.kind import Body
from connectors.parsing.item import PAGE, POSTING, Parsed
from connectors.parsing.text import html_to_text
from connectors.parsing.values import Record, label, language_tag, load_json, scalar

API = "https://boards-api.greenhouse.io/v1/boards"
HOSTS = (
    "boards.greenhouse.io", "job-boards.greenhouse.io", "boards.eu.greenhouse.io",
    "job-boards.eu.greenhouse.io", "boards-api.greenhouse.io", "api.greenhouse.io",
)  # fmt: skip
_LEADING = ("v1", "boards")


def token_of(location: str) -> str | None:
    """A board's token: as typed, or out of the address of its page, of an embedded one, or of the API."""
    token = name_of_board(location, HOSTS, _LEADING, query="for")
    return None if token in {None, "embed"} else token


def address(token: str) -> str:
    """Every opening with its text, in one answer."""
    return f"{API}/{quote(token, safe='')}/jobs?content=true"


def is_whole(content: bytes) -> bool:
    """Whether an answer holds as many openings as it says there are."""
    document, _ = load_json(content)
    jobs = under(document, "jobs")
    if jobs is None or not isinstance(document, dict):
        return False
    total = inner(document, "meta").get("total")
    return not isinstance(total, int) or len(jobs) >= total


def parse_board(body: Body, now: datetime) -> Parsed:
    """The openings of a board. A post for speculative applications is a page and no opening."""
    return read_board(body, lambda document: under(document, "jobs"), _posting, now)


def _posting(job: Record) -> Posting:
    offices = records(job.get("offices")) or []
    place = label(job.get("location"))
    is_prospect = "internal_job_id" in job and job["internal_job_id"] is None
    return Posting(
        external_id=scalar(job.get("id")),
        title=label(job.get("title")),
        # Entities of HTML in JSON: escaped once more than it should be.
        text=html_to_text(scalar(job.get("content"))),
        url=scalar(job.get("absolute_url")),
        published=job.get("first_published") or job.get("updated_at"),
        language=language_tag(job.get("language")),
        kind=PAGE if is_prospect else POSTING,
        facts={
            "company": label(job.get("company_name")),
            "location": place,
            "locations": unique([place, *(label(office.get("location")) for office in offices)]),
            "department": label(job.get("departments")),
            "closes": scalar(job.get("application_deadline")),
            "requisition": label(job.get("requisition_id")),
            **_pay(job),
        },
    )


def _pay(job: Record) -> dict[str, str]:
    """The widest of the ranges that a board shows, which come in hundredths of the currency."""
    ranges = records(job.get("pay_input_ranges")) or []
    lows, highs = ([_cents(span.get(name)) for span in ranges] for name in ("min_cents", "max_cents"))
    currencies = {label(span.get("currency_type")) for span in ranges}
    if not ranges or len(currencies) != 1:
        return {}
    found = {"salary_min": min(lows), "salary_max": max(highs)}
    title = " ".join(label(span.get("title")) for span in ranges)
    return {name: f"{amount / 100:.2f}" for name, amount in found.items() if amount} | {
        "salary_currency": currencies.pop(),
        "salary_period": title,
    }


def _cents(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
