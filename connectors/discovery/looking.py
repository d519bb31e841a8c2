"""Looking at an address and what it leads to: each candidate is tried by its kind before it is proposed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from careerforge.http.errors import BadStatus, FetchError
from connectors.discovery import recognising
from connectors.discovery.proposals import Candidate, Discovery, Proposal
from connectors.kinds import links, registry
from connectors.kinds.fetching import Limits, Session
from connectors.kinds.kind import Asked, Fetch, Fetched
from connectors.syncing import sources
from connectors.syncing.places import Unbooked

MOST_TRIED = 6
# Pages of a site that are looked at before it is said that none holds a posting.
MOST_BODIES = 8
TITLES = 3
# A person waits in front of it.
LIMITS = Limits(fetch_s=10.0, total_s=15.0, tries=1, pages=MOST_BODIES + 6, total_bytes=30_000_000)
_NEEDS_KEY = frozenset({401, 403})

Opened = Callable[[frozenset[str]], Fetch]


def discover(location: str, now: datetime) -> Discovery:
    """Look at an address through the guarded client, without credentials. Stores nothing."""
    return look(
        location, now, lambda hosts: Session(lambda s: sources.client(s), hosts, Unbooked(), limits=LIMITS)
    )


def look(location: str, now: datetime, opened: Opened) -> Discovery:
    """What an address is or leads to.

    Args:
        opened: a way to the network that may ask these hosts.
    """
    url = _completed(location)
    if url is None:
        return Discovery(reason=_("This is no address of the web."), offers_upload=True)
    known = recognising.by_address(url)
    if known:
        first = _tried(known, now, opened)
        if first.proposals:
            return first
    answer, complaint = _answer(url, opened)
    if answer is None:
        return Discovery(reason=complaint, offers_upload=True)
    candidates = recognising.by_content(answer.url, answer.content, answer.content_type, now)
    found = _tried([one for one in candidates if one not in known], now, opened)
    if found.proposals:
        return found
    reason = recognising.why_not(answer.url, answer.content, answer.content_type, now)
    by_hand = recognising.by_hand(answer.url, answer.content, answer.content_type, now)
    return Discovery((), reason, found.tried, offers_upload=True, by_hand=by_hand)


def _completed(location: str) -> str | None:
    """The address with its scheme; None for what is none."""
    text = location.strip()
    if "://" not in text and "." in text.partition("/")[0]:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.hostname else None


def _answer(url: str, opened: Opened) -> tuple[Fetched | None, str]:
    host = links.host(url)
    bare = host.removeprefix("www.")
    try:
        answer = opened(frozenset({host, bare, f"www.{bare}"})).get(url, fresh=True)
    except FetchError as error:
        if isinstance(error, BadStatus) and error.status in _NEEDS_KEY:
            words = _("If it needs a key, add it by hand as the kind it is.")
            return None, f"{error.sentence} {words}"
        return None, error.sentence
    return (answer, "") if isinstance(answer, Fetched) else (None, _("This cannot be read."))


def _tried(candidates: list[Candidate], now: datetime, opened: Opened) -> Discovery:
    proposals: list[Proposal] = []
    tried: list[str] = []
    for candidate in candidates[:MOST_TRIED]:
        if candidate.is_guess and proposals:
            continue
        found = _try(candidate, now, opened)
        if isinstance(found, Proposal):
            proposals.append(found)
        else:
            tried.append(f"{candidate.seen} {found}")
    return Discovery(tuple(proposals), "", tuple(tried))


def _try(candidate: Candidate, now: datetime, opened: Opened) -> Proposal | str:
    """A proposal if the kind finds something there, else why not."""
    kind = registry.find(candidate.kind)
    asked = Asked(candidate.location, candidate.settings)
    titles: list[str] = []
    reason = _("Nothing was found there.")
    bodies = 0
    try:
        for body in kind.listing(asked, opened(kind.hosts(asked))):
            bodies += 1
            parsed = kind.parse(asked, body, now) if not body.problem else None
            titles += [item.title for item in parsed.items] if parsed else []
            problems = parsed.problems if parsed else ()
            reason = body.problem or (problems[0].reason if problems else reason)
            if titles or bodies >= MOST_BODIES:
                break
    except FetchError as error:
        reason = error.sentence
    if not titles:
        return reason
    return Proposal(
        candidate.kind,
        candidate.location,
        candidate.settings,
        candidate.seen,
        len(titles),
        tuple(titles[:TITLES]),
    )
