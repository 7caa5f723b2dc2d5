"""Figures from any spreadsheet or CSV file, end to end."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.running import Ran, figure_count, rows, run, write_plan

PLAN = """
plan: A plan
code: P
indicators:
  - {code: PC, title: A percentage, tier: headline, unit: percent, better: higher, frequency: quarterly,
     basis: period, numerator: done in time}
  - {code: MO, title: A monthly number, tier: wider, unit: number, better: lower, frequency: monthly, basis: period}
  - {code: YR, title: A yearly number, tier: wider, unit: number, better: lower, frequency: annual, basis: period}
  - {code: PO, title: Pounds, tier: wider, unit: pounds, better: higher, frequency: quarterly, basis: period}
"""
HEADING = ["Indicator", "Period", "Value", "Numerator (children)", "Denominator", "Status", "Note"]


@pytest.fixture
def council(tmp_path: Path) -> Path:
    write_plan(tmp_path, PLAN)
    assert run(tmp_path, "targets", "apply").code == 0
    return tmp_path


def workbook(
    folder: Path, *table: Sequence[object], formats: Mapping[str, str] | None = None, name: str = "return.xlsx"
) -> str:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    for row in table:
        sheet.append(list(row))
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    book.save(folder / name)
    return str(folder / name)


def csv(folder: Path, text: str, name: str = "figures.csv") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def figures(folder: Path) -> list[tuple[object, ...]]:
    return rows(
        folder, "SELECT indicator, period, value, numerator, denominator, status, note FROM figure ORDER BY 1, 2"
    )


def told(ran: Ran, file: str) -> list[str]:
    """Return what is said of a file, without its name."""
    return [line.removeprefix(f"{file}: ").removeprefix(f"{file}:") for line in ran.err.splitlines()]


def test_a_workbook_comes_in_as_it_is_shown_and_twice_is_once(council: Path) -> None:
    file = workbook(
        council,
        ["Return of the safeguarding unit"],
        HEADING,
        ["PC", "Q1 2019-20", 0.162],
        ["PC", date(2019, 9, 30), None, 44, 276],
        ["MO", date(2019, 4, 1), "1,204", None, None, None, "=1+1"],
        ["MO", date(2019, 5, 17), 16.200000000000003],
        ["YR", "2018-19", "'44"],
        ["PO", "2019-20 Q1", "£1,200"],
        ["PO", "2019-20 Q2", "-£3"],
        formats={"C3": "0.0%", "B5": "mmm-yy"},
    )
    with zipfile.ZipFile(file) as archive:  # openpyxl makes a formula of it, which a person's text isn't
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    formula = sheet[sheet.index(b'<c r="G5"') : sheet.index(b"</c>", sheet.index(b'<c r="G5"')) + 4]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(formula, b'<c r="G5" t="inlineStr"><is><t>=1+1</t></is></c>')
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    dry = run(council, "import", "figures", file, "--dry-run")
    assert dry.lines == [
        "PC 2019-20 Q1: 16.2",
        "PC 2019-20 Q2: 15.9",
        "MO 2019-04: 1204",
        "MO 2019-05: 16",
        "YR 2018-19: 44",
        "PO 2019-20 Q1: 1200",
        "PO 2019-20 Q2: -3",
        "Nothing was imported. Would add 7, change 0; 0 unchanged.",
    ]
    assert figure_count(council) == 0
    ran = run(council, "import", "figures", file)
    assert (ran.code, ran.out) == (0, "Added 7, changed 0; 0 unchanged.\n")
    assert told(ran, file)[0] == "note: The heading is row 2; the rows above it are not read."
    assert figures(council) == [
        ("MO", "2019-04", "1204", None, None, "final", "=1+1"),
        ("MO", "2019-05", "16.2", None, None, "final", ""),
        ("PC", "2019-20 Q1", "16.2", None, None, "final", ""),
        ("PC", "2019-20 Q2", None, "44", "276", "final", ""),
        ("PO", "2019-20 Q1", "1200", None, None, "final", ""),
        ("PO", "2019-20 Q2", "-3", None, None, "final", ""),
        ("YR", "2018-19", "44", None, None, "final", ""),
    ]
    assert rows(council, "SELECT why FROM figure WHERE indicator = 'YR'") == [
        ("imported from return.xlsx, row 7 of Data",)
    ]
    assert run(council, "import", "figures", file).out == "Added 0, changed 0; 7 unchanged.\n"


def test_every_problem_of_a_workbook_names_its_cell_and_nothing_comes_in(council: Path) -> None:
    file = workbook(
        council,
        HEADING,
        ["PC", "2019-20 Q1", "=1/0"],
        ["PX", "2019-20 Q1", 5],
        ["PC", 2019, 5],
        ["PC", date(2019, 3, 1), 5],
        ["PC", "2019-20 Q2", 162],
        ["MO", "2019-04", 0.5],
        ["MO", "2019-04", 6],
        ["YR", "2018-19", 3, None, True],
        formats={"C7": "0%"},
    )
    ran = run(council, "import", "figures", file)
    assert ran.code == 1
    assert told(ran, file) == [
        (
            "Data!C2: value: The formula here was never computed; open the workbook in Excel or LibreOffice, save it, "
            "and use that."
        ),
        "Data!A3: indicator: There is no indicator 'PX'.",
        "Data!B4: period: '2019' is not a period; write 2018-19 Q4.",
        "Data!B5: period: '2019-03-01' is not the end of a month; write 2018-19 Q4.",
        "Data!C6: value: 162% is more than 100%; write a percentage from 0 to 100, as in 21.2.",
        "Data!C7: value: '50%' has a % sign where a plain number is wanted; write 21.2.",
        (
            "Data!E9: denominator: 'TRUE' is not a number; write digits with a point for decimals, as in 1,234 or "
            "21.2, or parts as in 17/37."
        ),
        f"Nothing was imported: 7 problems in {file}.",
    ]
    assert figure_count(council) == 0


def test_a_row_that_stands_twice_names_the_other(council: Path) -> None:
    file = workbook(council, HEADING, ["MO", "2019-04", 5], ["MO", date(2019, 4, 30), 6])
    ran = run(council, "import", "figures", file)
    assert told(ran, file)[0] == "Data!A3: MO 2019-04 stands in row 2 of Data already; keep one of them."


def test_a_bare_fraction_of_a_percentage_comes_in_and_is_called_odd(council: Path) -> None:
    file = csv(council, "indicator,period,value\nPC,2019-20 Q1,0.162\nPC,2019-20 Q2,0.2\nPO,2019-20 Q1,0.5\n")
    ran = run(council, "import", "figures", file)
    assert (ran.code, ran.out) == (0, "Added 3, changed 0; 0 unchanged.\n")
    odd = "0.162 is less than 1%; if 16.2% is meant, write 16.2."
    assert told(ran, file) == [
        f"2: value: warning: PC 2019-20 Q1: {odd}",
        "3: value: warning: PC 2019-20 Q2: The same as the last figure, 0.2% in 2019-20 Q1.",
    ]
    assert rows(council, "SELECT warning FROM figure WHERE value = '0.162'") == [(odd,)]
    shown = csv(council, "indicator,period,value\nPC,2019-20 Q1,0.162%\n")
    assert run(council, "import", "figures", shown).err == ""


def test_semicolons_and_tabs_separate_columns_where_they_make_the_heading(council: Path) -> None:
    file = csv(council, "Indicator;Period;Value;Note\nMO;2019-04;12;one, two\nPC;2019-20 Q1;16.2;\n")
    assert run(council, "import", "figures", file).out == "Added 2, changed 0; 0 unchanged.\n"
    file = csv(council, "Indicator\tPeriod\tValue\nMO\t2019-05\t1,204\n")
    assert run(council, "import", "figures", file).out == "Added 1, changed 0; 0 unchanged.\n"
    assert [row[2] for row in figures(council)] == ["12", "1204", "16.2"]


def test_decimal_commas_are_refused_with_what_to_write(council: Path) -> None:
    file = csv(council, "indicator;period;value\nMO;2019-04;1,204\nMO;2019-05;1,2\nMO;2019-06;1,204,000\n")
    ran = run(council, "import", "figures", file)
    assert told(ran, file) == [
        "2: value: '1,204' could mean 1.204 or 1204 in a file with semicolons; write one of them.",
        "3: value: '1,2' could mean 1.2 or 12 in a file with semicolons; write one of them.",
        f"Nothing was imported: 2 problems in {file}.",
    ]


def test_a_dry_run_shows_whatever_would_change(council: Path) -> None:
    run(council, "import", "figures", csv(council, "indicator,period,numerator,denominator\nPC,2019-20 Q1,44,88\n"))
    file = csv(council, "indicator,period,numerator,denominator,note\nPC,2019-20 Q1,45,90,counted again\n")
    assert run(council, "import", "figures", file, "--dry-run").lines == [
        "PC 2019-20 Q1: 50.0, numerator '44' → '45', denominator '88' → '90', note '' → 'counted again'",
        "Nothing was imported. Would add 0, change 1; 0 unchanged.",
    ]


def test_only_so_many_problems_are_listed_and_the_others_counted(council: Path) -> None:
    file = csv(council, "indicator,period,value\n" + "XX,2019-20 Q1,5\n" * 250)
    ran = run(council, "import", "figures", file)
    assert told(ran, file)[-2:] == ["… and 150 problems more.", f"Nothing was imported: 250 problems in {file}."]
    assert len(ran.err.splitlines()) == 102


def test_the_other_kinds_come_from_workbooks_too(council: Path) -> None:
    file = workbook(
        council,
        ["Indicator", "Comparator", "Period", "Value"],
        ["PC", "England", "2018-19", 0.85],
        formats={"D2": "0%"},
    )
    assert run(council, "import", "benchmarks", file).out == "Added 1, changed 0; 0 unchanged.\n"
    assert "PC,England,2018-19,85," in run(council, "export", "benchmarks").out
    file = workbook(council, ["Subject", "Period", "Section", "Text"], ["PC", "2019-20 Q1", "Cause", "Two\nlines"])
    assert run(council, "import", "commentary", file).out == "Added 1, changed 0; 0 unchanged.\n"
    assert rows(council, "SELECT text FROM commentary") == [("Two\nlines",)]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["areas", "--sheet", "Data"], "--sheet is for figures, benchmarks, milestones, commentary, published and"),
        (["benchmarks", "--missing", "x=suppressed"], "--missing is for figures and breakdowns; leave it out."),
        (["figures", "--released", "2019-01-01"], "--released is for areas; figures say it in a column of the file."),
    ],
)
def test_an_option_of_another_kind_is_wrong_usage(council: Path, arguments: list[str], sentence: str) -> None:
    ran = run(council, "import", *arguments, "file.csv")
    assert ran.code == 2
    assert sentence in ran.err


def test_a_sheet_is_named_where_there_are_several(council: Path) -> None:
    file = workbook(council, HEADING, ["MO", "2019-04", 5])
    book = openpyxl.load_workbook(file)
    book.copy_worksheet(book["Data"]).title = "Copy of it"
    book.save(file)
    ran = run(council, "import", "figures", file)
    assert (
        told(ran, file)[0] == "'Data' and 'Copy of it' all have these columns; say which to read, as in --sheet 'Data'."
    )
    assert run(council, "import", "figures", file, "--sheet", "copy of it").code == 0
