"""What is typed into `enter`, end to end: what is stored and what is refused with which sentence."""

import json
from pathlib import Path

import pytest

from tests.running import figure_count, rows, run

PERIOD = "2019-20 Q2"


def stored(folder: Path) -> tuple[object, ...]:
    [row] = rows(folder, "SELECT value, numerator, denominator, status FROM figure")
    return row


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("NO", "1,234", ("1234", None, None)),
        ("NO", "1234", ("1234", None, None)),
        ("PC", "16%", ("16", None, None)),
        ("PC", " 21.2 ", ("21.2", None, None)),
        ("PC", "21.20", ("21.20", None, None)),
        ("PC", "17/37", (None, "17", "37")),
        ("PC", "17 of 37", (None, "17", "37")),
        ("PC", "0/37", (None, "0", "37")),
        ("PC", "0", ("0", None, None)),
        ("PC", "100%", ("100", None, None)),
        ("PO", "-3", ("-3", None, None)),
        ("PO", "\u22123", ("-3", None, None)),
        ("PO", "-£1,200.50", ("-1200.50", None, None)),
        ("PO", "\u00a01,200\u00a0", ("1200", None, None)),
    ],
)
def test_what_people_type_is_stored_as_they_mean_it(
    small: Path, code: str, text: str, expected: tuple[str | None, ...]
) -> None:
    ran = run(small, "enter", code, PERIOD, text)
    assert (ran.code, ran.err) == (0, "")
    assert stored(small) == (*expected, "final")


def test_parts_of_a_count_are_taken_with_a_warning(small: Path) -> None:
    ran = run(small, "enter", "NO", PERIOD, "17/37")
    assert (ran.code, ran.err) == (0, "warning: A whole number is expected, as in 17: the parts make 0.\n")
    assert stored(small) == (None, "17", "37", "final")


def test_what_is_odd_is_kept_with_the_version_and_shown_with_it(small: Path) -> None:
    assert run(small, "enter", "NO", "2019-20 Q1", "10").err == ""
    odd = "More than three times the last figure, 10 in 2019-20 Q1."
    ran = run(small, "enter", "NO", PERIOD, "31")
    assert (ran.code, ran.err) == (0, f"warning: {odd}\n")
    assert rows(small, "SELECT period, warning FROM figure ORDER BY period") == [
        ("2019-20 Q1", ""),
        ("2019-20 Q2", odd),
    ]
    shown = json.loads(run(small, "indicator", "NO", "--period", PERIOD, "--format", "json").out)
    assert [each["warning"] for each in shown["revisions"]] == [None, odd]
    assert "More than three times" in run(small, "indicator", "NO", "--period", PERIOD).out
    assert f"warning {odd}" in run(small, "export", "audit").out


def test_an_imported_figure_keeps_its_warning(small: Path, tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text("indicator,period,value\nNO,2019-20 Q1,10\nNO,2019-20 Q2,10\n", encoding="utf-8")
    ran = run(small, "import", "figures", str(file))
    odd = "The same as the last figure, 10 in 2019-20 Q1."
    assert ran.code == 0
    assert odd in ran.err
    assert [warning for (warning,) in rows(small, "SELECT warning FROM figure ORDER BY period")] == ["", odd]


@pytest.mark.parametrize(
    ("code", "text", "sentence"),
    [
        ("NO", "1,23", "'1,23' could mean 1.23 or 123; use a point for decimals, as in 1.23."),
        ("NO", "1.2.3", "'1.2.3' is not a number"),
        ("NO", "nan", "'nan' is not a number"),
        ("NO", "inf", "'inf' is not a number"),
        ("NO", "-inf", "'-inf' is not a number"),
        ("NO", "1e309", "'1e309' is in scientific notation; write the number out, as in 1234.5."),
        ("NO", "1_000", "'1_000' is not a number"),
        ("NO", "\uff11\uff12", "has digits of another kind; type 0 to 9, as in 21.2."),
        ("NO", "12345678901234567890", "has more than 15 digits"),
        ("NO", "-3", "The value -3 is below zero, which only pounds can be"),
        ("NO", "\u22123", "The value -3 is below zero"),
        ("NO", "16%", "'16%' is a percentage, but this is measured in number"),
        ("PC", "5/0", "The denominator is 0, and nothing can be divided by it; write parts as in 17/37."),
        ("PC", "12/10", "12 of 10 is more than 100%; the part comes first and the whole second, as in 17/37."),
        ("PC", "101%", "101% is more than 100%"),
        ("PC", "100.1", "100.1% is more than 100%"),
        ("PC", "-3", "The value -3 is below zero"),
        ("PC", "", "No figure is given; write a number such as 21.2, or choose why it is absent."),
        ("PC", "   ", "No figure is given"),
        ("PC", "£5", "'£5' is in pounds, but this is measured in percent"),
        ("PC", "=1+1", "'=1+1' is not a number"),
        ("PC", "about 5", "'about 5' is not a number"),
    ],
)
def test_what_is_no_figure_is_refused_with_a_sentence_and_nothing_is_stored(
    small: Path, code: str, text: str, sentence: str
) -> None:
    ran = run(small, "enter", code, PERIOD, text)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"{code} 2019-20 Q2: value: ")
    assert sentence in ran.err
    assert len(ran.err.splitlines()) == 1
    assert figure_count(small) == 0


def test_the_answer_says_what_was_saved_and_what_it_means(small: Path) -> None:
    ran = run(small, "enter", "pc", "Q2 2019/20", "44/50", "--note", "checked")
    assert ran.lines == [
        "PC Quarter 2 2019-20 (Jul to Sep 2019): saved as version 1.",
        "88.0% in Quarter 2 2019-20, 2.0 percentage points below the target of 90: Amber.",
        "Direction unknown: Quarter 1 2019-20 is not returned.",
    ]
    assert rows(small, "SELECT note, who, known FROM figure") == [("checked", "Jo Officer", "2020-01-15")]


def test_the_same_again_changes_nothing_and_another_is_the_next_version(small: Path) -> None:
    for text, said in (
        ("88", "saved as version 1."),
        ("88", "unchanged: it was entered already."),
        ("89", "version 2."),
    ):
        assert said in run(small, "enter", "PC", PERIOD, text).out
    assert rows(small, "SELECT version, value FROM figure ORDER BY version") == [(1, "88"), (2, "89")]


def test_why_a_figure_is_corrected_stays_with_it(small: Path) -> None:
    run(small, "enter", "PC", PERIOD, "88")
    run(small, "enter", "PC", PERIOD, "89", "--why", "late returns")
    assert rows(small, "SELECT why FROM figure ORDER BY version") == [("",), ("late returns",)]


@pytest.mark.parametrize("status", ["not available", "not_available", "Not  Available"])
def test_an_absence_needs_no_value(small: Path, status: str) -> None:
    ran = run(small, "enter", "PC", PERIOD, "--status", status)
    assert ran.code == 0
    assert "No figure for Quarter 2 2019-20: not available." in ran.out
    assert stored(small) == (None, None, None, "not available")


def test_an_absence_with_a_value_is_refused(small: Path) -> None:
    ran = run(small, "enter", "PC", PERIOD, "12", "--status", "suppressed")
    assert ran.code == 1
    assert "A figure that is suppressed has no value" in ran.err
    assert figure_count(small) == 0


def test_a_provisional_figure_is_marked(small: Path) -> None:
    run(small, "enter", "PC", PERIOD, "88", "--status", "provisional")
    assert "[p]" in run(small, "scorecard", "--period", PERIOD).out


def test_neither_value_nor_absence_is_wrong_usage(small: Path) -> None:
    ran = run(small, "enter", "PC", PERIOD)
    assert (ran.code, ran.out) == (2, "")
    assert "There is no VALUE; give a number or parts, or --status 'not available' and the like." in ran.err


def test_an_unknown_status_lists_them(small: Path) -> None:
    ran = run(small, "enter", "PC", PERIOD, "12", "--status", "maybe")
    assert ran.code == 2
    assert "'maybe' is not a status; write final, provisional, not returned, not available, suppressed or" in ran.err


def test_an_unknown_indicator_names_the_nearest(small: Path) -> None:
    ran = run(small, "enter", "PCC", PERIOD, "12")
    assert ran.code == 3
    assert "There is no indicator 'PCC'. Did you mean 'PC'?" in ran.err


@pytest.mark.parametrize(
    ("code", "period", "sentence"),
    [
        ("PC", "2019-Q2", "does not say which year it means; write 2019-20 Q2"),
        ("PC", "2019-20", "'2019-20' is a financial year, not a quarter; write 2018-19 Q4."),
        ("PC", "2018-20 Q1", "'2018-20 Q1': 2018 is followed by 2019; write 2018-19 Q1."),
        ("PC", "soon", "'soon' is not a period"),
        ("PC", "2020-21 Q1", "has not begun; write a period up to 2020-01-15."),
    ],
)
def test_a_period_that_is_none_is_refused(small: Path, code: str, period: str, sentence: str) -> None:
    ran = run(small, "enter", code, period, "12")
    assert ran.code == 1
    assert ran.err.startswith("PC: period: ")
    assert sentence in ran.err
    assert figure_count(small) == 0


def test_a_figure_that_looks_odd_is_saved_and_questioned_on_stderr(small: Path) -> None:
    run(small, "enter", "NO", "2019-20 Q1", "100")
    ran = run(small, "enter", "NO", "2019-20 Q2", "400")
    assert ran.code == 0
    assert ran.err == "warning: More than three times the last figure, 100 in 2019-20 Q1.\n"
    assert figure_count(small) == 2


def test_the_past_cannot_be_changed(small: Path) -> None:
    ran = run(small, "enter", "PC", PERIOD, "88", "--as-at", "2019-12-01")
    assert ran.code == 3
    assert "This shows the figures as at 2019-12-01, and the past cannot be changed." in ran.err
    assert figure_count(small) == 0


def test_a_negative_number_in_an_option_is_kept(small: Path) -> None:
    assert run(small, "enter", "PC", PERIOD, "88", "--note", "-3 on the quarter before").code == 0
    assert rows(small, "SELECT note FROM figure") == [("-3 on the quarter before",)]


def test_milestone_changes_one(small: Path) -> None:
    ran = run(small, "milestone", "p-a.1", "re-phased", "--new-due", "2020-03-31", "--reason", "no staff")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "P-A.1: Re-phased on 15 Jan 2020, now due 31 Mar 2020; saved as version 1.\n"
    assert run(small, "milestone", "P-A.1", "delivered", "--date", "2019-12-31").code == 0
    shown = run(small, "milestones", "--period", "2019-20 Q3").flat
    assert "✓ Delivered" in shown
    assert "first due 30 Jun 2019 · delivered 31 Dec 2019" in shown


def test_a_note_leaves_the_status_of_a_milestone(small: Path) -> None:
    assert run(small, "milestone", "P-A.1", "cancelled", "--date", "2019-12-01", "--reason", "bought in").code == 0
    ran = run(small, "milestone", "P-A.1", "--note", "the contract is signed")
    assert (ran.code, ran.out, ran.err) == (0, "P-A.1: the note is added; saved as version 2.\n", "")
    kept = "SELECT day, reason FROM milestone_report ORDER BY version"
    assert rows(small, kept) == [("2019-12-01", "bought in"), ("2019-12-01", "the contract is signed")]
    assert "× Cancelled" in run(small, "milestones").flat


def test_what_is_after_the_reporting_period_leaves_it_as_it_is_and_says_so(small: Path) -> None:
    quarter = ("--period", "2019-20 Q3")
    ran = run(small, "milestone", "P-A.1", "delivered", "--date", "2020-01-10", *quarter)
    assert (ran.code, ran.out) == (0, "P-A.1: Delivered on 10 Jan 2020; saved as version 1.\n")
    assert ran.err == (
        "warning: That is after Quarter 3 2019-20 (Oct to Dec 2019), which stays as it is; "
        "--date says since when it holds.\n"
    )
    shown = run(small, "milestones", *quarter).flat
    assert "○ Not started" in shown
    assert "since then delivered 10 Jan 2020" in shown
    assert "✓ Delivered" in run(small, "milestones", "--period", "2019-20 Q4").flat
    again = run(small, "milestone", "P-A.1", "on track", *quarter)
    assert again.code == 1
    assert again.err == (
        "P-A.1: date: Delivered is recorded on 10 Jan 2020, after Quarter 3 2019-20; "
        "write the day since which the new status holds.\n"
    )
    assert run(small, "milestone", "P-A.1", "on track", "--period", "2019-20 Q4").out == (
        "P-A.1: On track on 15 Jan 2020; saved as version 2.\n"
    )


def test_an_odd_new_date_is_saved_and_questioned_on_stderr(small: Path) -> None:
    quarter = ("--period", "2019-20 Q3")
    ran = run(small, "milestone", "P-A.1", "re-phased", "--new-due", "2019-06-01", "--reason", "sooner", *quarter)
    assert ran.code == 0
    assert ran.err == (
        "warning: The new date, 2019-06-01, is before the original one, 2019-06-30.\n"
        "warning: The new date, 2019-06-01, has passed already on 2019-12-31.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "sentences"),
    [
        (("P-A.1", "re-phased", "--reason", "x"), 1, ["P-A.1: new_due: Re-phasing needs its new date"]),
        (("P-A.1", "re-phased", "--new-due", "2020-21"), 1, ["P-A.1: reason: Re-phasing needs its reason."]),
        (
            ("P-A.1", "re-phased"),
            1,
            ["P-A.1: new_due: Re-phasing needs its new date", "P-A.1: reason: Re-phasing needs its reason."],
        ),
        (
            ("P-A.1", "delayed", "--new-due", "2020-21"),
            1,
            ["P-A.1: new_due: Only a re-phased milestone gets a new date"],
        ),
        (
            ("P-A.1", "delivered", "--date", "soon", "--new-due", "later"),
            1,
            [
                "P-A.1: date: 'soon' is neither a date nor a financial year",
                "P-A.1: new_due: 'later' is neither a date nor a financial year",
            ],
        ),
        (("P-A.1", "delivered"), 1, ["P-A.1: date: Delivered needs its date; write the day, as in 2019-03-31"]),
        (
            ("P-A.1", "cancelled", "--date", "2020-01-16"),
            1,
            [
                "P-A.1: date: 2020-01-16 is in the future; write the day on which it was cancelled",
                "P-A.1: reason: Cancelling needs its reason.",
            ],
        ),
        (("P-A.9", "delivered"), 1, ["milestone: There is no milestone 'P-A.9'. Did you mean 'P-A.1'?"]),
        (("P-A.1", "done"), 2, ["'done' is not a status; write not started, on track, delivered, delayed"]),
        (("P-A.1",), 2, ["There is no STATUS; give one, as in delivered or 'on track', or add a note with --note."]),
        (("P-A.1", "delayed", "--note", "x"), 2, ["A note leaves the status as it is: give a STATUS, with --reason"]),
        (("P-A.1", "--note", "x", "--new-due", "2020-21"), 1, ["A note changes no date; re-phase for that."]),
    ],
)
def test_milestone_says_what_is_missing_and_stores_nothing(
    small: Path, arguments: tuple[str, ...], code: int, sentences: list[str]
) -> None:
    ran = run(small, "milestone", *arguments)
    assert ran.code == code
    said = " ".join(ran.err.split())
    assert [sentence for sentence in sentences if sentence not in said] == []
    assert rows(small, "SELECT 1 FROM milestone_report") == []
