from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from careerforge.design import words
from tests.design.page import rendered


@pytest.mark.parametrize(("hours", "text"), [(28, "28 h"), (5.6, "5.6 h"), (0, "0 h"), (1284, "1,284 h")])
def test_hours_carry_their_unit(hours, text):
    assert rendered("{{ value|hours }}", value=hours) == text


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (148_000, "EUR", "€1,480"),
        (1_450, "EUR", "€14.50"),
        (-46_000, "EUR", "−€460"),
        (148_000, "JPY", "¥148,000"),
        (9_000, "CHF", "CHF\N{NO-BREAK SPACE}90"),
        (1_500, "KWD", "KWD\N{NO-BREAK SPACE}1.500"),
    ],
)
def test_money_is_minor_units_with_a_currency(minor, currency, text):
    assert rendered("{{ minor|money:currency }}", minor=minor, currency=currency) == text


def test_a_day_is_written_with_its_year_unless_asked_otherwise():
    day = date(2027, 10, 30)
    assert (
        rendered('{{ d|day }}, {{ d|day:"short" }}, {{ d|day:"month" }}', d=day)
        == "30 Oct 2027, 30 Oct, Oct 2027"
    )


def test_a_time_is_told_on_the_readers_day():
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    with timezone.override("Europe/Berlin"):
        assert words.day(late) == "22 Nov 2026"


@pytest.mark.parametrize(
    ("share", "text"), [(0.61, "61%"), (0, "0%"), (1, "100%"), (Decimal("0.605"), "61%")]
)
def test_a_share_reads_as_per_cent(share, text):
    assert rendered("{{ share|percent }}", share=share) == text


@pytest.mark.parametrize(
    ("change", "text"), [(0.04, "+4"), (-0.06, "−6"), (0, "0"), (0.001, "0"), (-0.001, "0")]
)
def test_a_change_is_in_points_with_its_sign(change, text):
    assert words.points(change) == text


def test_unknown_is_said_in_words_and_never_as_nought():
    text = rendered("{{ x|percent }}. {{ x|level }}. {{ x|level_word }}. [{{ x|hours }}]", x=None)
    assert text == "No figure yet. Not told yet. Not told yet. []"


def test_a_level_has_a_number_and_a_word():
    assert (
        rendered("{{ a|level }}, {{ a|level_word }}; {{ b|level }}", a=2.6, b=4)
        == "Level 2.6, Basic; Level 4"
    )


def test_levels_short_are_counted_in_words():
    assert [words.short(n) for n in (1, 1.04, 0.42, 2)] == [
        "1 level short",
        "1 level short",
        "0.4 levels short",
        "2 levels short",
    ]


def test_parts_in_whole_points_add_up_to_the_total():
    for parts in ([0.124, -0.014, 0.0], [0.005, 0.005, 0.005], [-0.333, -0.333, 0.1]):
        whole, found = words.shares_of(sum(parts), parts)
        assert sum(found) == whole
        assert all(abs(a - b * 100) < 1 for a, b in zip(found, parts, strict=True))
    assert words.shares_of(0.1, [0.12, -0.02]) == (10, [12, -2])
