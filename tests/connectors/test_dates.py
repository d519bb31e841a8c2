"""Every date that sources were seen to send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.parsing.dates import parse_date, published


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1790412915, "2026-09-26T08:55:15+00:00"),
        ("1790412915", "2026-09-26T08:55:15+00:00"),
        (1518532487000, "2018-02-13T14:34:47+00:00"),
        ("/Date(1518532487000)/", "2018-02-13T14:34:47+00:00"),
        ("/Date(-86400000+0000)/", "1969-12-31T00:00:00+00:00"),
        ("/Date(253402214400000)/", None),
        ("4712-12-31", None),
        ("2026-09-18 12:55:59 UTC", "2026-09-18T12:55:59+00:00"),
        ("2023-08-24T23:59:59.9970", "2023-08-24T23:59:59.997000+00:00"),
        ("2023-07-26T00:00:00.0000", "2023-07-26T00:00:00+00:00"),
        ("2010-01-01T00:00:00+00:53", "2009-12-31T23:07:00+00:00"),
        ("2026-09-21T12:55:11", "2026-09-21T12:55:11+00:00"),
        ("2020-01-04T01:00:00+0100", "2020-01-04T00:00:00+00:00"),
        ("2026-08-06T12:50:10-04:00", "2026-08-06T16:50:10+00:00"),
        ("2013-09-12T21:01:50Z", "2013-09-12T21:01:50+00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00"),
        ("Mon, 16 Sep 2013 16:13:44 GMT", "2013-09-16T16:13:44+00:00"),
        ("Dec. 4, 2020", "2020-12-04T00:00:00+00:00"),
        ("4th December 2020", "2020-12-04T00:00:00+00:00"),
        ("08 May 2026", "2026-05-08T00:00:00+00:00"),
        ("2026-03", "2026-03-01T00:00:00+00:00"),
        ("20260918", "2026-09-18T00:00:00+00:00"),
        (datetime(2026, 1, 1), "2026-01-01T00:00:00+00:00"),  # noqa: DTZ001
        ("2026", None),
        (2026, None),
        ("", None),
        (None, None),
        (True, None),
        ("soon", None),
        ("2026-02-30", None),
        ("0001-01-01T00:00:00+23:00", None),
        ("9999-12-31T23:59:59-12:00", None),
        (1e300, None),
        (float("nan"), None),
        ([], None),
        ("9" * 30, None),
        ("٢٠٢٦-٠١-٠١", "2026-01-01T00:00:00+00:00"),
    ],
)
def test_a_date_is_read(value, expected):
    found = parse_date(value)
    assert (found.isoformat() if found else None) == expected


def test_a_future_date_becomes_now_and_is_remembered():
    now = datetime(2026, 11, 21, tzinfo=UTC)
    assert published("2099-01-01", now) == (now, "2099-01-01T00:00:00+00:00")
    assert published("2026-11-20", now) == (now - timedelta(days=1), None)
    assert published("never", now) == (None, None)


@given(
    st.one_of(
        st.text(),
        st.integers(),
        st.floats(),
        st.from_regex(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}"),
    )
)
def test_nothing_makes_it_raise(value):
    found = parse_date(value)
    assert found is None or found.tzinfo is UTC
