"""Asking for one address: up to three tries, in time, in turn, with its own credentials, on its own host."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from careerforge.http.errors import BadStatus, FetchError, Refused, TimedOut, TooLarge, Unreachable
from connectors.kinds.fetching import Credentials, Limits, Session
from connectors.kinds.kind import Fetched, NotModified
from connectors.kinds.manners import NotYet
from tests.http.conftest import Net

HOST, URL = "news.example", "http://news.example/feed"


@dataclass
class Notes:
    """A book in memory; ``waits`` are the seconds to wait for the next turns."""

    validators: tuple[str, str] = ("", "")
    waits: list[float] = field(default_factory=list)
    well: list[tuple[str, int]] = field(default_factory=list)
    ill: list[tuple[str, str, int]] = field(default_factory=list)
    closed: list[tuple[str, timedelta]] = field(default_factory=list)

    def known(self, place):
        return self.validators

    def admit(self, place):
        pass

    def turn(self, host):
        return self.waits.pop(0) if self.waits else 0.0

    def told_to_wait(self, host, wait):
        self.closed.append((host, wait))

    def answered(self, place, where, seconds, tries):
        self.well.append((where, tries))

    def failed(self, place, where, error, tries):
        self.ill.append((where, error.code, tries))


@dataclass
class Desk:
    """A session with everything that it touches. The clock moves only while it rests."""

    net: Net
    notes: Notes = field(default_factory=Notes)
    rests: list[float] = field(default_factory=list)
    now: float = 0.0
    beats: int = 0

    def session(self, credentials=None, limits=None, hosts=(HOST,), **rest) -> Session:
        return Session(
            lambda seconds: self.net.client(timeout_s=min(seconds, 5.0)),
            frozenset(hosts),
            self.notes,
            credentials,
            limits=limits or Limits(),
            pause=self._rest,
            clock=lambda: self.now,
            beat=self._beat,
            **rest,
        )

    def _rest(self, seconds: float) -> None:
        self.rests.append(seconds)
        self.now += seconds

    def _beat(self) -> None:
        self.beats += 1


@pytest.fixture
def desk(net) -> Desk:
    return Desk(net)


def script(*answers: bytes):
    """A server that gives one answer after the other, the last one for ever."""
    left = list(answers)
    return lambda connection, head: connection.sendall(left.pop(0) if len(left) > 1 else left[0])


def test_an_answer_carries_what_a_kind_needs(desk, reply) -> None:
    link = '<http://news.example/feed?page=2>; rel="next", <x>; rel=prev'
    answer = reply(b"{}", Link=link, ETag='"1"', Content_Type="application/json; charset=x")
    desk.net.serve(answer, HOST)
    found = desk.session().get(f"{URL}?key=1#part")
    assert isinstance(found, Fetched)
    assert (found.where, found.place) == (URL, f"{URL}?key=1")
    assert found.links == {"next": "http://news.example/feed?page=2", "prev": "x"}
    body = found.body(cursor="2")
    assert (body.content, body.etag, body.cursor) == (b"{}", '"1"', "2")
    assert body.content_type == "application/json; charset=x"
    assert desk.notes.well == [(URL, 1)]


@pytest.mark.parametrize("status", ["500 Oops", "502 Bad", "503 Later", "429 Slow", "408 Slow"])
def test_what_may_pass_is_asked_three_times_at_most(desk, reply, status) -> None:
    origin = desk.net.serve(reply(b"", status), HOST)
    with pytest.raises(BadStatus):
        desk.session().get(URL)
    assert len(origin.requests) == 3
    assert desk.rests == [1.0, 2.0]
    assert desk.notes.ill == [(URL, f"status_{status[:3]}", 3)]
    assert desk.beats == 3


@pytest.mark.parametrize("status", ["401 Who", "403 No", "404 Where", "410 Gone", "400 What"])
def test_what_does_not_pass_is_asked_once(desk, reply, status) -> None:
    origin = desk.net.serve(reply(b"", status), HOST)
    with pytest.raises(BadStatus):
        desk.session().get(URL)
    assert len(origin.requests) == 1
    assert desk.rests == []


def test_a_flapping_source_is_read_at_the_second_try(desk, reply) -> None:
    desk.net.serve(script(reply(b"", "500 Oops"), reply(b"fine")), HOST)
    assert desk.session().get(URL).content == b"fine"
    assert desk.notes.well == [(URL, 2)]


def test_a_short_wait_that_the_source_asks_for_is_waited(desk, reply) -> None:
    desk.net.serve(script(reply(b"", "429 Slow", Retry_After="7"), reply(b"fine")), HOST)
    assert desk.session().get(URL).content == b"fine"
    assert desk.rests == [7.0]
    assert desk.notes.closed == [(HOST, timedelta(seconds=7))]


def test_a_long_one_ends_it_and_is_passed_on(desk, reply) -> None:
    origin = desk.net.serve(reply(b"", "503 Later", Retry_After="3600"), HOST)
    with pytest.raises(BadStatus) as caught:
        desk.session().get(URL)
    assert caught.value.retry_after == 3600
    assert len(origin.requests) == 1
    assert desk.notes.closed == [(HOST, timedelta(hours=1))]


def test_it_waits_for_its_turn(desk, reply) -> None:
    desk.net.serve(reply(), HOST)
    desk.notes.waits = [2.5]
    desk.session().get(URL)
    assert desk.rests == [2.5]


def test_a_turn_beyond_its_time_is_not_waited_for(desk, reply) -> None:
    origin = desk.net.serve(reply(), HOST)
    desk.notes.waits = [61.0]
    with pytest.raises(NotYet, match="less often") as caught:
        desk.session().get(URL)
    assert caught.value.wait == 61
    assert origin.requests == desk.rests == []


def test_tries_and_waits_share_the_time_of_one_address(desk, reply) -> None:
    origin = desk.net.serve(reply(b"", "500 Oops"), HOST)
    with pytest.raises(BadStatus):
        desk.session(limits=Limits(fetch_s=2.0)).get(URL)
    assert len(origin.requests) == 2
    assert desk.now == 1.0


def test_an_address_that_turned_internal_is_not_tried_again(desk) -> None:
    desk.net.name(HOST, ["10.0.0.5"])
    with pytest.raises(Refused):
        desk.session().get(URL)
    assert desk.net.connected == desk.rests == []


def test_validators_are_sent_unless_the_whole_page_is_wanted(desk, reply) -> None:
    desk.notes.validators = ('"1"', "Sat, 21 Nov 2026 10:00:00 GMT")
    origin = desk.net.serve(script(b"HTTP/1.1 304 Not Modified\r\n\r\n", reply(b"whole")), HOST)
    session = desk.session()
    kept = session.get(URL)
    assert isinstance(kept, NotModified)
    assert kept.body().unchanged
    assert (kept.etag, kept.last_modified) == desk.notes.validators
    assert session.get(URL, fresh=True).content == b"whole"
    assert ["if-none-match" in head.lower() for head in origin.requests] == [True, False]


def test_not_modified_that_nobody_asked_for_is_a_fault(desk) -> None:
    desk.net.serve(b"HTTP/1.1 304 Not Modified\r\n\r\n", HOST)
    with pytest.raises(Unreachable, match="not asked"):
        desk.session().get(URL)


@pytest.mark.parametrize(
    "link",
    [
        "http://other.example/2",
        "//other.example/2",
        "https://news.example.evil.example/",
        "ftp://x/",
        "http://[",
    ],
)
def test_a_link_to_another_host_is_not_followed(desk, link) -> None:
    with pytest.raises(Refused, match="another host"):
        desk.session().follow(URL, link)


def test_a_link_is_made_whole_and_never_loses_its_lock(desk) -> None:
    session = desk.session()
    assert session.follow(URL, "?page=2") == f"{URL}?page=2"
    assert session.follow(URL, "https://NEWS.example/x") == "https://NEWS.example/x"
    with pytest.raises(Refused):
        session.follow("https://news.example/feed", "http://news.example/2")


def test_no_other_host_is_asked(desk, reply) -> None:
    other = desk.net.serve(reply(), "other.example", "93.184.216.35")
    with pytest.raises(Refused, match="another host; only links on"):
        desk.session().get("http://other.example/")
    assert other.requests == []


def test_a_page_that_moved_has_its_links_where_it_is_now(desk, reply) -> None:
    desk.net.serve(reply(b"", "301 Moved", Location="http://www.example/feed"), HOST)
    there = desk.net.serve(reply(b"here"), "www.example", "93.184.216.35")
    session = desk.session(Credentials(("http", HOST, 80), {"Authorization": "s3cr3t"}))
    found = session.get(URL)
    assert session.get(session.follow(found.url, "/2")).content == b"here"
    assert not [head for head in there.requests if "s3cr3t" in head]


def test_a_secret_in_the_query_goes_to_its_own_origin_and_is_seen_nowhere(desk, reply) -> None:
    origin = desk.net.serve(reply(), HOST)
    shown = Credentials(("http", HOST, 80), query={"key": "s3 cr3t"})
    found = desk.session(shown).get(f"{URL}?page=1&key=old")
    assert "GET /feed?page=1&key=s3+cr3t HTTP" in origin.requests[0]
    assert found.place == f"{URL}?page=1"
    assert "cr3t" not in repr(found)
    assert "cr3t" not in repr(shown)


def test_another_port_or_scheme_gets_no_credentials(desk, reply) -> None:
    origin = desk.net.serve(reply(), HOST)
    desk.session(Credentials(("https", HOST, 443), {"X-Key": "s3cr3t"}, {"k": "s3cr3t"})).get(URL)
    assert "s3cr3t" not in origin.requests[0]


def test_a_rejected_token_is_renewed_once(desk, reply) -> None:
    home = ("http", HOST, 80)
    answers = script(reply(b"", "401 Who"), reply(b"fine"))
    origin = desk.net.serve(answers, HOST)
    session = desk.session(
        Credentials(home, {"Authorization": "Bearer old"}),
        renew=lambda: Credentials(home, {"Authorization": "Bearer new"}),
    )
    assert session.get(URL).content == b"fine"
    assert "Bearer new" in origin.requests[1]


def test_a_source_that_always_rejects_gets_no_storm(desk, reply) -> None:
    origin = desk.net.serve(reply(b"", "401 Who"), HOST)
    session = desk.session(renew=lambda: None)
    with pytest.raises(BadStatus, match="rejected the credentials"):
        session.get(URL)
    assert len(origin.requests) == 2


def test_pages_bytes_and_time_are_bounded(desk, reply) -> None:
    desk.net.serve(reply(b"x" * 1000), HOST)
    few = Limits(pages=2, total_bytes=10**9)
    session = desk.session(limits=few)
    session.get(URL)
    session.get(URL)
    with pytest.raises(Refused, match="more than 2 pages"):
        session.get(URL)
    session = desk.session(limits=replace(few, pages=9, total_bytes=1500))
    session.get(URL)
    session.get(URL)
    with pytest.raises(TooLarge, match="altogether"):
        session.get(URL)
    session = desk.session(limits=Limits(total_s=10))
    desk.now += 11
    with pytest.raises(TimedOut, match="no time left"):
        session.get(URL)


def test_after_five_failures_in_a_row_the_others_are_left_alone(desk, reply) -> None:
    origin = desk.net.serve(reply(b"", "404 Where"), HOST)
    session = desk.session()
    sentences = []
    for number in range(8):
        with pytest.raises(FetchError) as caught:
            session.get(f"{URL}/{number}")
        sentences.append(caught.value.sentence)
    assert len(origin.requests) == 5
    assert sentences[5:] == ["5 addresses in a row failed; the others were left alone this time."] * 3


def test_a_failed_page_becomes_a_reason(desk) -> None:
    body = desk.session().failed(f"{URL}?key=1", FetchError("It was closed.", "x"))
    assert (body.where, body.problem, body.content) == (URL, "It was closed.", b"")


def test_odd_validators_are_not_kept(desk, reply) -> None:
    desk.net.serve(reply(b"", ETag='"' + "x" * 600 + '"'), HOST)
    assert desk.session().get(URL).etag == ""
