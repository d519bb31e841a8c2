"""What somebody wants a connection to be, and what speaks against it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import jmespath
from django.utils.translation import gettext as _
from jmespath.exceptions import JMESPathError

from careerforge.governance import audit
from careerforge.http.errors import FetchError
from careerforge.knowledge.models import Collection
from careerforge.people.models import User
from careerforge.skills.models import Practice
from connectors import sources
from connectors.models import Connection

SHORTEST_INTERVAL, LONGEST_INTERVAL = 5, 10_080
_HEADER = re.compile(r"[A-Za-z0-9-]{1,80}\Z")
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*\Z")
# Headers that every origin gets to see, or that the client sets itself.
_NO_PLACE_FOR_A_SECRET = {
    "accept", "accept-encoding", "accept-language", "connection", "content-length", "cookie", "host",
    "if-modified-since", "if-none-match", "te", "transfer-encoding", "upgrade", "user-agent",
}  # fmt: skip


class Refusal(Exception):
    """The wish cannot be met; ``field_name`` says which part of it, the text says why."""

    def __init__(self, field_name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field_name = field_name


@dataclass(frozen=True)
class Wish:
    """What somebody wants a connection to be."""

    name: str
    kind: str
    location: str = field(repr=False)
    audience: str = "everyone"
    audience_practice: str = ""
    audience_region: str = ""
    about: str = "market"
    interval_minutes: int = 60
    paused: bool = False
    items: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    header: str = ""
    # None: leave the secret as it is. Empty: forget it.
    secret: str | None = field(default=None, repr=False)


def problems(user: User, wish: Wish, connection: Connection | None) -> list[Refusal]:
    """Everything that speaks against a wish, each for one field. A refused place is recorded."""
    found = [*_name(wish, connection), *_audience(wish), *_paths(wish), *_secret(wish)]
    if not SHORTEST_INTERVAL <= wish.interval_minutes <= LONGEST_INTERVAL:
        found.append(Refusal("interval_minutes", _("Choose between 5 minutes and a week (10,080 minutes).")))
    try:
        sources.check(wish.kind, wish.location)
    except FetchError as error:
        audit.record(user, "connection.refused", target=connection, kind=wish.kind, code=error.code)
        found.append(Refusal("location", error.sentence))
    return found


def _name(wish: Wish, connection: Connection | None) -> Iterator[Refusal]:
    taken = Collection.objects.filter(name=wish.name)
    if connection is not None:
        taken = taken.exclude(pk=connection.collection_id)
    if taken.exists():
        yield Refusal("name", _("Another connection or collection has this name."))


def _audience(wish: Wish) -> Iterator[Refusal]:
    practices = Practice.objects.filter(slug=wish.audience_practice)
    if wish.audience == Collection.Audience.PRACTICE and not practices.exists():
        yield Refusal("audience_practice", _("Choose the practice that may read this."))
    if wish.audience == Collection.Audience.REGION and not wish.audience_region:
        yield Refusal("audience_region", _("Name the region that may read this."))


def _paths(wish: Wish) -> Iterator[Refusal]:
    broken = _("This is not a valid JMESPath expression.")
    if not is_path(wish.items):
        yield Refusal("items", broken)
    if not all(is_path(path) for path in wish.fields.values()):
        yield Refusal("fields", broken)


def is_path(text: str) -> bool:
    """Whether a text is empty or a JMESPath that can be followed."""
    try:
        return not text or bool(jmespath.compile(text))
    except (JMESPathError, ValueError, RecursionError):
        return False


def _secret(wish: Wish) -> Iterator[Refusal]:
    if wish.header and (not _HEADER.match(wish.header) or wish.header.lower() in _NO_PLACE_FOR_A_SECRET):
        yield Refusal(
            "header", _("A secret cannot travel in this header. Usual ones: Authorization, X-API-Key.")
        )
    if wish.secret and not _HEADER_VALUE.match(wish.secret):
        yield Refusal("secret", _("The secret holds characters that a header cannot carry."))
