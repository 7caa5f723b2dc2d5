from datetime import date

from outcome_tracker.core.period import parse
from outcome_tracker.tracker.periods import BEFORE, OUTTURNS, RECENT, groups
from outcome_tracker.tracker.review import indicator_review
from tests.tui.showing import demo

MAY = demo(as_at=date(2019, 5, 31))


def told(code: str) -> dict[str, list[tuple[str, str]]]:
    found = indicator_review(MAY, code)
    indicator = found.row.indicator
    return {
        group.title: [
            (told.past.figure.period.code, str(told.past.unrated(indicator) or told.past.rag)) for told in group.told
        ]
        for group in groups(found)
    }


def test_a_quarterly_indicators_past_is_in_three_groups() -> None:
    found = told("SAFE-01")
    assert list(found) == [RECENT, OUTTURNS, BEFORE]
    assert found[RECENT] == [
        ("2018-19 Q4", "red"),
        ("2018-19 Q3", "red"),
        ("2018-19 Q2", "red"),
        ("2018-19 Q1", "red"),
        ("2017-18 Q4", "no target"),
    ]
    assert [code for code, _ in found[OUTTURNS]] == ["2017-18 Q4", "2016-17 Q4"]
    assert found[BEFORE][0][0] == "2017-18 Q3"


def test_periods_before_the_first_figure_are_not_missing() -> None:
    assert [code for code, _ in told("SAFE-06")[RECENT]] == ["2018-19 Q4", "2018-19 Q3"]


def test_before_its_first_figure_an_indicator_has_no_past() -> None:
    assert groups(indicator_review(MAY, "SAFE-06", parse("2017-18 Q1"))) == ()
