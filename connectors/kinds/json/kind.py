"""The kind: page after page by the source's own way of paging, read by its own paths or by convention."""

import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic_core import to_json

from careerforge.http.errors import FetchError
from connectors.kinds import described, links
from connectors.kinds.json import failures, paging, presets, settings
from connectors.kinds.json.linked import with_names
from connectors.kinds.kind import Asked, Body, End, Fetch, Fetched, Field, Listing, Preset
from connectors.parsing.entries import count_entries
from connectors.parsing.item import Parsed, unreadable
from connectors.parsing.json_feed import is_json_feed
from connectors.parsing.json_items import parse_json_items
from connectors.parsing.sniff import parse
from connectors.parsing.values import load_json, scalar

ACCEPT = "application/json, application/feed+json;q=0.9, */*;q=0.5"
LONGEST_CURSOR = 200


class Json:
    """A JSON endpoint of any shape."""

    key = "json"
    label = gettext_lazy("JSON endpoint")
    help = gettext_lazy(
        "The address of JSON: an API, a catalogue, a list of jobs. Entries and fields are found by their "
        "usual names; where they have others, say where they stand."
    )
    reading = 2
    own_shape = False
    is_remote = True
    is_listing = True
    shapes = frozenset({"json", "json_feed"})
    fields: Sequence[Field] = settings.FIELDS
    presets: Sequence[Preset] = presets.PRESETS

    def check(self, location: str) -> None:
        """Any address that the guarded client allows."""

    def problems(self, settings_: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Paths that are none, and paging that lacks a part."""
        yield from settings.problems(settings_)

    def hosts(self, asked: Asked) -> frozenset[str]:
        """The endpoint's own host."""
        return frozenset({links.host(asked.location)})

    def listing(self, asked: Asked, fetch: Fetch) -> Listing:
        """Page by page."""
        return Listing(self._bodies(asked, fetch), is_delta=bool(_token(asked)))

    def _bodies(self, asked: Asked, fetch: Fetch) -> Generator[Body, None, End]:
        turning, token = settings.turning(asked.settings), _token(asked)
        location = paging.asking(asked.location, {asked.settings["token_parameter"]: token} if token else {})
        url = paging.beginning(turning, location, asked.cursor)
        # To know the next page, this one has to be read, unless it was the only one.
        is_only = turning.family == paging.NONE or asked.since.get("pages") == 1
        seen: set[str] = set()
        while url not in seen and len(seen) < fetch.most_pages:
            seen.add(url)
            answer = fetch.get(url, accept=ACCEPT, fresh=not is_only)
            if not isinstance(answer, Fetched):
                yield answer.body()
                return End(is_complete=bool(asked.settings.get("complete")), remember=asked.since)
            document = load_json(answer.content)[0]
            page = _page(answer, document, asked)
            link = paging.following(turning, page)
            try:
                following = fetch.follow(answer.url, link) if link else None
            except FetchError as error:
                yield answer.body()
                yield fetch.failed(answer.url, error)
                return End()
            is_error = document is None or _complaint(document, asked)
            # An empty page behind the others only says that they were all.
            if page.entries or following or is_error or (len(seen) == 1 and not asked.cursor):
                cursor = _cursor(turning, following) if following else ""
                yield answer.body(cursor=cursor, essence=partial(_essence, document))
            if is_error:
                return End()
            if following is None:
                return self._end(asked, document, pages=0 if asked.cursor else len(seen))
            url = following
        return End(doubt=_("The pages of this source lead in a circle, or there are too many of them."))

    def _end(self, asked: Asked, document: object, *, pages: int) -> End:
        path = asked.settings.get("token") or ""
        token = scalar(paging.at(path, document)) if path else ""
        return End(
            is_complete=bool(asked.settings.get("complete")) and not _token(asked),
            remember={"pages": pages, "token": token or scalar(asked.since.get("token"))},
        )

    def parse(self, asked: Asked, body: Body, now: datetime) -> Parsed:
        """The entries of a page; an answer that is an error in spite of its status says so."""
        document, complaint = load_json(body.content)
        if complaint or document is None or (isinstance(document, dict) and is_json_feed(document)):
            found = parse(body.where, body.content, body.content_type, now=now)
            if found.shape not in self.shapes:
                return replace(found, items=())
            return described.described(found, asked.settings)
        failure = _complaint(document, asked)
        if failure:
            return unreadable(body.where, failure)
        mapped = settings.mapped(asked.settings, links.shown(asked.location))
        return described.described(
            parse_json_items(body.where, with_names(document), now, mapped), asked.settings
        )


def _token(asked: Asked) -> str:
    """What stands for the state of the source at the end of the last whole run, where it has such a thing."""
    return scalar(asked.since.get("token")) if asked.settings.get("token_parameter") else ""


def _complaint(document: object, asked: Asked) -> str | None:
    return failures.complaint(document, asked.settings.get("failed_when") or "")


def _page(answer: Fetched, document: object, asked: Asked) -> paging.Page:
    entries = count_entries(document, asked.settings.get("items") or None)
    return paging.Page(answer.url, document, answer.links, entries)


def _essence(document: object) -> bytes:
    """An answer without what stands alone at its top, such as the time of day, a count or a version."""
    if not isinstance(document, Mapping):
        return b""
    core = {name: value for name, value in document.items() if isinstance(value, list | dict)}
    if not core:
        return b""
    # Some kinds of answers are known by their title.
    told = [document.get("title"), core]
    try:
        return to_json(told)
    except ValueError:
        # Half a character of two, which JSON may hold and UTF-8 may not.
        return json.dumps(told).encode()


def _cursor(turning: paging.Turning, url: str) -> str:
    cursor = paging.cursor_of(turning, url)
    # A piece of an address would be another address.
    return cursor if len(cursor) <= LONGEST_CURSOR else ""


KIND = Json()
