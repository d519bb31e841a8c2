"""Working days, by the company's clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from careerforge.assistant.reviewing.deadline import deadline

BERLIN = ZoneInfo("Europe/Berlin")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("submitted", "days", "due"),
    [
        ("2026-11-17 15:30", 3, "2026-11-20 15:30"),
        ("2026-11-19 15:30", 3, "2026-11-24 15:30"),
        ("2026-11-20 09:00", 1, "2026-11-23 09:00"),
        ("2026-11-20 09:00", 5, "2026-11-27 09:00"),
        # From a weekend it counts from Monday's first minute.
        ("2026-11-21 12:00", 1, "2026-11-24 00:00"),
        ("2026-11-22 23:59", 3, "2026-11-26 00:00"),
    ],
)
def test_so_many_working_days_later_at_the_same_time(submitted, days, due):
    assert deadline(at(submitted), days, BERLIN) == at(due)


def test_the_day_is_the_companys_not_utcs():
    late_on_friday = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert deadline(late_on_friday, 1, BERLIN) == at("2026-11-24 00:00")


def test_the_clock_time_stays_when_clocks_are_put_back():
    assert deadline(at("2026-10-23 10:00"), 1, BERLIN) == at("2026-10-26 10:00")
