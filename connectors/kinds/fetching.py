"""The one way out for kinds: guarded, polite, bounded, conditional, and a few tries at most.

A session serves one synchronisation. What has to outlive it, such as validators, failures and the turns at a
host, is in its :class:`Book`, which the database keeps for all workers.
"""

import time
from collections.abc import Callable
from datetime import timedelta

from django.utils.translation import gettext as _

from careerforge.http.client import Fetched as Answer
from careerforge.http.client import GuardedClient
from careerforge.http.errors import BadStatus, FetchError, Refused, TimedOut, TooLarge, Unreachable
from connectors.kinds import links
from connectors.kinds.kind import ABSENT, Body, Fetched, NotModified
from connectors.kinds.manners import USUAL, Book, Credentials, Limits, NotYet

__all__ = ["USUAL", "Book", "Credentials", "Limits", "Session"]

ACCEPT = (
    "application/feed+json, application/json, application/rss+xml, application/atom+xml, text/html, */*;q=0.5"
)
_LONGEST_ETAG, _LONGEST_DATE = 500, 100
# An answer that may be another one in a second.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_LASTING = frozenset({"tls", "encoding", "unknown_name", "proxy", "status_304"})


class Session:
    """A :class:`~connectors.kinds.kind.Fetch` for one synchronisation.

    Args:
        client: makes the guarded client for so many seconds. The seam to the network.
        hosts: where pages may be fetched from.
        renew: fetches fresh credentials after a 401, once.
        beat: called before each request, as a sign of life.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        client: Callable[[float], GuardedClient],
        hosts: frozenset[str],
        book: Book,
        credentials: Credentials | None = None,
        *,
        limits: Limits = USUAL,
        renew: Callable[[], Credentials | None] | None = None,
        beat: Callable[[], None] = lambda: None,
        pause: Callable[[float], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client, self._hosts, self._book = client, hosts, book
        self._credentials, self._renew = credentials, renew
        self._limits, self._beat, self._clock = limits, beat, clock
        self._pause = pause or (lambda seconds: rest(seconds))
        self._end = clock() + limits.total_s
        self.pages = self.bytes = self._failed_in_a_row = 0
        # By host: the seconds it wants between two requests, and when it was asked last.
        self._paces: dict[str, float] = {}
        self._asked_at: dict[str, float] = {}

    @property
    def most_pages(self) -> int:
        """How many pages this synchronisation may ask for."""
        return self._limits.pages

    def where(self, url: str) -> str:
        """An address as it may be shown."""
        return links.shown(url)

    def follow(self, url: str, link: str) -> str:
        """The absolute address of a link, if it stays on the host."""
        return links.followed(url, link)

    def known(self, place: str) -> tuple[str, str]:
        """The validators of a place."""
        return self._book.known(place)

    def failed(self, url: str, error: Exception) -> Body:
        """A page that could not be had, with the reason."""
        return Body(self.where(url), place=self._place(url), problem=str(error))

    def get(self, url: str, *, accept: str = "", fresh: bool = False) -> Fetched | NotModified:
        """Ask for an address, up to three times.

        Raises:
            FetchError: it could not be had; the text is for people.
        """
        answer = self.ask(url, accept=accept, fresh=fresh, absent=frozenset())
        assert answer is not None
        return answer

    def ask(
        self, url: str, *, accept: str = "", fresh: bool = False, absent: frozenset[int] = ABSENT
    ) -> Fetched | NotModified | None:
        """Like :meth:`get`; None for a status that says that there is nothing, which is no failure.

        Raises:
            FetchError: it could not be had; the text is for people.
        """
        place, where = self._place(url), self.where(url)
        self._check(url)
        self._book.admit(place)
        validators = ("", "") if fresh else self._book.known(place)
        self.pages += 1
        started = self._clock()
        attempt = _Attempt(self, url, accept or ACCEPT, validators)
        try:
            answer = attempt.answer()
        except FetchError as error:
            if isinstance(error, BadStatus) and error.status in absent:
                self._failed_in_a_row = 0
                return None
            self._failed_in_a_row += 1
            self._book.failed(place, where, error, attempt.tries)
            raise
        self._failed_in_a_row = 0
        self.bytes += len(answer.body)
        # A page that moved has its links where it is now. Credentials do not move.
        self._hosts |= {links.host(answer.url)}
        seconds = self._clock() - started
        self._book.answered(place, where, seconds, attempt.tries)
        if answer.status == 304:
            return NotModified(where, place, *validators, seconds=seconds)
        return _fetched(answer, where, place, seconds)

    def pace(self, url: str, seconds: float) -> None:
        """Leave so many seconds between two requests to the host of an address."""
        self._paces[links.host(url)] = seconds

    def pace_left(self, host: str) -> float:
        """How long a host is to be left alone still, by its own wish."""
        return self._asked_at.get(host, self._clock() - 1e9) + self._paces.get(host, 0.0) - self._clock()

    def asking(self, host: str) -> None:
        """A request to a host begins."""
        self._asked_at[host] = self._clock()

    def _place(self, url: str) -> str:
        return links.without_parameters(url, self._credentials.query if self._credentials else ())

    def _check(self, url: str) -> None:
        """Whether the rules and limits allow one more request."""
        if links.host(url) not in self._hosts:
            raise links.other_host(", ".join(sorted(self._hosts)))
        if self.pages >= self._limits.pages:
            raise Refused(
                _("The source has more than %(n)s pages; the others were not read.")
                % {"n": self._limits.pages},
                "pages",
            )
        if self.bytes >= self._limits.total_bytes:
            most = self._limits.total_bytes // 1_000_000
            raise TooLarge(_("The source sends more than %(n)s MB altogether.") % {"n": most}, "too_large")
        if self._failed_in_a_row >= self._limits.in_a_row:
            raise Unreachable(
                _("%(n)s addresses in a row failed; the others were left alone this time.")
                % {"n": self._failed_in_a_row},
                "given_up",
            )
        if self._clock() >= self._end:
            raise TimedOut(_("There was no time left for this page."), "no_time")


def rest(seconds: float) -> None:
    """Wait. The one place where a synchronisation does nothing."""
    time.sleep(seconds)


class _Attempt:
    """One address, asked up to three times within its time."""

    def __init__(self, session: Session, url: str, accept: str, validators: tuple[str, str]) -> None:
        self._session, self._url, self._accept, self._validators = session, url, accept, validators
        self._end = min(session._clock() + session._limits.fetch_s, session._end)
        self._is_renewed = False
        self.tries = 0

    def answer(self) -> Answer:
        """The answer, or the last try's error."""
        while True:
            self._await_turn()
            self.tries += 1
            try:
                return self._once()
            except FetchError as error:
                self._before_next(error)

    def _left(self) -> float:
        return self._end - self._session._clock()

    def _await_turn(self) -> None:
        host = links.host(self._url)
        wait = max(self._session._book.turn(host), self._session.pace_left(host))
        if wait > max(self._left(), 0):
            told = _("%(host)s asked to be called less often; it is asked again later.") % {"host": host}
            raise NotYet(told, "not_yet", wait)
        if wait > 0:
            self._session._pause(wait)

    def _once(self) -> Answer:
        session, credentials = self._session, self._session._credentials
        session._beat()
        session.asking(links.host(self._url))
        headers = {"Accept": self._accept}
        etag, last_modified = self._validators
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": last_modified} if last_modified else {}
        url = self._url
        if credentials and links.origin(url) == credentials.origin:
            headers |= credentials.headers
            url = links.with_parameters(url, credentials.query)
        answer = session._client(max(self._left(), 0.001)).get(url, headers)
        if answer.status == 304 and not (etag or last_modified):
            raise Unreachable(
                _("The source says that nothing changed, though it was not asked that."), "status_304"
            )
        return answer

    def _before_next(self, error: FetchError) -> None:
        """Wait for the next try, or give up with the error."""
        session = self._session
        wait = session._limits.first_wait_s * 2 ** (self.tries - 1)
        if isinstance(error, BadStatus) and error.retry_after:
            wait = max(wait, error.retry_after)
            session._book.told_to_wait(links.host(self._url), timedelta(seconds=error.retry_after))
        if isinstance(error, BadStatus) and error.status == 401 and session._renew and not self._is_renewed:
            self._is_renewed = True
            session._credentials = session._renew()
            return
        if self.tries >= session._limits.tries or not _is_passing(error) or wait >= self._left():
            raise error
        session._pause(wait)


def _is_passing(error: FetchError) -> bool:
    """Whether the same request may succeed in a second."""
    if isinstance(error, BadStatus):
        return error.status in _PASSING
    return isinstance(error, Unreachable | TimedOut) and error.code not in _LASTING


def _fetched(answer: Answer, where: str, place: str, seconds: float) -> Fetched:
    return Fetched(
        url=answer.url,
        content=answer.body,
        content_type=answer.headers.get("content-type"),
        headers=answer.headers,
        links=links.of_header(answer.headers.get("link", "")),
        where=where,
        place=place,
        etag=_validator(answer.headers.get("etag", ""), _LONGEST_ETAG),
        last_modified=_validator(answer.headers.get("last-modified", ""), _LONGEST_DATE),
        seconds=seconds,
    )


def _validator(value: str, longest: int) -> str:
    """A validator to send back; one that is too long or odd is not kept, for a piece of it would be
    another.
    """
    return value if len(value) <= longest and value.isascii() and value.isprintable() else ""
