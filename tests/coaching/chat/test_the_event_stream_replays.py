"""Server-sent events from a number on: reload, second tab, no seat, the end of the process (case 12, 80)."""

import json
from datetime import timedelta

import pytest

from coaching.chat import asking, conversations, events
from coaching.chat import generation as life
from coaching.chat.events import Clock, Seats
from coaching.chat.pieces import Kind, Piece
from coaching.chat.writing import Made
from coaching.models import Generation
from tests.coaching.chat.conftest import cut, later, private, write
from tests.coaching.conftest import NOW

TAG = "Batch <scr" + "ipt>alert(1)</script> & <svg/onload=alert(1)> javascript:alert(1)"


class Time:
    """A clock that only sleeping moves; ``on_sleep`` is done in between."""

    def __init__(self, on_sleep=lambda: None):
        self.passed, self.on_sleep, self.sleeps = 0.0, on_sleep, 0

    def clock(self) -> Clock:
        return Clock(lambda: NOW + timedelta(seconds=self.passed), lambda: self.passed, self.sleep)

    def sleep(self, seconds):
        self.passed += seconds
        self.sleeps += 1
        self.on_sleep()


def parsed(chunks):
    """Name, number and data of each event."""
    found = []
    for block in "".join(chunks).split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "event" in fields:
            found.append((fields["event"], int(fields.get("id", 0)), json.loads(fields["data"])))
    return found


@pytest.fixture
def stream(senior):
    def read(message, after=0, time=None):
        return parsed(events.stream(senior, message, after, (time or Time()).clock()))

    return read


@pytest.fixture
def pen(store, senior):
    """An answer that the test writes itself."""
    message = store()
    room, key = private(senior)
    return message, life.take_up(message.generation, room, key, NOW)


def test_a_complete_answer_is_replayed_to_its_end(store, stream):
    message = store()
    write(message)
    found = stream(message)
    assert [number for name, number, _data in found if name == "piece"] == [1, 2, 3]
    assert found[-1][0] == "end"
    assert found[-1][2] == {"state": "done"}
    assert all(data["cites"] for name, _n, data in found if name == "piece")


def test_a_reload_goes_on_behind_the_last_number(store, stream):
    message = store()
    write(message)
    assert [number for name, number, _data in stream(message, after=2) if name == "piece"] == [3]


def test_pieces_come_as_they_are_written(pen, stream):
    message, mine = pen

    def next_one():
        if time.sleeps <= 2:
            mine.add(Piece(Kind.NOTE, f"Piece {time.sleeps}"), time.clock().now())
        else:
            mine.end(life.State.DONE, Made(), time.clock().now())

    time = Time(next_one)
    found = stream(message, time=time)
    assert [data.get("text") for _name, _n, data in found] == ["Piece 1", "Piece 2", None]


def test_text_stays_text_whatever_it_says(pen, stream):
    message, mine = pen
    mine.add(Piece(Kind.NOTE, TAG + "\n\nevent: end\ndata: {}"), NOW)
    mine.end(life.State.DONE, Made(), NOW)
    (name, _number, data), end = stream(message)
    assert name == "piece"
    assert data["text"].startswith(TAG)
    assert end[2] == {"state": "done"}


def test_a_stream_ends_itself_and_says_that_it_is_alive_until_then(pen, senior):
    message, mine = pen
    time = Time(lambda: mine._mine("default").update(lease_until=NOW + timedelta(days=1)))
    text = "".join(events.stream(senior, message, 0, time.clock()))
    assert "event: end" not in text
    assert text.count(": still writing") >= 2
    assert events.SECONDS <= time.passed < events.SECONDS + 1


def test_a_killed_writer_ends_the_stream_within_its_lease(pen, stream):
    message, _mine = pen
    time = Time()
    assert stream(message, time=time)[-1][2] == {"state": "incomplete"}
    assert time.passed <= life.LEASE.total_seconds() + 1


def test_a_cut_answer_ends_as_incomplete(model, store, stream):
    model(["Batch orchestration stands at level 0.8 of 4. Then"], cut())
    message = store()
    write(message)
    assert stream(message)[-1][2] == {"state": "incomplete"}


def test_who_has_no_seat_gets_what_is_there_and_comes_back(pen, senior, monkeypatch):
    message, mine = pen
    mine.add(Piece(Kind.NOTE, "first"), NOW)
    monkeypatch.setattr(events, "SEATS", Seats(most=0))
    time = Time()
    text = "".join(events.stream(senior, message, 0, time.clock()))
    assert "first" in text
    assert text.startswith("retry: 1500")
    assert time.sleeps == 0


def test_one_person_holds_two_seats_and_all_together_six(senior, teammate):
    seats = Seats()
    mine = (seats.taken_by(senior.pk) for _n in range(3))
    with next(mine) as one, next(mine) as two, next(mine) as three, seats.taken_by(teammate.pk) as other:
        assert (one, two, three, other) == (True, True, False, True)
    with seats.taken_by(senior.pk) as free:
        assert free
    # Nobody who ever held one is remembered.
    assert not seats._taken


def test_a_browser_that_goes_away_gives_its_seat_back(pen, senior, monkeypatch):
    message, _mine = pen
    seats = Seats()
    monkeypatch.setattr(events, "SEATS", seats)
    flow = events.stream(senior, message, 0, Time().clock())
    next(flow), next(flow, None)
    flow.close()
    assert not seats._taken.total()


def test_a_conversation_that_was_deleted_ends_its_stream(store, stream):
    message = store()
    conversations.throw_away(message.conversation, NOW)
    assert stream(message) == [("end", 0, {"state": "gone"})]


def test_another_attempt_takes_back_what_was_shown(store, senior, stream):
    message = store()
    write(message)
    Generation.objects.update(state=life.State.INCOMPLETE)
    asking.again(senior, message, later(2)())
    write(message)
    found = [(number, data["kind"]) for name, number, data in stream(message, after=3) if name == "piece"]
    assert found[0] == (4, "over")
    assert len(found) == 4
