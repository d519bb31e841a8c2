"""Which of a site's pages are asked for in one synchronisation, and in which order. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import urljoin, urlsplit

from connectors.kinds.careers.sitemap import Entry
from connectors.kinds.links import without_parameters
from connectors.parsing.canonical import canonical_url

MOST_PAGES = 5_000
# Pages without a date that are asked anew in one run; the others have their turn in the next ones.
ASKED_ANEW = 200
_JOBS = re.compile(
    r"/(?:[\w-]{0,80}[-_])?(?:jobs?|careers?|vacanc(?:y|ies)|positions?|openings?|stellen\w{0,20}|karriere"
    r"|jobangebote?|offres?|emplois?|carrieres?|empleos?|ofertas?|trabajos?|vagas?|lavoro|posizioni|praca"
    r"|oferty?|kariera|werken|vacatures?|stillinger?|jobb|tyopaikat)(?:[-_][\w-]{0,200})?(?:/|\.html?\Z|\Z)",
    re.IGNORECASE,
)

Known = Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """``ask`` in this order; ``keep`` is listed, known, not asked this time; ``done`` an earlier attempt has
    asked. ``is_cut``: there are more.
    """

    ask: tuple[Entry, ...]
    keep: tuple[Entry, ...]
    done: tuple[Entry, ...] = ()
    is_cut: bool = False


def key(url: str) -> str:
    """What stands for a page in what is remembered: 12 hex digits."""
    return blake2b(canonical_url(url).encode("utf-8", "replace"), digest_size=6).hexdigest()


def about_jobs(entries: Iterable[Entry], wanted: str, location: str) -> list[Entry]:
    """The pages to look at, each once: those whose address contains ``wanted``; without it those that look
    like jobs; if none does, those below the location's own path.
    """
    unique = list({canonical_url(entry.url): entry for entry in entries}.values())
    if wanted:
        return [entry for entry in unique if wanted.lower() in entry.url.lower()]
    path = urlsplit(location).path.rsplit("/", 1)[0] + "/"
    return [entry for entry in unique if _JOBS.search(_path(entry.url))] or [
        entry for entry in unique if _path(entry.url).startswith(path)
    ]


def plan(entries: Sequence[Entry], known: Known, turn: int, after: str = "") -> Plan:
    """New and changed pages first, then some of those that do not say when they changed.

    Args:
        known: by :func:`key` what a page said of its last change when it was read.
        turn: counts the runs, so that every page without a date has its turn.
        after: an earlier attempt of this run got this far.
    """
    listed = sorted(entries[:MOST_PAGES], key=lambda entry: entry.url)
    new = [entry for entry in listed if known.get(key(entry.url)) != entry.changed]
    same = [entry for entry in listed if known.get(key(entry.url)) == entry.changed]
    undated = [entry for entry in same if not entry.changed]
    shares = max(-(-len(undated) // ASKED_ANEW), 1)
    again = [entry for entry in undated if int(key(entry.url), 16) % shares == turn % shares]
    ask = [*new, *again]
    urls = [entry.url for entry in ask]
    done = urls.index(after) + 1 if after in urls else 0
    asked = set(urls)
    keep = [entry for entry in same if entry.url not in asked]
    return Plan(tuple(ask[done:]), tuple(keep), tuple(ask[:done]), len(entries) > MOST_PAGES)


def links_to_jobs(base: str, links: Iterable[str], wanted: str) -> list[Entry]:
    """The pages of the same host that a page links to and that look like jobs, in their order."""
    host = urlsplit(base).hostname
    found: dict[str, Entry] = {}
    for link in links:
        try:
            url = without_parameters(urljoin(base, link.strip()), ())
            is_here = urlsplit(url).hostname == host and url.startswith(("http://", "https://"))
        except ValueError:
            continue
        is_wanted = wanted.lower() in url.lower() if wanted else bool(_JOBS.search(_path(url)))
        if is_here and is_wanted and canonical_url(url) != canonical_url(base):
            found.setdefault(canonical_url(url), Entry(url))
    return list(found.values())[:MOST_PAGES]


def _path(url: str) -> str:
    try:
        return urlsplit(url).path or "/"
    except ValueError:
        return "/"
