"""What travels through the API of connections."""

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from connectors import wishes
from connectors.health.standing import PlaceStatus

# One line of text, without control characters.
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$", max_length=2000)
]
Name = Annotated[Line, Field(min_length=1, max_length=120)]
Word = Annotated[Line, Field(max_length=40)]


class AuthIn(Schema):
    """How the secret travels, without the secret."""

    mode: Literal["header", "bearer", "basic", "query", "oauth2"] = "header"
    header: Annotated[Line, Field(max_length=80)] = Field("", description="For mode header")
    extra: str = Field(
        "", max_length=1000, description="Further headers that are not secret, one a line: Name: value"
    )
    parameter: Annotated[Line, Field(max_length=80)] = Field("", description="For mode query")
    user: Annotated[Line, Field(max_length=300)] = Field("", description="User name, or the client's id")
    token_url: Line = Field("", description="For mode oauth2")
    scope: Annotated[Line, Field(max_length=500)] = ""
    in_form: bool = Field(False, description="Id and secret go in the form instead of a Basic header")


class ConnectorIn(Schema):
    """A place that documents come from. ``secret`` is write-only: left out it stays, empty it is forgotten.

    An address whose query string was left out when it was shown may come back like that: it stays as it is.
    """

    name: Name
    kind: Annotated[Line, Field(max_length=24)] = Field(..., description="Such as feed, json or folder")
    location: Line = Field(max_length=2000, min_length=1)
    audience: Literal["everyone", "coaches", "hr", "practice", "region"] = "everyone"
    audience_practice: Word = Field("", description="Slug, for the audience of one practice")
    audience_region: Word = ""
    about: Literal["company", "market"] = "market"
    interval_minutes: int = Field(60, ge=wishes.SHORTEST_INTERVAL, le=wishes.LONGEST_INTERVAL)
    paused: bool = False
    owner: Word = Field("", description="Handle of the platform administrator who looks after it")
    settings: dict[Line, Any] = Field(
        default_factory=dict, max_length=60, description="The kind's own; left out they stay as they are"
    )
    items: Annotated[Line, Field(max_length=200)] = Field(
        "", description="JMESPath to the list of entries, for JSON; the same as settings.items"
    )
    fields: dict[Line, Line] = Field(
        default_factory=dict, max_length=40, description="JMESPath per field; the same as settings.fields"
    )
    auth: AuthIn | None = Field(None, description="Left out it stays as it is")
    header: Annotated[Line, Field(max_length=80)] = Field(
        "", description="Header that carries the secret; Authorization unless said; the same as auth.header"
    )
    secret: str | None = Field(None, max_length=2000)


class LastSync(Schema):
    """How the newest synchronisation went."""

    id: UUID
    started_at: str
    finished_at: str | None
    new: int
    changed: int
    unchanged: int
    held: int = Field(..., description="New or changed, and waiting for review; in neither number")
    failed: int
    gone: int
    error: str
    suspicious: bool


class Connector(Schema):
    """A connection, without its secret."""

    id: UUID
    name: str
    kind: str
    location: str
    audience: str
    audience_practice: str
    audience_region: str
    about: str
    interval_minutes: int
    paused: bool
    owner: str
    settings: dict[str, Any]
    items: str
    fields: dict[str, str]
    auth: AuthIn
    header: str
    has_secret: bool
    state: str
    health: str = Field(
        ..., description="new, well, waiting, partly, suspicious, failing, late, gone or paused"
    )
    unhealthy_since: str | None
    next_sync_at: str | None
    last_sync: LastSync | None


class Connectors(Schema):
    """A page of connections."""

    items: list[Connector]
    count: int


class Accepted(Schema):
    """Work that was queued; ask for it at ``tasks/{task_id}``."""

    task_id: UUID


class SyncRuns(Schema):
    """The newest synchronisations, newest first."""

    items: list[LastSync]


class Place(Schema):
    """How one address, page or file of a connection is doing."""

    where: str
    state: str = Field(..., description="well, partly, failing or left_alone")
    entries: int
    last_answered_at: str | None
    last_tried_at: str | None
    seconds: float | None
    tries: int
    failures: int
    reason: str
    left_alone_until: str | None

    @classmethod
    def of(cls, status: PlaceStatus) -> "Place":
        """As the API shows it."""
        good, tried, until = (
            moment.isoformat() if moment else None
            for moment in (status.good_at, status.tried_at, status.until)
        )
        return cls(
            where=status.where, state=status.state, entries=status.items, last_answered_at=good,
            last_tried_at=tried, seconds=status.seconds, tries=status.tries, failures=status.failures,
            reason=status.reason, left_alone_until=until,
        )  # fmt: skip


class Places(Schema):
    """The places of a connection."""

    items: list[Place]
