"""What somebody wants a connection to be, and what speaks against it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from careerforge.governance import audit
from careerforge.http.errors import FetchError
from careerforge.knowledge.models import Collection
from careerforge.people.models import Grant, User
from careerforge.skills.models import Practice
from connectors.kinds import registry
from connectors.kinds.kind import Field, Kind
from connectors.models import Connection
from connectors.secrecy import credentials
from connectors.secrecy.credentials import Auth
from connectors.syncing import sources

SHORTEST_INTERVAL, LONGEST_INTERVAL = 5, 10_080
LONGEST_SETTING, MOST_MAPPED = 2000, 40


class Refusal(Exception):
    """The wish cannot be met; ``field_name`` says which part of it, the text says why."""

    def __init__(self, field_name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field_name = field_name


@dataclass(frozen=True)
class Wish:
    """What somebody wants a connection to be.

    Attributes:
        settings: the kind's own, by the names of its fields.
        owner: handle of who looks after it; empty for who looks after it now, or who adds it.
        secret: None leaves it as it is, and empty forgets it.
    """

    name: str
    kind: str
    location: str = field(repr=False)
    audience: str = "everyone"
    audience_practice: str = ""
    audience_region: str = ""
    about: str = "market"
    interval_minutes: int = 60
    paused: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    auth: Auth = field(default_factory=Auth)
    owner: str = ""
    secret: str | None = field(default=None, repr=False)

    @property
    def own_settings(self) -> dict[str, Any]:
        """The settings that say something: what is empty goes by convention, and is not stored."""
        return {
            name: value
            for name, value in self.settings.items()
            # A number that is 0 says something.
            if value is not False and value not in ("", None, {}, [])
        }


def problems(user: User, wish: Wish, connection: Connection | None) -> list[Refusal]:
    """Everything that speaks against a wish, each for one field. A refused place is recorded."""
    try:
        kind = registry.find(wish.kind)
    except LookupError:
        return [Refusal("kind", _("There is no such kind of source."))]
    found = [*_name(wish, connection), *_audience(wish), *_settings(wish, kind), *_owner(wish)]
    found += _key(wish, kind, connection)
    found += [Refusal(*one) for one in credentials.problems(wish.auth, wish.secret)]
    if not SHORTEST_INTERVAL <= wish.interval_minutes <= LONGEST_INTERVAL:
        found.append(Refusal("interval_minutes", _("Choose between 5 minutes and a week (10,080 minutes).")))
    return found + list(_place(user, wish, connection))


def _place(user: User, wish: Wish, connection: Connection | None) -> Iterator[Refusal]:
    """Both the source and who gives out tokens for it are looked at before anything is stored."""
    wanted = [("location", wish.kind, wish.location)]
    if wish.auth.origins:
        wanted.append(("token_url", "", wish.auth.token_url))
    for name, kind, place in wanted:
        if not place:
            yield Refusal(name, _("This has to be filled in."))
            continue
        try:
            if kind:
                sources.check(kind, place)
            else:
                sources.client(sources.CHECK_S).vet(place)
        except FetchError as error:
            audit.record(user, "connection.refused", target=connection, kind=wish.kind, code=error.code)
            yield Refusal(name, error.sentence)


def _key(wish: Wish, kind: Kind, connection: Connection | None) -> Iterator[Refusal]:
    """A new address holds no secret: it is stored and shown in clear."""
    is_known = connection is not None and connection.location == wish.location
    if is_known or not kind.is_remote or not (name := credentials.key_in(wish.location)):
        return
    sentence = _(
        "Leave “%(name)s” out of the address and put its value into “Secret”, which is sealed. It travels "
        "“In the address, as a parameter”."
    )
    yield Refusal("location", sentence % {"name": name})


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


def _owner(wish: Wish) -> Iterator[Refusal]:
    if wish.owner and not owners().filter(handle=wish.owner).exists():
        yield Refusal("owner", _("Choose a platform administrator."))


def owners() -> Any:
    """Who may look after a connection: the platform administrators."""
    return User.objects.filter(grants__kind=Grant.Kind.ADMIN_PLATFORM, state=User.State.ACTIVE)


def _settings(wish: Wish, kind: Kind) -> Iterator[Refusal]:
    fields = {one.name: one for one in kind.fields}
    fits = True
    for name, value in wish.own_settings.items():
        sentence = _misfit(fields.get(name), value)
        if sentence:
            fits = False
            yield Refusal(name, sentence)
    for one in kind.fields:
        if one.required and not wish.own_settings.get(one.name):
            yield Refusal(one.name, _("This has to be filled in."))
    if fits:
        yield from (Refusal(*one) for one in kind.problems(wish.own_settings))


def _misfit(wanted: Field | None, value: Any) -> str:
    """Why a value cannot be one of this field; empty when it can."""
    if wanted is None:
        return _("This kind of source has no such setting.")
    if wanted.type == "mapping":
        return "" if _is_mapping(value) else _("Give one path in quotes per field name.")
    if wanted.type == "yes_no":
        return "" if isinstance(value, bool) else _("Answer with yes or no.")
    if wanted.type == "number":
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if is_number and wanted.lowest <= value <= wanted.highest:
            return ""
        return _("Give a whole number from %(a)s to %(b)s.") % {"a": wanted.lowest, "b": wanted.highest}
    if not isinstance(value, str) or len(value) > LONGEST_SETTING or "\0" in value:
        return _("Give a text of at most %(n)s letters.") % {"n": LONGEST_SETTING}
    if wanted.type == "choice" and value not in {key for key, _label in wanted.choices}:
        return _("Choose one of those that are offered.")
    return ""


def _is_mapping(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and len(value) <= MOST_MAPPED
        and all(
            isinstance(one, str) and len(one) <= LONGEST_SETTING for pair in value.items() for one in pair
        )
    )
