"""What a career page holds: its postings, each under the address of its page. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from connectors.kinds.kind import Body
from connectors.parsing.canonical import canonical_url
from connectors.parsing.dates import parse_date
from connectors.parsing.item import POSTING, Item, Parsed, Problem
from connectors.parsing.sniff import parse


def read_page(body: Body, now: datetime, *, all_pages: bool) -> Parsed:
    """The postings of a page. One whose ``validThrough`` has passed is gone. A page without any is no
    problem, for a site has other pages too, unless it has a posting that cannot be read.

    Args:
        all_pages: keep the text of pages without a posting.
    """
    found = parse(body.place or body.where, body.content, body.content_type, now=now)
    problems = tuple(Problem(body.where, problem.reason) for problem in found.problems)
    if found.shape != "html":
        return Parsed((), problems, found.shape)
    postings = [item for item in found.items if item.kind == POSTING]
    if not postings:
        said = problems if _has_broken_posting(body.content) or all_pages else ()
        return Parsed(found.items if all_pages else (), said, "html")
    named = _by_address(postings, canonical_url(body.place or body.where))
    over = [item.external_id for item in named if _is_over(item, now)]
    return Parsed(tuple(item for item in named if item.external_id not in over), (), "html", tuple(over))


def _by_address(postings: list[Item], address: str) -> list[Item]:
    if len(postings) == 1:
        return [replace(postings[0], external_id=address)]
    return [replace(item, external_id=f"{address}#{item.external_id}") for item in postings]


def _is_over(item: Item, now: datetime) -> bool:
    closes = parse_date(item.facts.get("closes"))
    return closes is not None and closes < now


def _has_broken_posting(content: bytes) -> bool:
    return b"JobPosting" in content
