"""Imports, end to end: every problem by row and column, all or nothing, twice is once."""

from pathlib import Path

import pytest

from tests.running import figure_count, rows, run

HEADING = "indicator,period,value,numerator,denominator,status,note\n"
GOOD = HEADING + 'PC,2019-20 Q1,,44,50,,\nNO,2019-20 Q1,"1,234",,,,fine\nPC,2019-20 Q2,,,,not returned,\n'


def written(folder: Path, text: str | bytes, name: str = "figures.csv") -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def test_a_file_comes_in_at_once_and_the_same_file_again_changes_nothing(small: Path) -> None:
    file = written(small, GOOD)
    first = run(small, "import", "figures", file)
    assert (first.code, first.out, first.err) == (0, "Added 3, changed 0; 0 unchanged.\n", "")
    assert rows(small, "SELECT indicator, period, value, numerator, status, why FROM figure ORDER BY 1, 2") == [
        ("NO", "2019-20 Q1", "1234", None, "final", "imported from figures.csv, line 3"),
        ("PC", "2019-20 Q1", None, "44", "final", "imported from figures.csv, line 2"),
        ("PC", "2019-20 Q2", None, None, "not returned", "imported from figures.csv, line 4"),
    ]
    again = run(small, "import", "figures", file)
    assert (again.code, again.out) == (0, "Added 0, changed 0; 3 unchanged.\n")
    assert figure_count(small) == 3


def test_a_dry_run_says_what_would_change_and_changes_nothing(small: Path) -> None:
    run(small, "import", "figures", written(small, GOOD))
    changed = GOOD.replace("44,50", "45,50") + "PO,2019-20 Q1,5,,,,\n"
    ran = run(small, "import", "figures", written(small, changed), "--dry-run")
    assert ran.code == 0
    assert ran.lines == [
        "PC 2019-20 Q1: 88.0 → 90.0",
        "PO 2019-20 Q1: 5",
        "Nothing was imported. Would add 1, change 1; 2 unchanged.",
    ]
    assert figure_count(small) == 3


def test_every_problem_is_told_with_its_line_and_column_and_nothing_comes_in(small: Path) -> None:
    file = written(
        small,
        HEADING
        + "PC,2019-20 Q1,88,,,,fine\n"
        + "XX,2019-20 Q1,12,,,,\n"
        + "PC,2019-Q2,12,,,,\n"
        + 'PC,2019-20 Q2,"1,23",,,,\n'
        + "PC,2019-20 Q3,101,,,,\n"
        + "NO,2019-20 Q1,nan,,,maybe,\n"
        + "PC,2019-20 Q1,89,,,,again\n"
        + "NO,,5,,,,\n"
        + "NO,2019-20 Q2,,,,,\n"
        + "NO,2019-20 Q2,5,,,not available,\n"
        + "PC,2019-20 Q2,90,44,50,,\n"
        + "NO,2021-22 Q1,5,,,,\n",
    )
    ran = run(small, "import", "figures", file)
    assert (ran.code, ran.out) == (1, "")
    told = [line.removeprefix(f"{file}:") for line in ran.err.splitlines()]
    assert [line.split(":")[:2] for line in told[:-2]] == [
        ["9", " period"],
        ["3", " indicator"],
        ["4", " period"],
        ["5", " value"],
        ["6", " value"],
        ["7", " status"],
        ["7", " value"],
        ["8", " PC 2019-20 Q1 stands in line 2 already; keep one of them."],
        ["11", " status"],
        ["12", " value"],
        ["13", " period"],
    ]
    assert "'1,23' could mean 1.23 or 123" in told[3]
    assert "The value 90.0 and its parts disagree: 44 of 50 is 88.0" in told[9]
    assert told[-2].startswith(" 1 row has neither a figure nor a status (line 10, value), and what")
    assert told[-1] == f"Nothing was imported: 12 problems in {file}."
    assert figure_count(small) == 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            HEADING + 'PC,2019-20 Q1,88,,,,"open\nNO,2019-20 Q1,5,,,,\n',
            ":2: The file is not well-formed CSV: a quotation",
        ),
        (HEADING + 'PC,2019-20 Q1,88,,,,"a "b" c"\n', "a quotation mark stands inside a text; double it"),
        ("indicator,period,valeu\n", ":1: valeu: 'valeu' is not a column of this file. Did you mean 'value'?"),
        ("indicator,value\n", ":1: period: The column 'period' is missing; add it."),
        ("indicator,period,value,value\n", ":1: value: The column 'value' stands twice; keep one."),
        ("indicator|period|value\nPC|2019-20 Q1|88\n", ":1: indicator: The column 'indicator' is missing; add it."),
        ("indicator;value\n", ":1: period: The column 'period' is missing; add it."),
        ("", "The file has no heading row; its first line must name the columns: indicator,period,value"),
        (HEADING + "PC,2019-20 Q1,88,,,,a,b\n", ":2: The row has 8 cells but the heading 7; put quotes round"),
        (b"PK\x03\x04rest", "The workbook is damaged or was cut off; get it again, or open it in Excel"),
        (
            HEADING.encode() + b"PC,2019-20 Q1,8\08",
            "The file holds NUL bytes (it may be UTF-16); save it as CSV",
        ),
        (
            HEADING.encode() + b"PC,2019-20 Q1,88,,,,caf\xe9\n",
            ": Line 2 is not UTF-8; save the file as CSV UTF-8, or import",
        ),
        (
            HEADING + f"PC,2019-20 Q1,88,,,,{'x' * 140_000}\n",
            "one cell holds more than 131,072 characters; shorten it.",
        ),
    ],
)
def test_a_file_that_is_no_such_csv_is_refused_as_a_whole(small: Path, text: str | bytes, sentence: str) -> None:
    ran = run(small, "import", "figures", written(small, text))
    assert ran.code == 1
    assert sentence in ran.err
    assert figure_count(small) == 0


def test_a_byte_order_mark_crlf_and_columns_in_any_order_are_no_problem(small: Path) -> None:
    text = "\ufeffNote,VALUE,period,indicator\r\nok,88,2019-20 Q1,pc\r\n\r\n,,,\r\n"
    ran = run(small, "import", "figures", written(small, text))
    assert (ran.code, ran.out) == (0, "Added 1, changed 0; 0 unchanged.\n")


def test_cp1252_comes_in_when_it_is_named_and_never_by_mistake(small: Path) -> None:
    text = HEADING + "PC,2019-20 Q1,88,,,,caf\u00e9 \u2013 \u2019\n"
    old = run(small, "import", "figures", written(small, text.encode("cp1252")), "--encoding", "cp1252")
    assert old.code == 0
    assert rows(small, "SELECT note FROM figure") == [("caf\u00e9 \u2013 \u2019",)]
    new = run(small, "import", "figures", written(small, text.encode()), "--encoding", "cp1252")
    assert new.code == 1
    assert "The file is UTF-8, and as cp1252 its letters would be wrong; leave out --encoding." in new.err


@pytest.mark.parametrize(("name", "sentence"), [("none.csv", "There is no such file."), (".", "This is not a file.")])
def test_what_is_no_file_has_a_sentence(small: Path, name: str, sentence: str) -> None:
    ran = run(small, "import", "figures", str(small / name))
    assert ran.code == 1
    assert sentence in ran.err


def test_what_looks_odd_is_a_warning_with_its_place(small: Path) -> None:
    file = written(small, HEADING + "NO,2019-20 Q1,100,,,,\nNO,2019-20 Q2,400,,,,\n")
    ran = run(small, "import", "figures", file)
    assert ran.code == 0
    assert (
        ran.err
        == f"{file}:3: value: warning: NO 2019-20 Q2: More than three times the last figure, 100 in 2019-20 Q1.\n"
    )


def test_a_release_date_is_since_when_the_figure_is_known(small: Path) -> None:
    file = written(small, "indicator,period,value,released\nPC,2019-20 Q1,88,2019-07-31\n")
    assert run(small, "import", "figures", file).code == 0
    assert rows(small, "SELECT known, at LIKE '2020-01-15%' FROM figure") == [("2019-07-31", 1)]
    assert "–" in run(small, "scorecard", "--period", "2019-20 Q1", "--as-at", "2019-07-30").out
    assert "88.0%" in run(small, "scorecard", "--period", "2019-20 Q1", "--as-at", "2019-07-31").out


def test_a_period_must_have_begun_today_or_when_its_figure_came_out(small: Path) -> None:
    heading = "indicator,period,value,source,released\n"
    later = "Quarter 1 2021-22 (Apr to Jun 2021) has not begun; correct the period."
    for released in ("", "2019-12-31", "2021-03-31"):
        ran = run(small, "import", "figures", written(small, f"{heading}NO,2021-22 Q1,5,,{released}\n"))
        assert ran.code == 1
        assert later in ran.err
    ran = run(small, "import", "figures", written(small, heading + "NO,2021-22 Q1,5,A report,2021-07-15\n"))
    assert (ran.code, ran.out) == (0, "Added 1, changed 0; 0 unchanged.\n")


def test_what_a_source_printed_stays_when_the_figure_is_corrected(small: Path) -> None:
    file = written(small, "indicator,period,value,as_published,published_rag\nPC,2019-20 Q1,88,88,red\n")
    run(small, "import", "figures", file)
    run(small, "enter", "PC", "2019-20 Q1", "89")
    assert "88, Red as published" in run(small, "scorecard", "--period", "2019-20 Q1").flat
    assert run(small, "import", "figures", file).out == "Added 0, changed 1; 0 unchanged.\n"


def test_benchmarks_come_in_and_are_checked_like_figures(small: Path) -> None:
    heading = "indicator,comparator,period,value,numerator,denominator,released\n"
    wrong = "PC,England,2018-19,101,,,\nPC,South,2018-19,50,1,4,\nPC,North,2018-19,,1,,\nPC,West,2018-19,5,,,1/2/2019\n"
    bad = run(small, "import", "benchmarks", written(small, heading + wrong))
    assert bad.code == 1
    assert "101% is more than 100%" in bad.err
    assert "The value 50.0 and its parts disagree: 1 of 4 is 25.0; correct one of them" in bad.err
    assert "4: value: The value is empty; fill it in, or give numerator and denominator." in bad.err
    assert bad.err.count("'1/2/2019' is not a date") == 1
    rows = "PC,England,2018-19,85.2%,,,2019-10-31\nPC,South,2018-19,25,1,4,\nPC,North,2018-19,,44,276,\n"
    file = written(small, heading + rows)
    assert run(small, "import", "benchmarks", file).out == "Added 3, changed 0; 0 unchanged.\n"
    assert run(small, "import", "benchmarks", file).out == "Added 0, changed 0; 3 unchanged.\n"
    assert "PC,North,2018-19,15.9,44,276," in run(small, "export", "benchmarks").out
    run(small, "enter", "PC", "2019-20 Q1", "88")
    shown = run(small, "indicator", "PC", "--period", "2019-20 Q1").flat
    assert "Better than England, 85.2% in 2018-19, not tested." in shown
    assert "England 2018-19 85.2% +2.8 points ✓ better, not tested South" in shown
    assert "South 2018-19 25.0% +63.0 points ✓ better, not tested, release date unknown" in shown


def test_milestones_and_commentary_come_in_and_twice_is_once(small: Path) -> None:
    milestones = written(small, "milestone,status,date\nP-A.1,on track,2019-09-30\n", "milestones.csv")
    commentary = written(
        small,
        "subject,period,section,author,text\n"
        'PC,2019-20 Q1,Cause,Jo,"Two lines,\n\nof text"\n'
        "P,2019-20 Q1,Issues,,Words\n",
        "commentary.csv",
    )
    for kind, file, count in (("milestones", milestones, 1), ("commentary", commentary, 2)):
        assert run(small, "import", kind, file).out == f"Added {count}, changed 0; 0 unchanged.\n"
        assert run(small, "import", kind, file).out == f"Added 0, changed 0; {count} unchanged.\n"
    assert rows(small, "SELECT text FROM commentary WHERE subject = 'PC'") == [("Two lines,\n\nof text",)]


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        (
            "milestones",
            "milestone,status\nP-A.2,delivered\n",
            ":2: milestone: There is no milestone 'P-A.2'. Did you mean 'P-A.1'?",
        ),
        ("milestones", "milestone,status\nP-A.1,re-phased\n", ":2: new_due: Re-phasing needs its new date"),
        ("milestones", "milestone,status,date\nP-A.1,delivered,soon\n", ":2: date: 'soon' is neither a date nor"),
        (
            "commentary",
            "subject,period,section,text\nQ,2019-20 Q1,S,T\n",
            ":2: subject: There is no plan or indicator 'Q'.",
        ),
        ("commentary", "subject,period,section,text\nPC,2019-20,S,T\n", "a report is for a quarter or a month"),
        ("commentary", "subject,period,section,text\nPC,2019-20 Q1,S,\n", ":2: text: The text is empty; fill it in."),
        ("published", "plan,period,measure,text\nQ,2019-20 Q1,ratings,Green – 1\n", ":2: plan: There is no plan 'Q'."),
        ("benchmarks", "indicator,comparator,period,value\nPC,England,2018-19,x\n", ":2: value: 'x' is not a number"),
    ],
)
def test_every_kind_of_file_tells_what_is_wrong(small: Path, kind: str, text: str, sentence: str) -> None:
    ran = run(small, "import", kind, written(small, text))
    assert ran.code == 1
    assert sentence in ran.err


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("commentary", "subject,period,section,text,date\nPC,2019-20 Q1,Cause,Staff left.,2019-20 Q1\n"),
        ("published", "plan,period,measure,text,date\nP,2019-20 Q1,ratings,Green – 4,2019-20 Q1\n"),
    ],
)
def test_a_day_that_is_none_is_a_problem_and_no_defect(small: Path, kind: str, text: str) -> None:
    ran = run(small, "import", kind, written(small, text))
    assert (ran.code, ran.out) == (1, "")
    assert "figures.csv:2: date: '2019-20 Q1' is not a date; write it as 2019-03-31." in ran.err


def test_what_a_source_has_printed_of_a_milestone_is_taken_as_it_is(small: Path) -> None:
    file = written(small, "milestone,status,source\nP-A.1,delivered,Report of 2019\n", "milestones.csv")
    assert run(small, "import", "milestones", file).out == "Added 1, changed 0; 0 unchanged.\n"


@pytest.mark.parametrize(
    ("kind", "text", "sentences"),
    [
        (
            "milestones",
            "milestone,status\nP-A.1,delivered\n",
            [":2: date: warning: Delivered needs its date; write the day"],
        ),
        (
            "milestones",
            "milestone,status,date\nP-A.1,cancelled,2099-04-01\n",
            [":2: date: warning: 2099-04-01 is in the future", ":2: reason: warning: Cancelling needs its reason."],
        ),
        (
            "commentary",
            "subject,period,section,text\nPC,2019-20 Q1,Expected return to target,soon\n",
            [":2: text: warning: 'soon' is neither a date nor a period; write 2019-09-30"],
        ),
        (
            "commentary",
            "subject,period,section,text\nPC,2019-20 Q1,Due date,31/6/2019\n",
            [":2: text: warning: '31/6/2019' is neither a date nor a period"],
        ),
    ],
)
def test_what_a_person_would_be_asked_for_is_said_and_stops_no_import(
    small: Path, kind: str, text: str, sentences: list[str]
) -> None:
    ran = run(small, "import", kind, written(small, text, f"{kind}.csv"))
    assert ran.code == 0, ran.err
    assert ran.out == "Added 1, changed 0; 0 unchanged.\n"
    assert [sentence for sentence in sentences if sentence not in ran.err] == [], ran.err


def test_kinds_that_are_not_built_are_not_offered(small: Path) -> None:
    ran = run(small, "import", "reviews", written(small, "x"))
    assert ran.code == 2
    kinds = "'figures', 'benchmarks', 'areas', 'neighbours', 'milestones', 'commentary', 'published', 'breakdowns'"
    assert f"'reviews' is not one of {kinds}" in ran.err
