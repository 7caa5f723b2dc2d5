"""The figures of breakdowns by CSV: what comes in, what is refused with its cell, and what goes out again."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.running import Ran, rows, run, write_plan

PLAN = """
plan: Children and families
code: CF
indicators:
  - {code: CON-ALL, title: Contacts, tier: wider, unit: number, better: neither, frequency: monthly, basis: period}
breakdowns:
  - {code: CON-SRC, title: Contacts by source, dimensions: [source], total: CON-ALL, basis: rolling 12 months}
  - {code: CP-CAT, title: Plans by team and category, dimensions: [team, category], basis: point}
  - {code: FACTORS, title: Factors, dimensions: [factor], frequency: annual, multi_response: true, shares: true}
"""
HEADING = "breakdown,period,source,team,category,factor,count,denominator,as_published,status,note,published_in\n"


@pytest.fixture
def front_door(tmp_path: Path) -> Path:
    write_plan(tmp_path, PLAN)
    assert run(tmp_path, "targets", "apply").code == 0
    return tmp_path


def brought(folder: Path, lines: str, *options: str, heading: str = HEADING) -> Ran:
    file = folder / "counts.csv"
    file.write_text(heading + lines, encoding="utf-8")
    return run(folder, "import", "breakdowns", str(file), *options)


GOOD = """\
CON-SRC,12 months to 30 April 2019,Police,,,,6361,,1%,,as printed,Report ¶4.11
con-src,2019-04,Probation,,,,"2,632",,17%,,,
CON-SRC,April 2019,,,,,8993,,,,,
CP-CAT,2019-03-31,,Chester,Neglect,,39,,,,,
CP-CAT,March 2019,,Chester,Physical,,,,x,suppressed,,
FACTORS,2018-19,,,,Mental health of parent,1236,3015,41%,provisional,,
"""


def test_a_file_holds_several_breakdowns_each_with_its_own_columns(front_door: Path) -> None:
    first = brought(front_door, GOOD)
    assert (first.code, first.out, first.err) == (0, "Added 6, changed 0; 0 unchanged.\n", "")
    sql = "SELECT breakdown, period, categories, count, denominator, status, as_published, source FROM breakdown_figure"
    assert rows(front_door, sql) == [
        ("CON-SRC", "2019-04", '[""]', "8993", None, "final", "", ""),
        ("CON-SRC", "2019-04", '["Police"]', "6361", None, "final", "1%", "Report ¶4.11"),
        ("CON-SRC", "2019-04", '["Probation"]', "2632", None, "final", "17%", ""),
        ("CP-CAT", "2019-03", '["Chester","Neglect"]', "39", None, "final", "", ""),
        ("CP-CAT", "2019-03", '["Chester","Physical"]', None, None, "suppressed", "x", ""),
        ("FACTORS", "2018-19", '["Mental health of parent"]', "1236", "3015", "provisional", "41%", ""),
    ]
    assert brought(front_door, GOOD).out == "Added 0, changed 0; 6 unchanged.\n"


def test_a_dry_run_shows_what_would_change(front_door: Path) -> None:
    brought(front_door, GOOD)
    changed = GOOD.replace("39,", "40,").replace("provisional", "")
    ran = brought(front_door, changed, "--dry-run")
    assert ran.out == (
        "CP-CAT 2019-03, Chester, Neglect: 39 → 40\n"
        "FACTORS 2018-19, Mental health of parent: 1,236 → 1,236\n"
        "Nothing was imported. Would add 0, change 2; 4 unchanged.\n"
    )
    assert rows(front_door, "SELECT max(version) FROM breakdown_figure") == [(1,)]
    assert brought(front_door, changed).out == "Added 0, changed 2; 4 unchanged.\n"


def test_what_a_source_printed_stays_when_a_count_is_corrected(front_door: Path) -> None:
    brought(front_door, GOOD)
    brought(front_door, "CON-SRC,2019-04,Police,,,,6300,,,,,\n")
    sql = "SELECT count, as_published, source FROM breakdown_figure WHERE version = 2"
    assert rows(front_door, sql) == [("6300", "1%", "Report ¶4.11")]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("CON-SCR,2019-04,Police,,,,1,,,,,", "2: breakdown: There is no breakdown 'CON-SCR'. Did you mean 'CON-SRC'?"),
        ("CON-SRC,,Police,,,,1,,,,,", "2: period: The period is empty; fill it in."),
        ("CON-SRC,2018-19,Police,,,,1,,,,,", "2: period: '2018-19' is a financial year, not a month; write 2019-03."),
        (
            "CP-CAT,12 months to April 2019,,,,,1,,,,,",
            (
                "2: period: '12 months to April 2019' is 12 months, but the counts of CP-CAT are not (basis: point); "
                "write 2019-04, or another basis in the plan file."
            ),
        ),
        ("CON-SRC,2030-04,Police,,,,1,,,,,", "2: period: April 2030 has not begun; correct the period."),
        (
            "CON-SRC,2019-04,,Chester,,,1,,,,,",
            "2: team: CON-SRC is by source; leave this cell empty, or correct the breakdown.",
        ),
        ("CON-SRC,2019-04,Police,,,,1.5,,,,,", "2: count: '1.5' is not a whole number; write how many there are, as"),
        ("CON-SRC,2019-04,Police,,,,-3,,,,,", "2: count: -3 is below zero; write how many there are, 0 for none."),
        ("CON-SRC,2019-04,Police,,,,many,,,,,", "2: count: 'many' is not a number"),
        (
            "CON-SRC,2019-04,Police,,,,,,,,,",
            "1 row has neither a figure nor a status (line 2, count), and what it means",
        ),
        (
            "CON-SRC,2019-04,Police,,,,x,,,,,",
            (
                "'x' stands in 1 cell (line 2, count), and what it means is not known; it is never taken for zero. "
                'Import with --missing "x=suppressed"'
            ),
        ),
        (
            "CON-SRC,2019-04,Police,,,,5,,,suppressed,,",
            "2: status: A count that is suppressed has no number; leave the count empty or change the status.",
        ),
        ("CON-SRC,2019-04,Police,,,,5,,,hidden,,", "2: status: 'hidden' is not a status; write final, provisional"),
        (
            "CON-SRC,2019-04,Police,,,,9,5,,,,",
            (
                "2: count: 9 of 5 is more than 100%; correct one of them, or say multi_response: true in the plan file "
                "if a case can count several times."
            ),
        ),
        (
            "CON-SRC,2019-04,Police,,,,0,0,,,,",
            "2: denominator: The denominator is 0, and nothing is a share of it; leave it empty.",
        ),
        (
            f"CON-SRC,2019-04,{'P' * 201},,,,1,,,,,",
            "2: source: The source has 201 characters; 200 are the most.",
        ),
        (
            "CON-SRC,2019-04,Police,,,,1,,,,,\nCON-SRC,April 2019,Police,,,,2,,,,,",
            "3: CON-SRC 2019-04, Police stands in line 2 already; keep one of them.",
        ),
        (
            "CON-SRC,2019-04,,,,,1,,,,,\nCON-SRC,April 2019,,,,,2,,,,,",
            "3: CON-SRC 2019-04, the total (no source is given) stands in line 2 already; keep one of them.",
        ),
        (
            "CON-SRC,2019-04,Police,,,,1,,,,,\nCON-SRC,2019-03,POLICE,,,,2,,,,,",
            "3: source: 'POLICE' is written 'Police' elsewhere; write it the same, or they are two.",
        ),
        (
            "CP-CAT,2019-03,,Chester,Neglect,,39,,,,,\nCP-CAT,2019-03,,Chester,,,38,,,,,",
            (
                "3: count: CP-CAT 2019-03: Chester, any category is 38, less than its parts by category add up to 39; "
                "correct one of them, or say multi_response: true"
            ),
        ),
    ],
)
def test_what_is_wrong_has_its_cell_and_nothing_comes_in(front_door: Path, line: str, sentence: str) -> None:
    ran = brought(front_door, line + "\n")
    assert ran.code == 1
    assert sentence in ran.err
    assert "Nothing was imported: 1 problem in" in ran.err
    assert rows(front_door, "SELECT * FROM breakdown_figure") == []


def test_every_problem_is_told_at_once(front_door: Path) -> None:
    ran = brought(front_door, "X,2019-04,,,,,1,,,,,\nCON-SRC,soon,Police,,,,two,,,,,\n")
    assert [line.split(": ")[1] for line in ran.err.splitlines()[:3]] == ["breakdown", "period", "count"]


def test_an_unknown_column_is_told_with_the_nearest(front_door: Path) -> None:
    ran = brought(front_door, "CON-SRC,2019-04,Police,1\n", heading="breakdown,period,sources,count\n")
    assert "1: sources: 'sources' is not a column of this file. Did you mean 'source'?" in ran.err


def test_standard_markers_say_why_a_count_is_missing(front_door: Path) -> None:
    lines = "CON-SRC,2019-04,Police,,,,[c],,,,,\nCON-SRC,2019-04,NSPCC,,,,not available,,,,,\n"
    assert brought(front_door, lines).code == 0
    sql = "SELECT categories, status FROM breakdown_figure"
    assert rows(front_door, sql) == [('["NSPCC"]', "not available"), ('["Police"]', "suppressed")]


def test_a_marker_is_what_the_status_says(front_door: Path) -> None:
    assert brought(front_door, "CON-SRC,2019-04,Police,,,,x,,,suppressed,,\n").code == 0
    assert rows(front_door, "SELECT status, count FROM breakdown_figure") == [("suppressed", None)]


def test_what_a_marker_means_is_told_once_for_the_file(front_door: Path) -> None:
    lines = "CON-SRC,2019-04,Police,,,,x,,,,,\nCON-SRC,2019-04,NSPCC,,,,-,,,,,\nCON-SRC,2019-04,Fire,,,,x,,,,,\n"
    assert brought(front_door, lines).err.count("stand") == 2  # each marker once, not each cell
    told = brought(front_door, lines, "--missing", "x=suppressed", "--missing", "-=not returned")
    assert (told.code, told.err) == (0, "")
    sql = "SELECT categories, status, count FROM breakdown_figure"
    assert rows(front_door, sql) == [
        ('["Fire"]', "suppressed", None),
        ('["NSPCC"]', "not returned", None),
        ('["Police"]', "suppressed", None),
    ]


def test_a_workbook_holds_the_same_columns(front_door: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Counts", 0)
    for row in csv.reader(io.StringIO(HEADING + GOOD)):
        sheet.append([int(cell) if cell.isdecimal() else cell or None for cell in row])
    book.save(front_door / "counts.xlsx")
    ran = run(front_door, "import", "breakdowns", str(front_door / "counts.xlsx"))
    assert (ran.out, ran.err) == ("Added 6, changed 0; 0 unchanged.\n", "")
    assert brought(front_door, GOOD).out == "Added 0, changed 0; 6 unchanged.\n"


def test_a_total_above_all_its_parts_is_a_warning_that_names_both(front_door: Path) -> None:
    lines = "CON-SRC,2019-04,Police,,,,6361,,,,,\nCON-SRC,2019-04,Probation,,,,2632,,,,,\n"
    brought(front_door, lines)
    ran = brought(front_door, "CON-SRC,2019-04,,,,,9000,,,,,\n")
    assert ran.code == 0
    assert ran.err == (
        f"{front_door / 'counts.csv'}:2: count: warning: CON-SRC 2019-04: The total is 9,000, "
        "but its parts by source add up to 8,993.\n"
    )


def test_of_several_answers_a_part_may_be_more_than_its_denominator(front_door: Path) -> None:
    assert brought(front_door, "FACTORS,2018-19,,,,Neglect,12,10,,,,\nFACTORS,2018-19,,,,,10,,,,,\n").err == ""


def test_the_day_of_release_is_since_when_it_is_known(front_door: Path) -> None:
    heading = "breakdown,period,source,count,released\n"
    assert brought(front_door, "CON-SRC,2019-04,Police,5,2019-05-31\n", heading=heading).code == 0
    assert rows(front_door, "SELECT known FROM breakdown_figure") == [("2019-05-31",)]
    bad = brought(front_door, "CON-SRC,2019-04,Police,6,31/5/2019\n", heading=heading)
    assert "2: released: '31/5/2019' is not a date; write it as 2019-03-31." in bad.err


def test_a_backup_goes_round_byte_for_byte(front_door: Path, tmp_path: Path) -> None:
    brought(front_door, GOOD + "CON-SRC,2018-04,=cmd,,,,5,,-3%,,- a note,\n")
    out = run(front_door, "export", "breakdowns")
    assert (out.code, out.err) == (0, "")
    assert out.lines[0] == (
        "breakdown,period,source,team,category,factor,count,denominator,as_published,status,note,illustrative,"
        "published_in,released"
    )
    assert out.lines[1] == "CON-SRC,2018-04,'=cmd,,,,5,,'-3%,final,'- a note,,,2020-01-15"
    other = tmp_path / "other"
    write_plan(other, PLAN)
    assert run(other, "targets", "apply").code == 0
    (other / "again.csv").write_bytes(out.raw)
    assert run(other, "import", "breakdowns", str(other / "again.csv")).out == "Added 7, changed 0; 0 unchanged.\n"
    assert run(other, "export", "breakdowns").raw == out.raw
    assert run(front_door, "import", "breakdowns", str(other / "again.csv")).out == "Added 0, changed 0; 7 unchanged.\n"
