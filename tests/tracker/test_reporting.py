"""What a report holds: laid beside the published page, everything there that the data holds is in it."""

from __future__ import annotations

import cProfile
import csv
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from outcome_tracker.core.period import parse
from outcome_tracker.core.problem import Unavailable
from outcome_tracker.core.rag import Rag
from outcome_tracker.core.report import Bullets, Cell, Facts, Headline, Paragraph, Picture, Table
from outcome_tracker.store.connection import Connection
from outcome_tracker.tracker.reporting import Asked, make_report
from outcome_tracker.tracker.workspace import open_workspace
from tests.running import run, write_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outcome_tracker.core.report import Block, Report, Section
    from outcome_tracker.store.connection import Row
    from outcome_tracker.tracker.workspace import Workspace

PUBLISHED = Path(__file__).resolve().parents[2] / "data" / "published"
NOW = datetime(2019, 6, 3, 9, 30, tzinfo=UTC)
DAY = date(2019, 5, 31)


def _workspace(folder: Path, as_at: date | None = DAY) -> Workspace:
    return open_workspace(folder, user="Jo Officer", now=lambda: NOW, as_at=as_at)


def _report(folder: Path, *plans: str, as_at: date | None = DAY) -> Report:
    return make_report(_workspace(folder, as_at), Asked(plans, unsuppressed=True)).report


def _sections(found: Report | Section) -> Iterator[Section]:
    for section in found.sections:
        yield section
        yield from _sections(section)


def _section(found: Report, code: str) -> Section:
    return next(section for section in _sections(found) if section.code == code)


def _blocks(found: Section) -> Iterator[Block]:
    yield from found.blocks
    for section in found.sections:
        yield from _blocks(section)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield block.text
        case Bullets():
            yield from block.items
        case Facts():
            yield from (f"{name}: {text}" for name, text in block.pairs)
        case Headline():
            yield f"{block.question} {block.answer}"
        case Picture():
            yield block.drawing.text
        case Table():
            yield from (cell.text for row in block.rows for cell in row)
            yield from block.notes


def _said(found: Section) -> list[str]:
    return [text for block in _blocks(found) for text in _texts(block)]


def _everything(found: Report) -> set[str]:
    return {text for section in found.sections for text in _said(section)}


def _table(found: Section, code: str) -> list[tuple[Cell, ...]]:
    return next(list(block.rows) for block in _blocks(found) if isinstance(block, Table) and block.code == code)


def _rows(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row.get("plan", row.get("indicator", "SAFE")).startswith("SAFE")]


def _lines_of(text: str) -> list[str]:
    return [re.sub(r"^\s*•\s*", "", line).strip() for line in text.split("\n") if line.strip()]


def test_every_paragraph_of_the_page_is_in_the_report(demo: Path) -> None:
    said = _everything(_report(demo, "SAFE"))
    missing = [line for row in _rows("commentary.csv") for line in _lines_of(row["text"]) if line not in said]

    assert missing == []


def test_every_line_that_the_page_prints_stands_beside_what_is_computed(demo: Path) -> None:
    table = _table(_section(_report(demo, "SAFE"), "lines"), "published-SAFE")

    assert {row[1].text for row in table} == {row["text"] for row in _rows("published_lines.csv")}
    assert [cell.text for cell in table[0]] == [
        "Ratings",
        "Green – 4; Amber – 3; Red – 8; M – 3",
        "Green – 1; Amber – 0; Red – 2; M – 5",
    ]


def test_every_action_of_the_page_is_in_the_report_with_its_reason(demo: Path) -> None:
    actions = _section(_report(demo, "SAFE"), "actions")
    said = " ".join(_said(actions))

    for row in _rows("milestones.csv"):
        assert f"{row['milestone']} " in said
        assert row["reason"] in said


def test_every_comparator_that_the_page_prints_is_in_the_report(demo: Path) -> None:
    report = _report(demo, "SAFE")
    printed = [row for row in _rows("benchmarks.csv") if row["period"] == "2017-18"]

    assert len(printed) == 12
    for row in printed:
        table = _table(_section(report, f"indicator-{row['indicator']}"), f"comparators-{row['indicator']}")
        shown = {cells[0].text: (cells[1].text, cells[2].text.removesuffix("%"), cells[5].text) for cells in table}
        assert shown[row["comparator"]] == ("2017-18", row["value"], "12 months earlier")


def test_every_figure_of_the_page_is_in_the_report(demo: Path) -> None:
    report = _report(demo, "SAFE")
    measures = {row[0].text.split()[0]: row for row in _table(_section(report, "measures"), "measures-list")}

    for row in _rows("figures_council_page.csv"):
        if row["period"] == "2018-19 Q4":
            assert measures[row["indicator"]][2].number == Decimal(row["value"])


def test_parts_stand_in_the_order_in_which_committees_read(demo: Path) -> None:
    assert [section.title for section in _report(demo).sections] == [
        "How are we doing?",
        "What has changed?",
        "Exceptions: what is Red or requires improvement",
        "Headline indicators",
        "Wider indicators",
        "Are we completing our actions?",
        "Next reporting period: Quarter 1 2019-20 (Apr to Jun 2019)",
        "Appendix: all measures",
        "Appendix: target revisions",
        "Appendix: as published, as computed",
        "Appendix: data notes",
        "Appendix: definitions",
    ]


def test_codes_are_unique_and_lead_to_sections(demo: Path) -> None:
    report = _report(demo)
    codes = [section.code for section in _sections(report)]
    tables = [b for s in report.sections for b in _blocks(s) if isinstance(b, Table)]

    assert len(codes) == len(set(codes))
    assert len(tables) == len({table.code for table in tables})
    assert all(re.fullmatch("[A-Za-z0-9-]+", code) for code in [*codes, *(table.code for table in tables)])
    rows = [row[0].code for table in tables for row in table.rows if row[0].code]
    assert len(codes + rows) == len(set(codes + rows))
    assert all(re.fullmatch("[A-Za-z0-9-]+", code) for code in rows)
    assert {cell.target for table in tables for row in table.rows for cell in row if cell.target} <= {*codes, *rows}
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)


def test_the_facts_say_what_is_reported_as_of_when_and_by_whom(demo: Path) -> None:
    report = _report(demo)
    plans = (
        "SAFE Vulnerable adults and children feel safe and are protected; EARLY Children and families get help early"
    )

    assert report.title == "Outcome plans"
    assert report.council == "Cheshire West and Chester"
    assert dict(report.facts) == {
        "Council": "Cheshire West and Chester",
        "Plans": plans,
        "Period": "Quarter 4 2018-19 (Jan to Mar 2019)",
        "As at": "31 May 2019",
        "Figures in": "14 of 17",
        "Provisional": "1 of 17 figures [p]",
        "Illustrative": "8 of 16 indicators [illustrative]; earlier figures or targets of 4 others [illustrative]",
        "Made": "3 Jun 2019 10:30 by Jo Officer",
    }


def test_a_report_of_one_plan_has_its_title(demo: Path) -> None:
    report = _report(demo, "safe")

    assert report.title == "Vulnerable adults and children feel safe and are protected"
    assert dict(report.facts)["Theme"] == "Thriving residents"
    assert "EARLY" not in " ".join(_everything(report))


def test_the_lines_are_those_of_the_council_and_of_each_plan(demo: Path) -> None:
    lines = _section(_report(demo), "lines")
    headlines = [block for block in lines.blocks if isinstance(block, Headline)]
    known = "Improved performance – 3; Stayed the same – 6; Requires improvement – 3"

    assert [(each.question, each.answer) for each in headlines] == [
        ("Are we achieving our targets?", "Green – 3; Amber – 2; Red – 3; M – 8"),
        ("Are we getting better?", f"{known}; Further information is needed or the latest measure is unavailable – 4"),
        (
            "Are we completing the actions in our plans?",
            "58% delivered or on track; 6 delivered this year; 4 re-phased; 1 overdue; 1 cancelled, not counted.",
        ),
        ("Are the figures in?", "14 of 17 figures are in; 3 are overdue."),
    ]
    assert [section.title.split()[0] for section in lines.sections] == ["SAFE", "EARLY"]
    assert "8 of 16 indicators [illustrative]." in _said(lines)


def test_what_changed_is_listed_the_worst_first(demo: Path) -> None:
    changes = _section(_report(demo), "changes")
    rows = _table(changes, "changes-list")

    assert changes.blocks[0] == Paragraph(
        "Since Quarter 3 2018-19 (Oct to Dec 2018): 1 turned Red, 1 turned Amber, 1 newly declined, 3 no longer rated, "
        "1 rated now, 2 turned Green, 3 newly improved, 4 unchanged.",
        lead=True,
    )
    assert [cell.text for cell in rows[0]] == [
        "EARLY-06 Families for each family support worker",
        "Turned Red",
        "Amber",
        "Red",
        "16.4",
        "17.1",
        "[illustrative]",
    ]


def test_a_figure_changed_after_it_was_due_is_marked_and_listed(demo: Path) -> None:
    assert run(demo, "enter", "SAFE-05", "2018-19 Q4", "82", "--note", "recounted").code == 0
    report = _report(demo, "SAFE", as_at=None)

    revised = [[cell.text for cell in row] for row in _table(_section(report, "changes"), "changes-revised")]
    assert [row[:3] for row in revised] == [
        ["SAFE-01 Children subject to a second or subsequent child protection plan", "16.0%", "15.9%"],
        ["SAFE-05 Single assessments completed within 45 days", "81.0%", "82.0%"],
    ]
    row = next(r for r in _table(_section(report, "measures"), "measures-list") if r[0].text.startswith("SAFE-05"))
    assert row[-1].text == "[r]"
    assert "SAFE-05 Single assessments completed within 45 days" in _said(_section(report, "notes"))


def test_exceptions_are_reds_then_what_declined_with_what_is_said_of_them(demo: Path) -> None:
    exceptions = _section(_report(demo), "exceptions")

    assert [section.title.split()[0] for section in exceptions.sections] == [
        *("SAFE-01", "SAFE-05", "EARLY-06", "SAFE-02", "SAFE-08", "EARLY-08"),
    ]
    assert exceptions.blocks[0] == Paragraph(
        "6 indicators are Red or require improvement; 2 have no commentary yet.", lead=True
    )
    first = [text for block in exceptions.sections[0].blocks for text in _texts(block)]
    assert first[0] == (
        "16.0% in Quarter 4 2018-19, 2.0 percentage points above the target of 14: Red. Improved from 16.9% in Quarter "
        "4 2017-18. Better than England, 20.2% in 2017-18, not tested."
    )
    assert first[-1] == "The commentary names no cause, action, owner, due date or return date."
    assert "There is no commentary yet." in _said(exceptions.sections[2])


def test_a_red_has_cause_action_owner_date_and_return(demo: Path) -> None:
    said = {
        "Cause": "Two teams were short of staff.",
        "Action": "Recruit.",
        "Owner": "Head of Safeguarding",
        "Due date": "2019-09-30",
        "Expected return to target": "2019-20 Q4",
        "Year-end forecast": "15%",
    }
    for section, text in said.items():
        assert run(demo, "comment", "SAFE-01", "2018-19 Q4", section, text).code == 0
    found = _section(_report(demo, "SAFE", as_at=None), "exception-SAFE-01")

    assert (
        Facts(
            (
                ("Cause", "Two teams were short of staff."),
                ("Action", "Recruit."),
                ("Owner of the action", "Head of Safeguarding"),
                ("Due date", "2019-09-30"),
                ("Expected return to target", "2019-20 Q4"),
            )
        )
        in found.blocks
    )
    assert Paragraph("Year-end forecast (judgement):", note=True) in found.blocks
    assert not any("names no" in text for text in _said(found))


def test_a_headline_indicator_has_five_periods_and_two_year_ends(demo: Path) -> None:
    rows = _table(_section(_report(demo), "indicator-EARLY-01"), "periods-EARLY-01")

    assert [[cell.text for cell in row] for row in rows] == [
        ["Quarter 4 2018-19", "846", "840", "Green", "[illustrative]"],
        ["Quarter 3 2018-19", "628", "630 profiled", "Amber", "[illustrative]"],
        ["Quarter 2 2018-19", "409", "440 profiled", "Red", "[illustrative]"],
        ["Quarter 1 2018-19", "205", "220 profiled", "Red", "[illustrative]"],
        ["Quarter 4 2017-18", "835", "840", "Amber", "[illustrative]"],
        ["Quarter 4 2017-18, year end", "835", "840", "Amber", "[illustrative]"],
        ["Quarter 4 2016-17, year end", "812", "800", "Green", "[illustrative]"],
    ]


def test_significantly_is_said_only_where_it_was_tested(demo: Path) -> None:
    report = _report(demo)

    def verdicts(code: str) -> list[str]:
        return [row[4].text for row in _table(_section(report, f"indicator-{code}"), f"comparators-{code}")]

    assert verdicts("SAFE-01") == ["better, not tested"] * 4
    assert verdicts("SAFE-07") == ["significantly worse", "significantly worse", "similar"]


def test_wider_indicators_with_nothing_to_say_have_their_line_only(demo: Path) -> None:
    wider = _section(_report(demo), "wider")

    assert len(_table(wider, "wider-list")) == 10
    assert "indicator-EARLY-04" not in {section.code for section in _sections(_report(demo))}
    assert "indicator-SAFE-07" in {inner.code for section in wider.sections for inner in section.sections}


def test_context_is_shown_and_not_rated(demo: Path) -> None:
    row = next(
        r for r in _table(_section(_report(demo), "measures"), "measures-list") if r[0].text.startswith("EARLY-07")
    )

    assert [cell.text for cell in row[2:7]] == ["512", "–", "context", "", ""]


def test_actions_are_told_by_status_and_overdue_ones_again(demo: Path) -> None:
    actions = _section(_report(demo, "EARLY"), "actions")
    tables = {b.code: [row[0].text.split()[0] for row in b.rows] for b in actions.blocks if isinstance(b, Table)}

    assert tables == {
        "actions-delivered-EARLY": ["EARLY-A1.1", "EARLY-A2.1"],
        "actions-on-track-EARLY": ["EARLY-A4"],
        "actions-re-phased-EARLY": ["EARLY-A1.2"],
        "actions-delayed-EARLY": ["EARLY-A2.2"],
        "actions-not-started-EARLY": ["EARLY-A1.3"],
        "actions-cancelled-EARLY": ["EARLY-A3.1"],
        "actions-overdue-EARLY": ["EARLY-A2.2"],
    }
    moved = _table(actions, "actions-re-phased-EARLY")[0]
    assert [cell.text for cell in moved[3:]] == [
        "31 Mar 2019",
        "30 Sep 2019",
        "illustrative: building work found a fault in the roof; [illustrative]",
    ]


def test_what_is_due_next_is_told_with_what_is_said_of_it(demo: Path) -> None:
    following = _section(_report(demo, "SAFE"), "next")

    assert [row[0].text.split()[0] for row in _table(following, "next-SAFE")] == [
        "SAFE-A7.1",
        "SAFE-A10.1",
        "SAFE-A11.1",
    ]
    assert "A new therapeutic residential care home for young people will be established." in _said(following)


def test_proposed_and_revised_targets_have_their_reasons(demo: Path) -> None:
    rows = [[cell.text for cell in row] for row in _table(_section(_report(demo), "targets"), "targets-list")]

    assert rows[0] == [
        "SAFE-01 Children subject to a second or subsequent child protection plan",
        "14%",
        "proposed 16%",
        "2019-20",
        "A rate close to 20% would be too high; 16% is more achievable and appropriate.",
        "Safeguarding Unit",
        "tighter than every comparator, would rank 32 of 148 authorities in 2017-18, quartile A",
    ]
    assert rows[1][2:6] == ["revised to 840", "from Quarter 3 2018-19", "two vacant posts", "Head of Early Help"]


def test_periods_in_notes_are_in_words(demo: Path) -> None:
    safeguarding, everything = _of_2021(demo), _report(demo)

    unknown = [row[5].text for row in _table(_section(safeguarding, "headline"), "headline-list")]
    assert "March 2021 is not returned" in unknown
    breaks = [[cell.text for cell in row] for row in _table(_section(everything, "notes"), "notes-breaks")]
    assert breaks == [
        [
            "EARLY-09 Working days from request to first visit",
            "Quarter 1 2017-18",
            "counted in working days from the new case system",
        ]
    ]


def test_notes_say_what_is_absent_and_how_comparators_came_about(demo: Path) -> None:
    notes = _section(_report(demo), "notes")

    absent = [tuple(cell.text for cell in row[:3]) for row in _table(notes, "notes-absent")]
    assert ("EARLY-02, EARLY-09", "Quarter 4 2018-19", "not returned") in absent
    found = _table(notes, "notes-comparators")
    assert [cell.text for cell in found[0][1:3]] == ["England, North West", "2017-18"]
    assert next(r[5].text for r in found if r[1].text == "Statistical neighbours") == (
        "mean of 10 of 10 neighbours, 2021 list"
    )
    assert "Statistical neighbours: the 2021 list, mean of those that have a figure." in _said(notes)
    assert any("Open Government Licence v3.0" in text for text in _said(notes))


def test_a_plan_without_figures_is_said_in_a_line_and_still_counted(demo: Path) -> None:
    report = make_report(_workspace(demo, date(2021, 6, 15)), Asked(period=parse("2021-04"))).report
    said = (
        "No figure of EARLY Children and families get help early is in for April 2021: 8 not due yet, 1 not returned."
    )
    codes = {section.code for section in _sections(report)}

    assert said in _said(_section(report, "headline"))
    assert said in _said(_section(report, "wider"))
    assert _said(_section(report, "lines-EARLY"))[0] == said
    assert not codes & {"indicator-EARLY-01", "headline-EARLY", "wider-EARLY"}
    assert "indicator-GUARD-25" in codes
    counted = {row[0].text.split()[0]: row[4].text for row in _table(_section(report, "lines"), "counts-plans")}
    assert counted == {"SAFE": "8", "GUARD": "24", "EARLY": "8"}
    assert {row[0].text.split("-")[0] for row in _table(_section(report, "measures"), "measures-list")} == set(counted)
    targets = {c.target for s in report.sections for b in _blocks(s) if isinstance(b, Table) for r in b.rows for c in r}
    rows = {r[0].code for s in report.sections for b in _blocks(s) if isinstance(b, Table) for r in b.rows}
    assert targets <= codes | rows


def test_a_single_plan_without_figures_says_so(demo: Path) -> None:
    asked = Asked(("SAFE",), period=parse("2021-04"))
    report = make_report(_workspace(demo, date(2021, 6, 15)), asked).report
    said = f"No figure of SAFE {report.title} is in for April 2021: 8 not due yet."

    assert _said(_section(report, "headline")) == [said]
    assert _said(_section(report, "wider")) == [said]


def test_periods_before_the_first_figure_are_left_out(demo: Path) -> None:
    asked = Asked(("GUARD",), period=parse("2021-04"))
    report = make_report(_workspace(demo, date(2021, 6, 15)), asked).report
    tables = {b.code: b for s in report.sections for b in _blocks(s) if isinstance(b, Table)}

    assert [row[0].text for row in tables["periods-GUARD-25"].rows][:2] == ["April 2021", "March 2021"]
    assert not any(row[0].text == "February 2021" for row in tables["periods-GUARD-25"].rows)
    assert "periods-GUARD-28" not in tables


def test_invented_figures_of_earlier_periods_are_listed(demo: Path) -> None:
    said = _said(_section(_report(demo, "SAFE"), "notes"))

    assert "Figures or targets that are invented [illustrative]:" in said
    assert (
        "SAFE-01 Children subject to a second or subsequent child protection plan: "
        "9 periods, Quarter 1 2016-17 to Quarter 3 2018-19"
    ) in said
    assert "SAFE-05 Single assessments completed within 45 days: Quarter 4 2017-18" in said


def test_definitions_are_a_row_each_and_say_once_what_is_usual(demo: Path) -> None:
    found = _section(_report(demo, "SAFE"), "definitions")
    rows = [[cell.text for cell in row] for row in _table(found, "definitions-list")]

    assert _said(found)[0] == (
        "Unless the table says otherwise: quarterly; Amber within 5% of the target. "
        "The source of all is Outcome plan page 2018-19 year end; the table says where in it."
    )
    assert rows[0][1].startswith("Share of the children starting a plan in the last 12 months who had one before. ")
    assert rows[0][1].endswith(
        "Counted: children starting a second or subsequent plan, out of children starting a plan."
    )
    assert rows[0][2:] == [
        "percent, 1 decimal; the last 12 months",
        "lower is better; direction compared with the same period last year, the same within 5%",
        "Safeguarding Unit",
        "¶11; parts from DfE",
    ]
    assert rows[4][1] == "–"
    assert "– in the column Definition: the plan defines the indicator by its name only." in _said(found)


def test_a_month_can_be_reported_on(demo: Path) -> None:
    asked = Asked(("EARLY",), period=parse("2018-12"), unsuppressed=True)
    report = make_report(_workspace(demo), asked).report

    assert report.subtitle == "Performance report, December 2018"
    rows = {row[0].text.split()[0]: row for row in _table(_section(report, "measures"), "measures-list")}
    assert rows["EARLY-03"][2].text != "–"


EMPTY = """
plan: A plan that begins
code: NEW
indicators: []
"""


def test_a_plan_with_nothing_in_it_says_so(tmp_path: Path) -> None:
    write_plan(tmp_path, EMPTY)
    assert run(tmp_path, "targets", "apply").code == 0
    report = make_report(_workspace(tmp_path, None), Asked(period=parse("2018-19 Q4"), unsuppressed=True)).report

    assert [text for section in report.sections[:9] for text in _said(section)] == [
        "No indicator is in force in this period.",
        "Are we completing the actions in our plans? No actions are planned.",
        "Since Quarter 3 2018-19 (Oct to Dec 2018): 0 unchanged.",
        "No indicator is in force in this period.",
        "No headline indicator is in force in this period.",
        "No wider indicator is in force in this period.",
        "No actions are planned.",
        "No milestone is due in the next reporting period.",
        "No indicator is in force in this period.",
        "No target was revised this year, and none is proposed.",
    ]


def test_an_unknown_plan_names_the_nearest(demo: Path) -> None:
    with pytest.raises(Unavailable) as refused:
        _report(demo, "SAVE")

    assert str(refused.value) == "There is no plan 'SAVE' in 2018-19 Q4. Did you mean 'SAFE'? Plans: SAFE, EARLY."


def _with_committees(folder: Path) -> Path:
    plan = folder / "targets" / "safe.yaml"
    text = plan.read_text("utf-8")
    plan.write_text(text.replace("code: SAFE\n", "code: SAFE\ncommittees: [Overview and Scrutiny]\n", 1), "utf-8")
    assert run(folder, "targets", "apply").code == 0
    return folder


def test_a_committee_gets_the_plans_that_name_it(demo: Path) -> None:
    workspace = _workspace(_with_committees(demo), None)
    made = make_report(workspace, Asked(committee="overview and  scrutiny", unsuppressed=True))

    assert made.plans == ("SAFE",)
    assert made.committee == "Overview and Scrutiny"
    assert made.report.title == "Report to Overview and Scrutiny"
    assert dict(made.report.facts)["Committee"] == "Overview and Scrutiny"
    with pytest.raises(Unavailable) as refused:
        make_report(workspace, Asked(committee="Overview & Scrutiny", unsuppressed=True))
    assert str(refused.value) == (
        "No plan names the committee 'Overview & Scrutiny'. Did you mean 'Overview and Scrutiny'? "
        "Committees: Overview and Scrutiny."
    )
    with pytest.raises(Unavailable) as refused:
        make_report(workspace, Asked(("EARLY",), "Overview and Scrutiny", unsuppressed=True))
    assert str(refused.value) == (
        "None of the plans EARLY goes to the committee 'Overview and Scrutiny' in 2018-19 Q4. "
        "Choose other plans or another period."
    )


def test_where_no_plan_names_a_committee_it_is_said_how(small: Path) -> None:
    with pytest.raises(Unavailable) as refused:
        make_report(_workspace(small, None), Asked(committee="Cabinet", unsuppressed=True))

    assert str(refused.value) == "No plan names the committee 'Cabinet'. Plan files name them under committees."


def test_only_officers_may_see_small_numbers(demo: Path) -> None:
    council = demo / "targets" / "council.yaml"
    council.write_text(council.read_text("utf-8").replace("officers: []", "officers: [Jo Officer]"), "utf-8")
    assert run(demo, "targets", "apply").code == 0
    workspace = _workspace(demo, None)

    assert make_report(workspace, Asked(unsuppressed=True)).report.warning == (
        "Small numbers are NOT hidden in this report. It is for officers only and must not be published."
    )
    with pytest.raises(Unavailable) as refused:
        make_report(replace(workspace, user="Sam"), Asked(unsuppressed=True))
    assert str(refused.value) == (
        "Only officers may see small numbers, and 'Sam' is not one of them. Leave out --unsuppressed, or name yourself "
        "with --user; council.yaml lists the officers under roles."
    )


COMES_AND_GOES = """
plan: A plan
code: P
indicators:
  - {code: OLD, title: Gone, tier: wider, unit: number, better: lower, frequency: quarterly, basis: period,
     until: 2019-20 Q2}
  - {code: NEW, title: Here, tier: wider, unit: number, better: lower, frequency: quarterly, basis: period,
     from: 2019-20 Q3}
"""


def test_what_begins_and_ends_is_told(tmp_path: Path) -> None:
    write_plan(tmp_path, COMES_AND_GOES)
    assert run(tmp_path, "targets", "apply").code == 0
    assert run(tmp_path, "enter", "OLD", "2019-20 Q2", "70").code == 0
    assert run(tmp_path, "enter", "NEW", "2019-20 Q3", "80").code == 0
    report = make_report(_workspace(tmp_path, None), Asked(period=parse("2019-20 Q3"))).report
    rows = _table(_section(report, "changes"), "changes-list")

    assert [[cell.text for cell in row] for row in rows] == [
        ["NEW Here", "New indicators", "not counted", "M", "–", "80"],
        ["OLD Gone", "Ended", "M", "no longer counted", "70", "–"],
    ]
    assert [row[0].target for row in rows] == ["definition-NEW", ""]


def test_what_is_said_of_a_plan_stands_where_it_belongs(demo: Path) -> None:
    for section in ("Wider performance indicators", "Analysis and issues: actions"):
        assert run(demo, "import", "commentary", str(_commentary(demo, section))).code == 0
    report = make_report(_workspace(demo, None), Asked(("EARLY",))).report

    assert _said(_section(report, "wider-said-EARLY")) == ["Said."]
    assert _said(_section(report, "actions-said-EARLY")) == ["Said."]


def test_own_sections_come_in_the_order_in_which_they_were_recorded(demo: Path) -> None:
    said = _section(_of_2021(demo), "lines").sections

    assert [section.title for section in said] == [
        "Analysis and issues",
        "Why is this item before the Scrutiny Committee?",
        "What is Scrutiny being asked to do?",
        "Recommendations",
        "Contact activity",
        "Domestic Abuse Intervention and Prevention Service and recovery groups",
        "Children in need and child protection",
        "How does this review link to the Council’s priorities?",
    ]


def _commentary(folder: Path, section: str) -> Path:
    file = folder / "commentary.csv"
    file.write_text(f"subject,period,section,author,text\nEARLY,2018-19 Q4,{section},Jo,Said.\n", "utf-8")
    return file


def _of_2021(folder: Path) -> Report:
    workspace = _workspace(folder, date(2021, 6, 30))
    return make_report(workspace, Asked(("GUARD",), period=parse("2021-04"), unsuppressed=True)).report


def test_a_breakdown_is_12_months_against_the_12_before(demo: Path) -> None:
    found = _section(_of_2021(demo), "breakdown-GUARD-B01")
    volumes = next(block for block in found.blocks if isinstance(block, Table))
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in volumes.rows}

    assert found.title == "GUARD-B01 Contacts to the front door by source"
    assert volumes.caption == (
        "Contacts to the front door by source, 12 months to 30 April 2021 against the 12 months before"
    )
    assert [column.title for column in volumes.columns] == [
        *("Source", "12 months to 30 April 2021", "12 months to 30 April 2020", "Change"),
    ]
    assert rows["Education / School"] == ["2,049", "2,755", "−26% ◆"]
    assert rows["Police"] == ["6,361", "6,296", "+1%"]
    assert rows["All others"] == ["4,256", "", "–"]
    assert rows["Total"] == ["23,553", "–", "–"]
    assert "◆ marks changes of more than 20%." in volumes.notes
    assert found.blocks[-1] == Paragraph(
        "Source: Children and Families Safeguarding Report, 15 June 2021, Figure 4.", source=True
    )


def test_counts_and_percentages_are_numbers_for_a_spreadsheet_unless_they_are_marked(demo: Path) -> None:
    rows = _table(_section(_of_2021(demo), "breakdown-GUARD-B01"), "volumes-GUARD-B01")
    police, probation = rows[0], rows[1]

    assert [cell.number for cell in police] == [None, Decimal(6361), Decimal(6296), Decimal(1)]
    assert (probation[3].text, probation[3].number) == ("+21% ◆", None)


def test_what_a_source_printed_and_the_figures_do_not_give_is_an_appendix(demo: Path) -> None:
    rows = _table(_section(_of_2021(demo), "audit"), "audit-list")
    found = {row[0].text: [cell.text for cell in row[1:7]] for row in rows}

    assert found["GUARD-B01 Contacts to the front door by source: Education / School"] == [
        *("change", "April 2021", "-34%", "-26%", "2,755 to 2,049"),
        "likely divided by the later figure instead of the earlier",
    ]
    assert found["GUARD-06 Contacts due to domestic abuse"][2:5] == ["20.1%", "21.0%", "404 of 1,927"]
    assert {row[7].text for row in rows if row[0].text.startswith("GUARD-B01 ")} == {"Figure 4"}
    assert _said(_section(_of_2021(demo), "audit"))[0].endswith(
        "The source of all is Cheshire West and Chester, Children and Families Safeguarding Report to Overview and "
        "Scrutiny, 15 June 2021; the table says where in it."
    )


def test_without_a_source_there_is_no_such_appendix(demo: Path) -> None:
    assert "audit" not in {section.code for section in _report(demo, "EARLY").sections}


def test_a_breakdown_of_two_dimensions_is_a_table_with_totals(demo: Path) -> None:
    rows = _table(_section(_of_2021(demo), "breakdown-GUARD-B10"), "crossed-GUARD-B10")

    assert [cell.text for cell in rows[0]][:3] == ["Chester", "51", "39"]
    assert (rows[-1][0].text, rows[-1][-1].text) == ("Total", "227")


def test_a_plan_without_breakdowns_has_no_such_part(demo: Path) -> None:
    assert "breakdowns" not in {section.code for section in _report(demo).sections}


def test_a_breakdown_without_counts_for_the_period_says_so(demo: Path) -> None:
    workspace = _workspace(demo, date(2021, 6, 30))
    report = make_report(workspace, Asked(("GUARD",), period=parse("2020-07"), unsuppressed=True)).report

    assert _said(_section(report, "breakdown-GUARD-B04")) == ["No counts are held for July 2020."]


def test_a_headline_indicator_shows_every_authority_where_their_figures_are_held(demo: Path) -> None:
    report = _report(demo, "SAFE")
    blocks = [b for b in _section(report, "indicator-SAFE-01").blocks if isinstance(b, Picture)]
    every = next(b for b in blocks if b.caption.endswith("every authority on one line"))
    assert every.caption.startswith("SAFE-01 Children subject to a second or subsequent child protection plan")
    assert "42nd of 148 authorities in 2017-18" in every.drawing.text
    assert "target 14" in every.drawing.text
    captions = [b.caption for b in _blocks(_section(report, "indicator-SAFE-04")) if isinstance(b, Picture)]
    assert not [caption for caption in captions if "authority" in caption]


def test_a_monthly_indicator_has_its_last_12_months_beside_those_before(demo: Path) -> None:
    asked = Asked(("EARLY",), period=parse("2018-12"), unsuppressed=True)
    report = make_report(_workspace(demo), asked).report
    pictures = [b for b in _section(report, "indicator-EARLY-03").blocks if isinstance(b, Picture)]

    assert [picture.caption.rpartition(": ")[2] for picture in pictures] == [
        "figures, target and comparators",
        "12 months to December 2018 beside the 12 months before",
        "is the change real?",
    ]
    assert "12 months to December 2018 from 83.6% in Jan to 84.2% in Dec" in pictures[1].drawing.text


def test_small_numbers_are_hidden_with_all_that_is_made_of_them(demo: Path) -> None:
    report = make_report(_workspace(demo), Asked()).report
    row = next(r for r in _table(_section(report, "measures"), "measures-list") if r[0].text.startswith("EARLY-08"))
    said = " ".join(_everything(report))

    assert report.warning == ""
    assert [cell.text for cell in row[2:7]] == [
        "[c]",
        "0",
        "M: suppressed",
        "Unknown",
        "Quarter 4 2018-19 is suppressed",
    ]
    assert "2 fewer families" not in said
    assert "2 families across 1 indicator" not in said
    assert "exception-EARLY-08" not in {section.code for section in _sections(report)}
    assert "1 rating is withheld because of a small number and counted as M." in _said(_section(report, "notes"))
    assert _table(_section(report, "lines"), "counts-all")[0][1:5] == (
        Cell("3", Decimal(3), rag=Rag.GREEN),
        Cell("1", Decimal(1), rag=Rag.AMBER),
        Cell("3", Decimal(3), rag=Rag.RED),
        Cell("9", Decimal(9), rag=Rag.M),
    )


def test_the_notes_say_what_is_hidden_and_why(demo: Path) -> None:
    rows = _table(_section(make_report(_workspace(demo), Asked()).report, "notes"), "notes-hidden")

    assert [cell.text for cell in rows[-1]] == [
        "EARLY-08 Families waiting more than 12 weeks for support",
        "Quarter 4 2018-19",
        "counts below 5, and others so that these can't be worked out",
    ]


def test_commentary_that_says_a_hidden_number_is_a_warning(demo: Path) -> None:
    said = "Only 2 families had to wait."
    assert run(demo, "comment", "EARLY-08", "2018-19 Q4", "Analysis and issues", said).code == 0
    workspace = _workspace(demo, None)

    (warning,) = make_report(workspace, Asked()).warnings
    assert warning == (
        "EARLY-08, Quarter 4 2018-19, Analysis and issues: '2 families' may say a number of EARLY-08 that is hidden; "
        "what people write is published as it is, so change the commentary."
    )
    assert make_report(workspace, Asked(unsuppressed=True)).warnings == ()
    assert make_report(workspace, Asked(("SAFE",))).warnings == ()


def test_commentary_that_says_what_a_hidden_table_counts_is_a_warning(demo: Path) -> None:
    workspace = _workspace(demo, date(2021, 6, 30))
    found = make_report(workspace, Asked(("GUARD",), period=parse("2021-04"))).warnings

    assert [warning.partition(" that is hidden")[0] for warning in found] == [
        f"{where}: '{passage}' may say a number of {what}"
        for where, passage, what in (
            ("GUARD-45, April 2021, Wider performance indicators", "2 new friends and family", "GUARD-B12"),
            ("GUARD-45, April 2021, Wider performance indicators", "3 new mainstream fostering", "GUARD-B12"),
            ("GUARD-45, April 2021, Wider performance indicators", "3 mainstream carers", "GUARD-B12"),
            ("GUARD-62, April 2021, Analysis and issues", "four social worker vacancies", "GUARD-63"),
        )
    ]


def test_a_small_number_that_was_revised_is_in_no_version(demo: Path) -> None:
    assert run(demo, "enter", "EARLY-08", "2018-19 Q4", "30").code == 0
    published = make_report(_workspace(demo, None), Asked(("EARLY",))).report
    revised = _table(_section(published, "changes"), "changes-revised")

    assert [[cell.text for cell in row[:3]] for row in revised] == [
        ["EARLY-08 Families waiting more than 12 weeks for support", "suppressed", "30"]
    ]


def test_a_published_table_gives_no_small_cell_away(demo: Path) -> None:
    workspace = _workspace(demo, date(2021, 6, 30))
    report = make_report(workspace, Asked(("GUARD",), period=parse("2021-04"))).report
    cells = [cell for row in _table(_section(report, "breakdown-GUARD-B10"), "crossed-GUARD-B10") for cell in row]

    assert sum(cell.text == "[c]" for cell in cells) > 1
    assert not any(cell.number is not None and 1 <= cell.number < 5 for cell in cells)


def test_process_control_is_drawn_where_it_sees_more_than_chance(demo: Path) -> None:
    report = _report(demo)
    drawn = {
        section.code: picture.drawing.text
        for section in _sections(report)
        for picture in section.blocks
        if isinstance(picture, Picture) and picture.caption.endswith("is the change real?")
    }
    assert sorted(drawn) == ["indicator-EARLY-03", "indicator-EARLY-06", "indicator-EARLY-09"]
    assert "Mean 81.35%, limits 77.71% to 84.99%" in drawn["indicator-EARLY-03"]
    assert "indicator-SAFE-03" in {section.code for section in _sections(report)}  # which common cause explains


def _many(indicators: int) -> str:
    """Write a plan of so many indicators, every fourth a headline one."""
    tiers = ("headline", "wider", "wider", "wider")
    lines = [
        f"  - {{code: M-{n}, title: Measure {n}, tier: {tiers[n % 4]}, unit: percent, better: higher, "
        "frequency: quarterly, basis: period, targets: {2018-19: 80}}"
        for n in range(indicators)
    ]
    return "\n".join(["plan: Many", "code: MANY", "indicators:", *lines])


def _work(folder: Path, indicators: int, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Report on so many indicators with figures; return the queries, and the calls of Python functions."""
    write_plan(folder, _many(indicators))
    assert run(folder, "targets", "apply").code == 0
    rows = [f"M-{n},{period},{70 + n % 20}" for n in range(indicators) for period in ("2018-19 Q3", "2018-19 Q4")]
    (folder / "figures.csv").write_text("\n".join(["indicator,period,value", *rows]), "utf-8")
    assert run(folder, "import", "figures", str(folder / "figures.csv")).code == 0
    queries: list[str] = []
    asked = Connection.rows

    def counted(connection: Connection, sql: str, **parameters: object) -> list[Row]:
        queries.append(sql)
        return asked(connection, sql, **parameters)

    with monkeypatch.context() as patch:
        patch.setattr(Connection, "rows", counted)
        calls = cProfile.Profile()
        calls.runcall(make_report, _workspace(folder, None), Asked(unsuppressed=True))
    return len(queries), sum(each.callcount for each in calls.getstats())


def test_ten_times_the_indicators_are_ten_times_the_work_in_as_many_queries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = (_work(tmp_path / str(number), number, monkeypatch) for number in (10, 100))

    assert many[0] == few[0]
    assert many[1] < 11 * few[1]
