"""Whether a change is real, in words: icons, what was seen and since when, assurance and limits."""

from dataclasses import replace
from datetime import date

import pytest

from outcome_tracker.core.indicator import Basis, Indicator, Polarity
from outcome_tracker.core.period import parse
from outcome_tracker.core.scorecard import Row, judge
from outcome_tracker.core.signal_wording import (
    absent_text,
    assurance_label,
    assurance_text,
    icon,
    label,
    limits_text,
    marks,
    point_text,
    reason_text,
    variation_label,
)
from outcome_tracker.core.spc import Signal, chart, signal
from outcome_tracker.core.target import Target
from tests.core.making import CALLS, DAYS, FAMILIES, PLAN, POUNDS, RATE, REPEATS, SURVEY, between, series, target

BELOW = "14 10 15 9 14 12 9 8 9.5 8 9 8.5 9 9.2"  # from 2015-16 Q3; the last 8 lie below the mean of 10.3
ABOVE = "6 10 5 11 6 8 11 12 10.5 12 11 11.5 11 10.8"  # the same upside down
USUAL = "9 11 10 12 10 9 11 10 12 10 9 11 10"


def row(
    indicator: Indicator, values: str, reporting: str = "2018-19 Q4", last: str = "", invented: tuple[str, ...] = ()
) -> Row:
    """Return the row of a reporting period with its signal; the last of the values is that of `last`."""
    period, told = parse(last or reporting, indicator.kind), {}
    for word in reversed(values.split()):
        told[period.code] = word
        period = period.previous
    found = series(indicator, told, invented)
    judged = judge(indicator, PLAN, found, parse(reporting), date(2020, 1, 15), 15)
    return replace(judged, signal=signal(indicator, chart(indicator, found, judged.reporting.end)))


def signal_of(found: Row) -> Signal:
    assert found.signal is not None
    return found.signal


HIGHER, NEITHER = replace(REPEATS, better=Polarity.HIGHER), replace(REPEATS, better=Polarity.NEITHER)


@pytest.mark.parametrize(
    ("indicator", "values", "said", "letters"),
    [
        (REPEATS, USUAL, "~ Common cause", "~ Common cause"),
        (REPEATS, USUAL + " 20", "↑! Concern", "H! Concern"),
        (REPEATS, USUAL + " 1", "↓✓ Improvement", "L+ Improvement"),
        (HIGHER, USUAL + " 20", "↑✓ Improvement", "H+ Improvement"),
        (HIGHER, USUAL + " 1", "↓! Concern", "L! Concern"),
        (NEITHER, USUAL + " 20", "↑ High", "H High"),
        (NEITHER, USUAL + " 1", "↓ Low", "L Low"),
    ],
)
def test_a_variation_has_icon_and_word(indicator: Indicator, values: str, said: str, letters: str) -> None:
    found = signal_of(row(indicator, values))
    assert variation_label(found) == said.replace(" ", "\u00a0", 1)
    assert variation_label(found, letters=True) == letters.replace(" ", "\u00a0", 1)


@pytest.mark.parametrize(
    ("goal", "said", "letter", "why"),
    [
        ("20", "✓\u00a0Consistently hits target", "P", "every figure inside the limits meets the target of 20"),
        ("10", "±\u00a0Hit and miss", "?", "the target of 10 lies inside the limits"),
        ("1", "✗\u00a0Consistently misses target", "F", "no figure inside the limits meets the target of 1"),
    ],
)
def test_assurance_has_icon_word_and_why(goal: str, said: str, letter: str, why: str) -> None:
    found = row(replace(REPEATS, targets=(target(goal),)), USUAL)
    assert assurance_label(signal_of(found)) == said
    assert assurance_label(signal_of(found), letters=True) == letter + said[1:]
    assert assurance_text(found) == f"{said}: {why}"


def test_without_assurance_nothing_is_said_of_a_target_unless_it_is_for_the_year_to_date() -> None:
    assert (assurance_label(signal_of(row(REPEATS, USUAL))), assurance_text(row(REPEATS, USUAL))) == ("", "")
    assert assurance_text(replace(row(REPEATS, USUAL), signal=None)) == ""
    families = replace(FAMILIES, targets=(target("1330"),))
    assert assurance_text(row(families, "10 20 30 40")) == "none: the target is for the year to date"
    assert assurance_text(row(FAMILIES, "10 20 30 40")) == ""
    ranged = replace(REPEATS, better=Polarity.WITHIN, targets=(Target(parse("2018-19"), between("1", "2")),))
    assert assurance_text(row(ranged, USUAL)) == ""


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (USUAL, "the latest of 13 points is inside the limits and in no run or trend"),
        (USUAL + " 20", "above the upper limit in Quarter 4 2018-19"),
        (USUAL + " 1", "below the lower limit in Quarter 4 2018-19"),
        (USUAL + " " + USUAL + " 30 31", "2 points in a row above the upper limit since Quarter 3 2018-19"),
        (USUAL + " " + USUAL + " 0 1", "2 points in a row below the lower limit since Quarter 3 2018-19"),
        (BELOW, "8 points in a row below the mean since Quarter 1 2017-18"),
        (ABOVE, "8 points in a row above the mean since Quarter 1 2017-18"),
        (
            "15 5 15 5 15 5 7 8 9 10 11 12 13",
            "8 points in a row, each higher than the one before, since Quarter 1 2017-18",
        ),
        (
            "5 15 5 15 5 15 13 12 11 10 9 8 7",
            "8 points in a row, each lower than the one before, since Quarter 1 2017-18",
        ),
        (USUAL + " 11.5 14.5 14.5", "2 of 3 points close to the upper limit since Quarter 3 2018-19"),
        (USUAL + " 6.9 6.9 6.9", "3 of 3 points close to the lower limit since Quarter 2 2018-19"),
    ],
)
def test_what_was_seen_and_since_when_is_one_sentence(values: str, said: str) -> None:
    assert reason_text(row(REPEATS, values)) == said


def test_trial_limits_and_none_are_called_that() -> None:
    trial = "the latest of 9 points is inside the limits and in no run or trend; trial limits: 9 points"
    assert reason_text(row(REPEATS, "9 11 10 12 10 9 11 10 12")) == trial
    equal = "no run or trend in 3 points; no limits: the points that they rest on are all equal"
    assert reason_text(row(REPEATS, "9 9 9")) == equal
    fixed = replace(REPEATS, extra={"spc": {"baseline": 12}})
    shifted = "7 points in a row above the mean since Quarter 2 2017-18; " + equal.partition("; ")[2]
    assert reason_text(row(fixed, "9 " * 12 + "10 11 " * 3 + "10")) == shifted


@pytest.mark.parametrize(("values", "points"), [("9", "1 point"), ("9 11", "2 points")])
def test_nothing_is_said_of_figures_that_are_too_few(values: str, points: str) -> None:
    found = row(replace(REPEATS, targets=(target("10"),)), values)
    assert variation_label(signal_of(found)) == label(found) == "Too few figures"
    assert reason_text(found) == f"{points}, at least 3 are needed"
    assert assurance_label(signal_of(found)) == ""
    assert assurance_text(found) == "none: too few figures to hold the target of 10 against"


def test_a_run_that_is_asked_for_is_seen_in_two_figures() -> None:
    found = row(replace(REPEATS, extra={"spc": {"run": 2, "baseline": 2}}), "9 9 11 11")
    assert label(found).startswith("↑!")


def test_what_was_added_an_earlier_latest_figure_and_made_up_ones_are_said() -> None:
    added = row(FAMILIES, "10 20 30 40 12 20 30 41", "2018-19 Q4")
    assert reason_text(added).endswith("; trial limits: 8 points; charted is what each quarter added")
    late = row(REPEATS, USUAL, last="2018-19 Q2")
    assert reason_text(late).endswith("no run or trend; the latest figure is of Quarter 2 2018-19")
    made_up = row(REPEATS, USUAL, invented=("2018-19 Q3",))
    assert reason_text(made_up).endswith("no run or trend [illustrative]")
    assert reason_text(replace(made_up, signal=None)) == ""


def test_the_last_month_of_a_quarter_and_a_year_that_ends_later_are_not_late() -> None:
    assert "latest figure" not in reason_text(row(CALLS, USUAL, last="2019-03"))
    assert "the latest figure is of February 2019" in reason_text(row(CALLS, USUAL, last="2019-02"))
    autumn = replace(SURVEY, due=2)
    standing = row(autumn, USUAL, "2018-19 Q4", last="2018-19")
    assert "latest figure" not in reason_text(replace(standing, reporting=parse("2018-19 Q2")))


def test_a_scorecard_says_icon_and_word_of_both_and_what_limits_them() -> None:
    judged = replace(REPEATS, targets=(target("1"),))
    assert label(row(judged, USUAL)) == "~\u00a0Common cause · ✗\u00a0Consistently misses target"
    assert label(row(REPEATS, "9 11 10")) == "~\u00a0Common cause · trial limits"
    assert label(row(judged, "9 9 9")) == "no limits"
    fixed = replace(judged, extra={"spc": {"baseline": 12}})
    assert label(row(fixed, "9 " * 12 + "10 11 " * 3 + "10")) == "↑!\u00a0Concern · no limits"
    assert label(row(REPEATS, USUAL, last="2018-19 Q2")) == "~\u00a0Common cause · as of Quarter 2 2018-19"
    assert label(replace(row(REPEATS, USUAL), signal=None)) == ""


def test_a_scorecard_marks_a_made_up_signal_where_the_row_has_no_mark_of_its_own() -> None:
    assert label(row(REPEATS, USUAL, invented=("2018-19 Q3",))) == "~\u00a0Common cause · [illustrative]"
    assert label(row(REPEATS, USUAL, invented=("2018-19 Q4",))) == "~\u00a0Common cause"


def test_without_limits_no_assurance_is_claimed() -> None:
    found = row(replace(REPEATS, targets=(target("9"),)), "9 9 9")
    assert assurance_text(found) == "none: there are no limits to hold the target of 9 against"


def test_assurance_from_made_up_figures_is_marked() -> None:
    judged = replace(REPEATS, targets=(replace(target("10"), illustrative=True),))
    assert assurance_text(row(judged, USUAL)).endswith("inside the limits [illustrative]")
    assert assurance_text(row(judged, "9 9")).endswith("against [illustrative]")


@pytest.mark.parametrize(
    ("indicator", "values", "said"),
    [
        (REPEATS, "10 12 " * 7, "mean 11.00%, limits 5.68% to 16.32%"),
        (REPEATS, "10 12", "mean 11.00%, trial limits 5.68% to 16.32%"),
        (REPEATS, "10", "mean 10.00%"),
        (replace(REPEATS, unit=RATE), "10 12", "mean 11.00, trial limits 5.68 to 16.32"),
        (replace(REPEATS, unit=DAYS, decimals=0), "10 12", "mean 11.0 days, trial limits 5.7 days to 16.3 days"),
        (replace(CALLS, unit=POUNDS), "1000 3000", "mean £2,000.0, trial limits -£3,320.0 to £7,320.0"),
    ],
)
def test_the_limits_are_a_decimal_finer_than_the_figures(indicator: Indicator, values: str, said: str) -> None:
    last = "2019-03" if indicator.kind.value == "month" else ""
    assert limits_text(signal_of(row(indicator, values, last=last)), indicator) == said


@pytest.mark.parametrize(
    ("values", "said", "shown"),
    [
        (USUAL, "", "~"),
        (USUAL + " 20", "above the upper limit", "↑!"),
        (USUAL + " 1", "below the lower limit", "↓✓"),
        ("15 5 15 5 15 5 7 8 9 10 11 12 13", "in a rise of 7 points or more", "↑!"),
        ("5 15 5 15 5 15 13 12 11 10 9 8 7", "in a fall of 7 points or more", "↓✓"),
        (USUAL + " 11.5 14.5 14.5", "at least 2 of 3 points close to the upper limit", "↑!"),
        (USUAL + " 6.9 6.9 6.9", "at least 2 of 3 points close to the lower limit", "↓✓"),
        (ABOVE, "in a run of 7 points or more above the mean", "↑!"),
        (BELOW, "in a run of 7 points or more below the mean", "↓✓"),
    ],
)
def test_a_point_says_what_is_seen_at_it(values: str, said: str, shown: str) -> None:
    last = signal_of(row(REPEATS, values)).last
    assert (point_text(last, REPEATS), icon(last)) == (said, shown)


def test_a_point_names_the_indicators_own_run_length() -> None:
    indicator = replace(REPEATS, extra={"spc": {"run": 4}})
    assert point_text(signal_of(row(indicator, "12 12 12 8 9 8 9")).last, indicator) == (
        "in a run of 4 points or more below the mean"
    )


def test_a_point_carries_its_marks() -> None:
    found = row(REPEATS, "9 10[p] 11 12[p]", invented=("2018-19 Q3", "2018-19 Q4"))
    assert [marks(point) for point in signal_of(found).group] == [
        [],
        ["[p]"],
        ["[illustrative]"],
        ["[p]", "[illustrative]"],
    ]


def test_why_there_is_no_signal() -> None:
    end = date(2019, 3, 31)
    rolling = replace(REPEATS, basis=Basis.ROLLING)
    assert absent_text(chart(rolling, {}, end), rolling) == (
        "none: each figure covers the last 12 months, so successive figures overlap"
    )
    to_date = replace(REPEATS, basis=Basis.CUMULATIVE)
    assert absent_text(chart(to_date, {}, end), to_date) == (
        "none: each figure covers the year to date, so successive figures overlap"
    )
    told = series(FAMILIES, {"2018-19 Q4": "1330"})
    assert absent_text(chart(FAMILIES, told, end), FAMILIES) == (
        "none: each figure covers the year to date, and what each quarter added is not known"
    )
    assert absent_text(chart(REPEATS, {}, end), REPEATS) == "none: there is no figure"
    assert absent_text(chart(REPEATS, series(REPEATS, {"2018-19 Q4": "9"}), end), REPEATS) == ""
