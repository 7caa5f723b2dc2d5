"""The command `breakdown`, on the tables of the council's report of June 2021."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.running import run, write_plan

FIGURE_4 = """\
GUARD-B01 Contacts to the front door by source, 12 months to 30 April 2021
against the 12 months before
Children and families safeguarding · as at 15 Jan 2020

Source                 12m to Apr 2020  12m to Apr 2021  Change  As printed
Police                           6,296            6,361     +1%          1%
Probation                        2,183            2,632  +21% ◆         17%
Parents/Carers                   2,562            2,165    −15%        -18%
Education / School               2,755            2,049  −26% ◆        -34%
CAFCASS                          1,183            1,121     −5%         -6%
Hospital Staff                   1,203            1,003    −17%        -20%
Ambulance                          742              958  +29% ◆         23%
Other Local Authority              969              900     −7%         -8%
Anonymous                          855              751    −12%        -14%
Social Worker                      599              738  +23% ◆         19%
NSPCC                              428              619  +45% ◆         31%
Total                                –           23,553       –

Rows below 500 are not listed: all others, together 4,256.
◆ marks changes of more than 20%.
The total is the figure of GUARD-05.

Source  Children and Families Safeguarding Report, 15 June 2021, Figure 4
"""
FIGURE_12 = """\
Team                        Emotional Abuse  Neglect  Sexual  Physical  Total
Chester                                  51       39     [c]       [c]      –
Ellesmere Port                           49       20       5       [c]      –
Northwich & Winsford                     30       16     [c]       [c]      –
Children with Disabilities              [c]        6     [c]       [c]      –
Total                                     –       81       –         –    227
"""


def test_figure_4_with_the_changes_that_are_right(demo: Path) -> None:
    ran = run(demo, "breakdown", "guard-b01")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == FIGURE_4


def test_figure_12_has_rows_and_columns(demo: Path) -> None:
    assert FIGURE_12 in run(demo, "breakdown", "GUARD-B10").out


@pytest.mark.parametrize("number", range(1, 13))
def test_every_table_fits_80_columns(demo: Path, number: int) -> None:
    assert max(map(len, run(demo, "breakdown", f"GUARD-B{number:02}").lines)) <= 80


def test_without_a_code_it_lists_what_there_is(demo: Path) -> None:
    ran = run(demo, "breakdown")
    assert ran.lines[0].split() == ["Code", "Breakdown", "By", "Plan", "Latest"]
    assert "GUARD-B10 Child protection plans by team team, category GUARD Apr 2021" in ran.flat
    assert max(map(len, ran.lines)) <= 80
    listed = json.loads(run(demo, "breakdown", "--format", "json").out)
    assert listed[0] == {
        "code": "GUARD-B01",
        "title": "Contacts to the front door by source",
        "plan": "GUARD",
        "dimensions": ["source"],
        "frequency": "monthly",
        "basis": "rolling 12 months",
        "total": "GUARD-05",
        "latest": "2021-04",
    }
    found = list(csv.DictReader(io.StringIO(run(demo, "breakdown", "--format", "csv").out)))
    assert [row["dimensions"] for row in found if row["code"] == "GUARD-B10"] == ["team, category"]


def test_json_has_rows_totals_and_what_is_said(demo: Path) -> None:
    found = json.loads(run(demo, "breakdown", "GUARD-B01", "--format", "json").out)
    assert found["rows"][3] == {
        "categories": {"source": "Education / School"},
        "count": 2049,
        "status": "final",
        "reason": None,
        "illustrative": False,
        "denominator": None,
        "earlier": 2755,
        "earlier_reason": None,
        "change": -26,
        "marked": True,
        "share": None,
        "as_published": "-34%",
        "published_in": (
            "Cheshire West and Chester, Children and Families Safeguarding Report to Overview and Scrutiny, "
            "15 June 2021, Figure 4"
        ),
    }
    assert found["others"] == {"number": None, "count": 4256, "earlier": None, "change": None, "without_count": 0}
    assert (found["total"]["count"], found["total"]["total_of"]) == (23553, "the indicator")
    assert (found["period"], found["compared_with"], found["twelve_months"]) == ("2021-04", ["2020-04"], True)
    assert found["cells"] is None
    assert found["notes"][1] == "◆ marks changes of more than 20%."


def test_json_of_two_dimensions_has_every_cell_and_why_one_is_empty(demo: Path) -> None:
    found = json.loads(run(demo, "breakdown", "GUARD-B10", "--format", "json").out)
    cells = {tuple(cell["categories"].values()): cell for cell in found["cells"]}
    assert cells["Chester", "Physical"] == {
        "categories": {"team": "Chester", "category": "Physical"},
        "count": None,
        "status": "suppressed",
        "reason": "suppressed",
        "illustrative": False,
    }
    assert cells[None, "Neglect"]["count"] == 81
    assert cells[None, None]["count"] == 227


def test_csv_has_a_row_a_category_and_the_total(demo: Path) -> None:
    found = list(csv.DictReader(io.StringIO(run(demo, "breakdown", "GUARD-B03", "--format", "csv").out)))
    assert [(row["risk"], row["count"], row["share"], row["as_published"]) for row in found] == [
        ("medium", "1766", "57.9", "57.9%"),
        ("high", "682", "22.3", "22.3%"),
        ("other", "360", "11.8", "11.8%"),
        ("standard", "244", "8.0", "8.0%"),
        ("", "3052", "", ""),
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (
            ("GUARD-B1",),
            3,
            "There is no breakdown 'GUARD-B1'. Did you mean 'GUARD-B12'? `outcome-tracker breakdown` lists all.\n",
        ),
        (
            ("GUARD-B01", "--period", "2021-03"),
            3,
            "There are no figures of GUARD-B01 for March 2021. There are some for April 2021: --period 2021-04\n",
        ),
        (("GUARD-B01", "--period", "soon"), 2, "'soon' is not a period"),
        (("--period", "2021-04"), 2, "--period is for one breakdown; give its CODE."),
    ],
)
def test_what_cannot_be_shown_says_what_can(demo: Path, arguments: tuple[str, ...], code: int, sentence: str) -> None:
    ran = run(demo, "breakdown", *arguments)
    assert ran.code == code
    assert sentence in ran.err


def test_without_any_there_is_a_sentence(small: Path) -> None:
    assert run(small, "breakdown").flat == "No plan file declares a breakdown; docs/plan_files.md says how."


def test_it_is_as_known_on_a_day(tmp_path: Path) -> None:
    plan = "plan: t\ncode: P\nindicators: []\nbreakdowns: [{code: B, title: Calls, dimensions: [kind], basis: point}]\n"
    write_plan(tmp_path, plan)
    run(tmp_path, "targets", "apply")
    none = run(tmp_path, "breakdown", "B")
    assert none.err == "There are no figures of B. `outcome-tracker import breakdowns FILE` brings them in.\n"
    file = tmp_path / "b.csv"
    for day, count in (("2019-10-05", 7), ("2019-11-05", 8)):
        file.write_text(f"breakdown,period,kind,count,released\nB,2019-09,urgent,{count},{day}\n", encoding="utf-8")
        assert run(tmp_path, "import", "breakdowns", str(file)).code == 0
    assert "urgent             8" in run(tmp_path, "breakdown", "B").out
    earlier = run(tmp_path, "breakdown", "B", "--as-at", "2019-10-31").out
    assert "t · as at 31 Oct 2019" in earlier
    assert "urgent             7" in earlier
    assert run(tmp_path, "breakdown", "B", "--as-at", "2019-10-04").code == 3


def test_what_people_wrote_cannot_steer_the_terminal(tmp_path: Path) -> None:
    plan = "plan: t\ncode: P\nindicators: []\nbreakdowns: [{code: B, title: Calls, dimensions: [kind]}]\n"
    write_plan(tmp_path, plan)
    run(tmp_path, "targets", "apply")
    text = "breakdown,period,kind,count\nB,2019-09,\x1b[31m[bold]x,7\n"
    (tmp_path / "b.csv").write_text(text, encoding="utf-8")
    run(tmp_path, "import", "breakdowns", str(tmp_path / "b.csv"))
    assert "\n[bold]x         7\n" in run(tmp_path, "breakdown", "B").out
