from datetime import date

from careerforge.design.journey import Journey, Stop, plot
from careerforge.design.levels import delta, told
from careerforge.design.scale import nice_values
from tests.design.page import rendered

MAY, NOV, OCT = date(2026, 5, 4), date(2026, 11, 21), date(2027, 10, 30)
POINTS = [(MAY, 0.44), (date(2026, 8, 1), 0.5), (NOV, 0.61)]
LINE = Journey(
    MAY, NOV, OCT, date(2027, 9, 11), date(2028, 1, 1), (Stop(date(2026, 10, 30), "Ships code", True),)
)


def test_no_chart_carries_a_style():
    tags = ("dumbbell 1 4", "told 17 11 7", "trend_line p", "journey l", "delta_bar -2 -2 9", "spark v")
    page = "".join(rendered(f"{{% {tag} %}}", p=POINTS, l=LINE, v=[1, 2, 3]) for tag in tags)
    assert page.count("<svg") >= 6
    assert "style" not in page


def test_a_dumbbell_tells_both_levels():
    assert 'aria-label="You are at level 1, the role asks for level 4"' in rendered("{% dumbbell 1 4 %}")
    assert 'aria-label="At level 1, the role asks for level 4"' in rendered("{% dumbbell 1 4 them=True %}")


def test_an_untold_level_is_a_dotted_line_and_no_point_at_nought():
    page = rendered("{% dumbbell None 3 %}")
    assert "You have not told us your level, the role asks for level 3" in page
    assert "cf-unk" in page
    assert "cf-cur" not in page


def test_a_level_above_the_role_is_not_a_gap():
    assert "cf-over" in rendered("{% dumbbell 4 3 %}")
    assert "cf-gap" in rendered("{% dumbbell 3 4 %}")
    assert "cf-gap" not in rendered("{% dumbbell 4 4 %}")


def test_a_trend_says_where_it_began_and_where_it_is():
    sentence = "Readiness rose from 44% on 4 May 2026 to 61% on 21 Nov 2026."
    assert f'aria-label="{sentence}"' in rendered("{% trend_line points %}", points=POINTS)


def test_one_value_is_a_point_and_none_is_a_sentence():
    assert "Readiness: 44% on 4 May 2026." in rendered("{% trend_line points %}", points=POINTS[:1])
    assert "No figure yet" in rendered("{% trend_line points %}", points=[])


def test_a_flat_line_stays_inside_its_grid():
    page = rendered("{% trend_line points %}", points=[(MAY, 1.0), (NOV, 1.0)])
    assert "stayed at 100%" in page


def test_grid_lines_stand_at_round_values():
    assert nice_values(44, 61) == [40, 50, 60, 70]
    assert len(nice_values(0.2, 0.21)) <= 5


def test_a_journey_says_its_dates_and_range():
    assert plot(LINE).sentence == (
        "Timeline from 4 May 2026. You are at 21 Nov 2026. Expected finish 30 Oct 2027. "
        "80% range: 11 Sep 2027 to 1 Jan 2028."
    )


def test_a_journey_without_a_forecast_ends_at_today():
    drawn = plot(Journey(MAY, NOV))
    assert drawn.goal is None
    assert drawn.band is None
    assert "Expected" not in drawn.sentence


def test_names_of_stops_that_would_touch_give_way_and_their_points_stay():
    stops = tuple(Stop(date(2026, 9, n), f"Stop {n}", True) for n in (1, 2, 3))
    dots = plot(Journey(MAY, NOV, OCT, stops=stops)).dots
    assert [dot.name for dot in dots] == ["Stop 1", "", ""]


def test_what_a_role_asks_for_adds_up():
    parts = told(17, 11, 7)
    assert parts is not None
    assert parts.sentence.startswith("The role asks for 35 levels. 17 are reached")
    assert told(0, 0, 0) is None


def test_lost_points_lie_left_of_nought():
    bar = delta(-2, -2, 14)
    assert bar.lost
    assert float(bar.x[:-1]) < float(bar.zero[:-1])
