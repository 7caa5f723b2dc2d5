"""What somebody tries who reads a published report for what the council hides in it."""

from pathlib import Path

import pytest

from tests.running import run, write_plan

PLAN = """
plan: Test
code: P
from: 2018-19
indicators:
  - {code: V2, title: Children seen late, tier: headline, unit: percent, better: lower, frequency: annual,
     basis: period, numerator: children seen late, denominator: children, targets: {2018-19: 5}}
  - {code: QU, title: Families waiting, tier: headline, unit: number, better: lower, frequency: quarterly,
     basis: period, targets: {2018-19: 20}}
"""
AREAS = """indicator,area,area_name,region,period,value,numerator,denominator,source,release,released
V2,E10000001,Testshire,South,2018-19,11.1,3,27,DfE,first,2019-06-01
V2,E06000049,Otherton,South,2018-19,20,40,200,DfE,first,2019-06-01
V2,E06000008,Thirdham,South,2018-19,15,30,200,DfE,first,2019-06-01
V2,E92000001,England,,2018-19,14,,,DfE,first,2019-06-01
"""
BENCHMARKS = """indicator,comparator,period,value,source
V2,"Testshire, as DfE published",2018-19,11.1,DfE
V2,South East,2018-19,13.9,DfE
"""


def workspace(folder: Path, figures: str) -> Path:
    """A council's workspace with `figures`, rows of `indicator,period,value,numerator,denominator`."""
    write_plan(folder, PLAN)
    assert run(folder, "targets", "apply").code == 0
    files = {"areas": AREAS, "benchmarks": BENCHMARKS, "figures": "indicator,period,value,numerator,denominator\n"}
    files["figures"] += figures
    for kind, text in files.items():
        (folder / f"{kind}.csv").write_text(text, encoding="utf-8")
        ran = run(folder, "import", kind, f"{folder / kind}.csv")
        assert ran.code == 0, ran.err
    return folder


def report(folder: Path, *more: str, period: str = "2018-19 Q4", form: str = "html") -> str:
    file = folder / f"report.{form}"
    ran = run(folder, "report", "--period", period, "-o", str(file), "--force", *more)
    assert ran.code == 0, ran.err
    found = next(iter(folder.glob(f"report*.{form}")))
    text = found.read_text(encoding="utf-8")
    found.unlink()
    return text


@pytest.mark.parametrize("form", ["html", "md"])
def test_open_data_do_not_print_the_councils_figure_that_is_hidden(tmp_path: Path, form: str) -> None:
    text = report(workspace(tmp_path, "V2,2018-19,,3,27\n"), form=form)

    assert "11.1" not in text
    assert "as DfE published" not in text
    assert "1st of" not in text
    assert "2 authorities in 2018-19; lowest 15.0%, highest 20.0%" in text
    assert "13.9%" in text


def test_open_data_print_the_councils_figure_where_it_is_shown(tmp_path: Path) -> None:
    text = report(workspace(tmp_path, "V2,2018-19,,27,243\n"))

    assert "1st of 3 authorities in 2018-19" in text
    assert "Testshire 11.1%" in text
    assert "Testshire, as DfE published" in text


def test_an_officers_report_keeps_what_open_data_print(tmp_path: Path) -> None:
    text = report(workspace(tmp_path, "V2,2018-19,,3,27\n"), "--unsuppressed")

    assert "Testshire 11.1%" in text
    assert "Testshire, as DfE published" in text


def test_a_hidden_figure_is_not_given_away_by_one_of_a_period_it_lies_in(tmp_path: Path) -> None:
    plan = PLAN.replace("frequency: annual", "frequency: quarterly")
    folder = workspace(tmp_path, "")
    (folder / "targets" / "plan.yaml").write_text(plan, encoding="utf-8")
    assert run(folder, "targets", "apply").code == 0
    for quarter, parts in (("Q1", "3/9"), ("Q2", "20/60"), ("Q3", "30/90"), ("Q4", "30/90")):
        assert run(folder, "enter", "V2", f"2018-19 {quarter}", parts).code == 0

    assert "Testshire 11.1%" not in report(folder)


def test_the_list_of_revisions_has_no_names_of_people_or_files(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "QU,2018-19 Q4,40,,\n")
    text = "indicator,period,value,released\nQU,2018-19 Q4,42,2019-06-20\n"
    (folder / "secret-figures.csv").write_text(text, encoding="utf-8")
    ran = run(folder, "import", "figures", str(folder / "secret-figures.csv"), "--user", "ann.smith")
    assert ran.code == 0, ran.err
    public = report(folder, "--user", "ann.smith", form="md")
    inside = report(folder, "--unsuppressed", "--user", "ann.smith", form="md")

    assert "Quarter 4 2018-19, revised on 20 Jun 2019" in public
    assert "ann.smith" not in public
    assert "secret-figures" not in public
    assert "by ann.smith" in inside


LINES = """plan,period,measure,text,source
P,2018-19 Q4,ratings,Green – 0; Amber – 0; Red – 2; M – 0,Report
P,2018-19 Q4,headline ratings,Green – 0; Amber – 0; Red – 2; M – 0,Report
P,2018-19 Q4,directions,Improved – 0; Stayed the same – 2; Requires improvement – 0; Information needed – 0,Report
P,2018-19 Q4,Reds,3 are Red,Report
P,2018-19 Q4,actions,75% of the actions are on track,Report
P,2018-19 Q2,ratings,Green – 0; Amber – 0; Red – 9; M – 0,Report
"""


def printed(folder: Path) -> None:
    (folder / "lines.csv").write_text(LINES, encoding="utf-8")
    ran = run(folder, "import", "published", str(folder / "lines.csv"))
    assert ran.code == 0, ran.err


def test_a_printed_line_of_ratings_does_not_give_away_one_that_is_withheld(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "V2,2018-19,,60,243\nQU,2018-19 Q4,3,,\n")
    printed(folder)
    public = report(folder, form="md")

    assert "Red – 2" not in public
    assert "Red – 9" not in public
    assert "3 are Red" not in public
    assert "Stayed the same – 2" not in public
    assert "75% of the actions are on track" in public
    assert (
        "4 lines are not shown as published: a rating or direction that is computed is withheld because of a small "
        "number, and the difference would tell it."
    ) in public
    assert "Red – 2" in report(folder, "--unsuppressed", form="md")


def test_a_printed_line_of_directions_does_not_give_away_an_earlier_figure(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "V2,2018-19,,60,243\nQU,2018-19 Q3,3,,\nQU,2018-19 Q4,40,,\n")
    printed(folder)

    assert "Stayed the same – 2" not in report(folder, form="md")


def test_printed_lines_are_shown_where_nothing_is_withheld(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "V2,2018-19,,60,243\nQU,2018-19 Q3,30,,\nQU,2018-19 Q4,40,,\n")
    printed(folder)
    public = report(folder, form="md")

    assert "Red – 2" in public
    assert "not shown as published" not in public


def test_a_note_that_says_a_number_that_is_hidden_is_a_warning(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "QU,2018-19 Q4,3,,\n")
    note = "Without the three families waiting at the end."
    assert run(folder, "enter", "V2", "2018-19", "60/243", "--note", note).code == 0
    ran = run(folder, "report", "--period", "2018-19 Q4", "-o", str(folder / "report.md"))

    assert ran.err == (
        "warning: V2, Year 2018-19, Note: 'three families waiting' may say a number of QU that is hidden; what people "
        "write is published as it is, so change the note.\n"
    )


def test_a_published_export_warns_of_notes_that_say_a_number_that_is_hidden(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "QU,2018-19 Q3,40,,\nQU,2018-19 Q4,3,,\n")
    hidden, shown = "Now 3 families waiting.", "Without the three families waiting at the end."
    assert run(folder, "enter", "QU", "2018-19 Q4", "3", "--note", hidden).code == 0
    assert run(folder, "enter", "QU", "2018-19 Q3", "40", "--note", "Not 3 families waiting as now.").code == 0
    assert run(folder, "enter", "V2", "2018-19", "60/243", "--note", shown).code == 0
    warning = (
        "warning: V2, Year 2018-19, Note: 'three families waiting' may say a number of QU that is hidden; what people "
        "write is published as it is, so change the note.\n"
    )

    printed = run(folder, "export", "figures", "--published")
    assert (printed.code, printed.err) == (0, warning)
    assert hidden not in printed.out
    assert shown in printed.out
    file = folder / "public.csv"
    written = run(folder, "export", "figures", "--published", "-o", str(file))
    assert (written.code, written.err) == (0, f"{warning}Written to {file}.\n")
    assert run(folder, "export", "figures").err == "", "a backup holds the number itself"


def test_a_published_table_warns_of_notes_on_its_cells(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "")
    breakdown = "breakdowns:\n  - {code: BY, title: Placements by kind, dimensions: [kind], frequency: quarterly}\n"
    write_plan(folder, PLAN + breakdown)
    assert run(folder, "targets", "apply").code == 0
    (folder / "cells.csv").write_text(
        "breakdown,period,kind,count,note\n"
        "BY,2018-19 Q4,Foster carers,3,3 foster carers\n"
        "BY,2018-19 Q4,Residential,40,Besides 3 foster carers.\n"
        "BY,2018-19 Q3,Residential,40,Besides 3 foster carers.\n",
        encoding="utf-8",
    )
    assert run(folder, "import", "breakdowns", str(folder / "cells.csv")).code == 0
    ran = run(folder, "export", "breakdowns", "--published")

    assert ran.code == 0
    assert ran.err == (
        "warning: BY, Quarter 4 2018-19, Note: '3 foster carers' may say a number of BY that is hidden; what people "
        "write is published as it is, so change the note.\n"
    )
