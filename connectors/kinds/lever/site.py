"""Lever's Postings API v0: where a site's postings are, and what they say. Known from documentation only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlsplit

from connectors.kinds.boards import Posting, inner, name_of_board, read_board, records, unique
from connectors.kinds.kind import Body
from connectors.parsing.item import Parsed
from connectors.parsing.text import html_to_text
from connectors.parsing.values import Record, label, labels, load_json, scalar

LIMIT = 100
_WORLD, _EU = "api.lever.co", "api.eu.lever.co"
_HOSTS = {"jobs.lever.co": _WORLD, _WORLD: _WORLD, "jobs.eu.lever.co": _EU, _EU: _EU}
_LEADING = ("v0", "postings")


@dataclass(frozen=True)
class Site:
    """A company's postings, in the world's or in the European instance."""

    host: str
    name: str

    def address(self, skip: int) -> str:
        """A page of :data:`LIMIT` postings."""
        return (
            f"https://{self.host}/v0/postings/{quote(self.name, safe='')}?mode=json&skip={skip}&limit={LIMIT}"
        )


def site_of(location: str) -> Site | None:
    """A site: its name as typed, or out of an address of its page or of the API."""
    name = name_of_board(location, _HOSTS, _LEADING)
    if name is None:
        return None
    text = location.strip()
    host = urlsplit(text if "://" in text else f"https://{text}").hostname or ""
    return Site(_HOSTS.get(host.lower(), _WORLD), name)


def length(content: bytes) -> int | None:
    """How many postings a page holds; None if it is no page of postings."""
    document, _ = load_json(content)
    entries = records(document)
    return None if entries is None else len(entries)


def parse_page(body: Body, now: datetime) -> Parsed:
    """The postings of a page."""
    return read_board(body, records, _posting, now)


def _posting(entry: Record) -> Posting:
    about, pay = inner(entry, "categories"), inner(entry, "salaryRange")
    place = label(about.get("location"))
    workplace = label(entry.get("workplaceType"))
    return Posting(
        external_id=scalar(entry.get("id")),
        title=label(entry.get("text")),
        text=_text(entry),
        url=scalar(entry.get("hostedUrl")),
        published=entry.get("createdAt"),
        facts={
            "location": place,
            "locations": unique([place, *labels(about.get("allLocations"))]),
            "country": label(entry.get("country")),
            "employment_type": label(about.get("commitment")),
            "department": unique([label(about.get("department")), label(about.get("team"))]),
            "level": label(about.get("level")),
            "workplace": "" if workplace == "unspecified" else workplace,
            "apply_url": label(entry.get("applyUrl")),
            "salary": label(entry.get("salaryDescriptionPlain")),
            "salary_min": label(pay.get("min")),
            "salary_max": label(pay.get("max")),
            "salary_currency": label(pay.get("currency")),
            "salary_period": label(pay.get("interval")),
        },
    )


def _text(entry: Record) -> str:
    """Description, its lists under their headings, and what closes the page."""
    pieces = [html_to_text(scalar(entry.get("description")) or scalar(entry.get("descriptionPlain")))]
    for part in records(entry.get("lists")) or []:
        pieces += [label(part.get("text")), html_to_text(scalar(part.get("content")))]
    pieces.append(html_to_text(scalar(entry.get("additional")) or scalar(entry.get("additionalPlain"))))
    return "\n\n".join(piece for piece in pieces if piece)
